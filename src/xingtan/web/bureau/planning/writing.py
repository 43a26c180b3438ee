"""What the own unit does with its plan."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xingtan.domains.plans import api as plans
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .lines import LineForm, mistakes, typed_lines
from .plan import plan_page


@require_POST
@allowed(plans.WRITE_PLANS)
def save(request: Request, pid: str) -> HttpResponseBase:
    """The table as typed is kept; every fault is told beside its cell. The page's own saving asks for JSON."""
    held = plans.plan_in(request.actor.scope, pid)
    rows = typed_lines(request.POST)
    wrong = mistakes(rows)
    try:
        saved = None if wrong else _saved(request, held, rows)
    except Refused as refused:
        return _refused(request, held, rows, refused)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(_told(saved, rows) if saved else {"errors": wrong}, status=200 if saved else 422)
    if saved is None:
        return plan_page(request, held, typed=rows, code=422, goals=request.POST.get("goals", ""))
    messages.success(request, _("Saved."))
    return redirect("bureau:plan", pid)


def _saved(request: Request, held: plans.Plan, rows: list[LineForm]) -> plans.Plan:
    typed = request.POST.get("version", "")
    version = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    lines = [form.wanted for form in rows]
    goals = request.POST.get("goals", "")[:4000].replace("\r\n", "\n")
    return plans.save_lines(actor=request.actor, plan_id=held.pk, version=version, goals=goals, lines=lines, now=request.now)


def _refused(request: Request, held: plans.Plan, rows: list[LineForm], refused: Refused) -> HttpResponse | HttpResponseBase:
    sentence = refusal_sentence(refused)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"refusal": sentence}, status=409)
    return plan_page(request, held, typed=rows, refusal=sentence, code=409)


def _told(saved: plans.Plan, rows: list[LineForm]) -> dict[str, object]:
    """What the page needs to go on: the new version, the keys of the rows, the time."""
    ids = [line.pk for line in plans.lines_of([saved.pk])[saved.pk]]
    keys = {form.prefix: pk for form, pk in zip(rows, ids, strict=True)}
    return {"version": saved.version, "ids": keys, "at": timezone.localtime(saved.changed_at).strftime("%H:%M:%S")}


def acted(request: Request, held: plans.Plan, act: Callable[[], object], done: str) -> HttpResponseBase:
    """The act has happened and the plan's page opens; refused, the page says why."""
    try:
        act()
    except Refused as refused:
        fresh = plans.plan_in(request.actor.scope, held.public_id)
        return plan_page(request, fresh, refusal=refusal_sentence(refused), code=409)
    messages.success(request, done)
    return redirect("bureau:plan", held.public_id)


@require_POST
@allowed(plans.WRITE_PLANS)
def copy(request: Request, pid: str) -> HttpResponseBase:
    """The empty plan has last year's lines."""
    held = plans.plan_in(request.actor.scope, pid)
    done = _("Last year's lines stand here. Change what is different, then hand the plan up.")
    return acted(request, held, lambda: plans.copy_last_year(actor=request.actor, plan_id=held.pk, now=request.now), done)


@require_POST
@allowed(plans.WRITE_PLANS)
def gather(request: Request, pid: str) -> HttpResponseBase:
    """What the units below send people to stands in the plan."""
    held = plans.plan_in(request.actor.scope, pid)
    done = _("The accepted lines of the units below stand here, put together by content, stage, subject and category.")
    return acted(request, held, lambda: plans.gather(actor=request.actor, plan_id=held.pk, now=request.now), done)


@require_POST
@allowed(plans.SUBMIT_PLANS)
def submit(request: Request, pid: str) -> HttpResponseBase:
    """The plan lies with the level above, or is adopted where there is none."""
    held = plans.plan_in(request.actor.scope, pid)
    if held.organisation.parent_id is None:
        return acted(request, held, lambda: plans.adopt(actor=request.actor, plan_id=held.pk, now=request.now), _("The plan is adopted."))
    done = _("Handed up. The office above is told.")
    return acted(request, held, lambda: plans.submit(actor=request.actor, plan_id=held.pk, now=request.now), done)


@require_POST
@allowed(plans.SUBMIT_PLANS)
def take_back(request: Request, pid: str) -> HttpResponseBase:
    """The plan may be changed again."""
    held = plans.plan_in(request.actor.scope, pid)
    done = _("Taken back. Change it and hand it up again.")
    return acted(request, held, lambda: plans.take_back(actor=request.actor, plan_id=held.pk, now=request.now), done)

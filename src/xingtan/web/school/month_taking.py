"""Handing in the month's workbook: first what it would do, then all of it or nothing."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from xingtan.domains.credits import api as credits_room
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.reviews import api as reviews
from xingtan.foundation.db import atomic
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.sheets import XLSX
from xingtan.foundation.files.store import chunks_of, keep_file, readable
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.bureau.deciding import ids_of
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .month import SEE_MONTH
from .month_book import CHOICES, REPORT, REVIEW
from .month_plan import Plan, plan_of

KIND = "papers.month_book"
STEPS = {REVIEW: credits_room.Step.REVIEW, REPORT: credits_room.Step.REPORT}
OTHER = credits_room.ReturnReason.OTHER.value


class BookForm(forms.Form):
    """The filled-in workbook."""

    workbook = forms.FileField(label=gettext_lazy("Workbook (.xlsx)"))


@require_POST
@allowed(SEE_MONTH)
def month_look(request: Request) -> HttpResponse:
    """What the handed-in workbook would do, and the rows that cannot be read; nothing is decided yet."""
    form = BookForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, str(form.errors["workbook"][0]))
        return redirect("school:month")
    sent = form.cleaned_data["workbook"]
    try:
        file = keep_file(chunks_of(sent.file), kind=KIND, name=sent.name, media_type=XLSX, actor=request.actor, now=request.now)
        plan = _plan(file)
    except Refused as refused:
        return _shown(request, None, None, error=refusal_sentence(refused), status=409)
    return _shown(request, file, plan)


def _plan(file: StoredFile) -> Plan:
    with readable(file) as place:
        return plan_of(place)


def _shown(request: Request, file: StoredFile | None, plan: Plan | None, *, error: str = "", status: int = 200) -> HttpResponse:
    return render(request, "school/month_look.html", {"file": file, "plan": plan, "error": error}, status=status)


@require_POST
@allowed(SEE_MONTH)
def month_take(request: Request) -> HttpResponse:
    """Everything that the workbook decides is decided, or nothing of it and the page says why."""
    file = StoredFile.objects.within(request.actor.scope).filter(public_id=request.POST.get("file", ""), kind=KIND).first()
    if file is None or file.account_id != request.actor.account_id:
        raise NotInScope
    plan = _plan(file)
    try:
        _taken(request, plan)
    except Refused as refused:
        return _shown(request, file, plan, error=refusal_sentence(refused), status=409)
    messages.success(request, ngettext("%(n)d row was decided.", "%(n)d rows were decided.", plan.total) % {"n": plan.total})
    return redirect("school:month")


@atomic
def _taken(request: Request, plan: Plan) -> None:
    """All or none: one refusal undoes what came before."""
    for sheet, keys in plan.passed.items():
        if keys and sheet == CHOICES:
            versions = _versions(request, keys)
            enrolment.confirm(actor=request.actor, selection_ids=versions, versions=versions, now=request.now)
        elif keys:
            _decide(request, STEPS[sheet], keys, credits_room.Outcome.PASSED)
    for (sheet, words), keys in plan.returned.items():
        if sheet == CHOICES:
            versions = _versions(request, keys)
            enrolment.send_back(actor=request.actor, selection_ids=versions, reason=words, versions=versions, now=request.now)
        else:
            _decide(request, STEPS[sheet], keys, credits_room.Outcome.RETURNED, words)


def _decide(request: Request, step: credits_room.Step, keys: list[str], outcome: credits_room.Outcome, words: str = "") -> None:
    ids = list(ids_of(request, keys).values())
    said = {"reason_code": OTHER, "reason": words} if outcome is credits_room.Outcome.RETURNED else {}
    reviews.decide(actor=request.actor, step=step, entry_ids=ids, outcome=outcome, now=request.now, **said)


def _versions(request: Request, keys: list[str]) -> dict[int, int]:
    """The version that the workbook showed of each choice, by its id; a key that is none is not in scope."""
    pairs = [key.rpartition(".")[::2] for key in keys]
    if any(not (version.isascii() and version.isdigit()) for _pid, version in pairs):
        raise NotInScope
    versions = {pid: int(version) for pid, version in pairs}
    return {pk: versions[pid] for pid, pk in enrolment.selection_ids(request.actor.scope, versions).items()}

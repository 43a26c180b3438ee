"""The own applications: where each stands, the answer to an offer, the withdrawal, the trail."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.admissions import api as door
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.bureau.admissions.one import shown_steps, told
from xingtan.web.bureau.answers import REFUSED, UNREADABLE, tried
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .changing import ChangeForm, may_change


@require_safe
@allowed(door.APPLY)
def applications(request: Request) -> HttpResponse:
    """Everything I applied for or was named for, the latest first."""
    rows = [
        (one, door.CHIPS[one.state], door.STATES[one.state], door.WAYS[one.way])
        for one in door.own_applications(request.actor.teacher_id or 0)
    ]
    return render(request, "trainee/admissions/applications.html", {"rows": rows})


@require_safe
@allowed(door.APPLY)
def application(request: Request, pid: str) -> HttpResponse:
    """One application with every step."""
    return _page(request, door.own_application(request.actor.teacher_id or 0, pid))


def _page(request: Request, one: door.Application, *, error: str = "", status: int = 200, change: ChangeForm | None = None) -> HttpResponse:
    form = change or ChangeForm(one=one)
    facts = {
        "change": form,
        "may_change": may_change(request, one, form),
        "change_until": door.terms_of(one.project_id).change_until,
        **told(one),
        "steps": shown_steps(door.trail_of(one.pk)),
        "is_offered": one.state == "offered",
        "may_withdraw": one.state in door.STANDING,
        "error": error,
    }
    return render(request, "trainee/admissions/application.html", facts, status=status)


@require_POST
@allowed(door.APPLY)
def accept(request: Request, pid: str) -> HttpResponse:
    """The offered seat is mine."""
    one = door.own_application(request.actor.teacher_id or 0, pid)
    try:
        door.accept(actor=request.actor, application_id=one.pk, now=request.now)
    except Refused as refused:
        return _page(request, one, error=refusal_sentence(refused), status=409)
    messages.success(request, _("The seat is yours."))
    return redirect("trainee:application", pid)


@require_POST
@allowed(door.APPLY)
def withdraw(request: Request, pid: str) -> HttpResponse:
    """My application is withdrawn; what I studied is kept."""
    one = door.own_application(request.actor.teacher_id or 0, pid)
    try:
        door.withdraw(actor=request.actor, ids=[one.pk], reason=request.POST.get("reason", "")[:200], now=request.now)
    except Refused as refused:
        return _page(request, one, error=refusal_sentence(refused), status=409)
    messages.success(request, _("Withdrawn. What you studied is kept."))
    return redirect("trainee:application", pid)


@require_POST
@allowed(door.APPLY)
def change(request: Request, pid: str) -> HttpResponse:
    """I am in the other class, what I studied is kept; refused, the filled form says why."""
    one = door.own_application(request.actor.teacher_id or 0, pid)
    form = ChangeForm(request.POST, one=one)
    if not form.is_valid():
        return _page(request, one, status=UNREADABLE, change=form)
    choice = int(form.cleaned_data["choice"])
    if tried(form, lambda: door.change(actor=request.actor, ids=[one.pk], choice_id=choice, now=request.now)) is None:
        return _page(request, one, status=REFUSED, change=form)
    messages.success(request, _("The class is changed; what was studied is kept."))
    return redirect("trainee:application", pid)

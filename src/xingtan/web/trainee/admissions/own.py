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
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence


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


def _page(request: Request, one: door.Application, *, error: str = "", status: int = 200) -> HttpResponse:
    facts = {
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

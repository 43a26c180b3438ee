"""Hours earned otherwise, as the teacher sees them: declared, given, checked in to."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.domains.policies import api as policies
from xingtan.domains.recognition import api as door
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.bureau.claims import words_of
from xingtan.web.bureau.claims_new import claim_page
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence


@require_safe
@allowed(door.CLAIM)
def claims(request: Request) -> HttpResponse:
    """Everything declared and given, the trainings planned, and check-in by code."""
    return _list(request)


def _list(request: Request, *, error: str = "", status: int = 200) -> HttpResponse:
    teacher_id = request.actor.teacher_id or 0
    facts = {
        "rows": [words_of(one) for one in door.claims_of(teacher_id)],
        "trainings": door.trainings_of(teacher_id),
        "may_claim": policies.current_year_for(request.actor) is not None,
        "error": error,
    }
    return render(request, "recognition/my_claims.html", facts, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.CLAIM)
def new(request: Request) -> HttpResponse:
    """The teacher declares what was done, with its documents."""
    return claim_page(request, "trainee")


@require_safe
@allowed(door.CLAIM)
def claim(request: Request, pid: str) -> HttpResponse:
    """One of the own claims, with every step."""
    return _one(request, pid)


def _one(request: Request, pid: str, *, error: str = "", status: int = 200) -> HttpResponse:
    found = door.claim_in(request.actor, pid)
    policy = policies.policy_of(found.training_year)
    facts = {
        **words_of(found),
        "outlook": door.outlook_of(found),
        "documents": [(door.proof_word(policy, found.way, one.code), one) for one in door.documents_of_claim(found)],
        "steps": [(door.ACTS[door.Act(view.step.act)], view) for view in door.steps_of_claim(found)],
        "error": error,
    }
    return render(request, "recognition/my_claim.html", facts, status=status)


@require_POST
@allowed(door.CLAIM)
def withdraw(request: Request, pid: str) -> HttpResponse:
    """The own claim that waits is withdrawn."""
    found = door.claim_in(request.actor, pid)
    try:
        door.withdraw_claims(actor=request.actor, ids=[found.pk], reason=request.POST.get("reason", "")[:300], now=request.now)
    except Refused as refused:
        return _one(request, pid, error=refusal_sentence(refused), status=409)
    return redirect("trainee:claim", pid)


@require_POST
@allowed(door.CLAIM)
def check_in(request: Request) -> HttpResponse:
    """The teacher is at the meeting whose code was keyed in."""
    try:
        meeting = door.check_in(actor=request.actor, code=request.POST.get("code", "")[:6], now=request.now)
    except Refused as refused:
        return _list(request, error=refusal_sentence(refused), status=409)
    messages.success(request, _("Checked in: %(title)s.") % {"title": meeting.training.title})
    return redirect("trainee:claims")

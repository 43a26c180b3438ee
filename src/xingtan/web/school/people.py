"""Activation slips: one for each teacher who has not set a password, to print on A4, cut and hand out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xingtan.domains.teachers import api as teachers
from xingtan.web.access import allowed
from xingtan.web.http import Request

from .roster import face_of


@require_safe
@allowed(teachers.PRINT_SLIPS)
def slips(request: Request) -> HttpResponse:
    """The slips of everyone in post who is not yet activated; that they were looked at stands in the audit log."""
    waiting = teachers.activation_slips(actor=request.actor, now=request.now)
    in_post = teachers.teachers_in_post(request.actor.scope).count()
    facts = {"face": face_of(request), "slips": waiting, "in_post": in_post, "activated": in_post - len(waiting)}
    response = render(request, "roster/slips.html", facts)
    response["Cache-Control"] = "no-store"
    return response

"""Activation slips: one for each teacher who has not set a password, to print on A4, cut and hand out."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from xingtan.domains.teachers import api as teachers
from xingtan.web.access import allowed
from xingtan.web.http import Request

from .roster import face_of


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(teachers.PRINT_SLIPS)
def slips(request: Request) -> HttpResponse:
    """How many in post are not yet activated; shown with their codes once asked for, which stands in the audit log."""
    in_post = teachers.teachers_in_post(request.actor.scope)
    waiting, total = in_post.filter(account__activated_at=None).count(), in_post.count()
    shown = teachers.activation_slips(actor=request.actor, now=request.now) if request.method == "POST" else []
    facts = {"face": face_of(request), "slips": shown, "waiting": waiting, "in_post": total, "activated": total - waiting}
    response = render(request, "roster/slips.html", facts)
    response["Cache-Control"] = "no-store"
    return response

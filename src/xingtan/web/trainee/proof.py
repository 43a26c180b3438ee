"""Proofs of learned hours: which units have one, and the file itself; the teacher's own, and what offices' pages share."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from xingtan.domains.courses import api as courses
from xingtan.domains.credits import api as credits_room
from xingtan.domains.learning import api as learning
from xingtan.web.access import allowed
from xingtan.web.http import Request


@require_safe
@allowed(credits_room.SEE_OWN_RECORD)
def proofs(request: Request) -> HttpResponse:
    """My units of which hours can be proved."""
    return render(request, "trainee/proofs.html", {"rows": proof_rows(request.actor.teacher_id or 0)})


@require_safe
@allowed(credits_room.SEE_OWN_RECORD)
def proof(request: Request, unit: str) -> HttpResponse:
    """The proof of my hours in one unit."""
    return proof_response(request, request.actor.teacher_id or 0, unit)


def proof_rows(teacher_id: int) -> list[dict[str, Any]]:
    """The units as a table shows them."""
    is_english = (get_language() or "").startswith("en")
    return [
        {"one": one, "title": one.title_en if is_english and one.title_en else one.title, "days": sorted({one.first_on, one.last_on})}
        for one in learning.proved_units(teacher_id)
    ]


def proof_response(request: Request, teacher_id: int, unit: str) -> HttpResponse:
    """The file as a download; whoever takes another's proof stands in the audit log."""
    found = courses.unit_by_public_id(unit)
    content = learning.give_proof(actor=request.actor, teacher_id=teacher_id, unit_id=found.pk, now=request.now)
    headers = {"Content-Disposition": f'attachment; filename="proof-{found.public_id}.json"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type="application/json", headers=headers)

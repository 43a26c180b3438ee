"""Proofs of a teacher's learned hours for the offices above."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xingtan.domains.credits import api as credits_room
from xingtan.domains.teachers import api as teachers
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.trainee.proof import proof_response, proof_rows


@require_safe
@allowed(credits_room.SEE_RECORD)
def proofs(request: Request, public_id: str) -> HttpResponse:
    """The units of a teacher of the branch of which hours can be proved."""
    found = teachers.teacher_in(request.actor.scope, public_id)
    return render(request, "school/proofs.html", {"teacher": found, "rows": proof_rows(found.pk)})


@require_safe
@allowed(credits_room.SEE_RECORD)
def proof(request: Request, public_id: str, unit: str) -> HttpResponse:
    """The proof of a teacher of the branch."""
    return proof_response(request, teachers.teacher_in(request.actor.scope, public_id).pk, unit)

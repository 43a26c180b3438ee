"""The proof of learned hours as a file that anyone counts anew."""

from __future__ import annotations

from datetime import date

from django.http import HttpResponse
from ninja import Router, Schema

from xingtan.domains.courses import api as courses
from xingtan.domains.credits import api as credits_room
from xingtan.domains.learning import api as learning

from .http import Request
from .operations import either, reads
from .teachers import teacher_seen

router = Router(tags=["records"])
PERMISSION = either(credits_room.SEE_RECORD, credits_room.SEE_OWN_RECORD)


class ProvedOut(Schema):
    """A unit of which hours can be proved: seconds counted on line, and the first and last day."""

    unit: str
    title: str
    learned_s: int
    first_on: date
    last_on: date


@reads(router, "/{teacher}/proofs", "proofs_list", list[ProvedOut], permission=PERMISSION)
def proofs_list(request: Request, teacher: str) -> list[ProvedOut]:
    """The units of which a teacher of the branch, or oneself, can prove hours."""
    found = learning.proved_units(teacher_seen(request.actor, teacher).pk)
    return [
        ProvedOut(unit=one.public_id, title=one.title, learned_s=one.learned_s, first_on=one.first_on, last_on=one.last_on) for one in found
    ]


@reads(router, "/{teacher}/proofs/{unit}", "proofs_get", None, permission=PERMISSION)
def proofs_get(request: Request, teacher: str, unit: str) -> HttpResponse:
    """The signed proof of one unit; `xingtan proof check` counts it anew."""
    seen, found = teacher_seen(request.actor, teacher), courses.unit_by_public_id(unit)
    content = learning.give_proof(actor=request.actor, teacher_id=seen.pk, unit_id=found.pk, now=request.now)
    return HttpResponse(content, content_type="application/json")

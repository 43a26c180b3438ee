"""Every identity number of a branch at once: only for the operator, and on record."""

from __future__ import annotations

from datetime import datetime

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.refusal import NotAllowed, Refused

from .access import UNMASK
from .models import NUMBER_BOX, Teacher


@atomic
def open_numbers(*, actor: Actor, reason: str, now: datetime) -> dict[int, str]:
    """The whole number of each teacher of the branch; how many were opened and why stands in the audit log. Needs a reason."""
    if actor.role is not Role.OPERATOR:
        raise NotAllowed(UNMASK.name)
    if not reason.strip():
        raise Refused("reason_missing")
    closed = Teacher.objects.within(actor.scope).order_by("pk").values_list("pk", "number_closed")
    numbers = {pk: NUMBER_BOX.open(text) for pk, text in closed.iterator(chunk_size=2_000)}
    record(actor, "teachers.numbers_opened", "teacher", list(numbers), now=now, detail={"reason": reason.strip()[:200]})
    return numbers

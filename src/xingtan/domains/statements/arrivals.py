"""What a provider sent, in the order in which it became visible: how later rooms read the store, once each and nothing missed."""

from __future__ import annotations

from typing import Any, NamedTuple
from uuid import UUID

from xingtan.core.xapi import DECODER

from .keys import VOIDED_KEY
from .models import Statement


class Arrival(NamedTuple):
    """A statement as it arrived; `seq` is its place, and `voids` names the statement that this one takes back."""

    seq: int
    statement_id: UUID
    credential_id: int
    teacher_id: int | None
    voids: UUID | None
    content: str

    def statement(self) -> dict[str, Any]:
        """The statement itself; numbers that are not whole are decimals."""
        read: dict[str, Any] = DECODER.decode(self.content)
        return read


def statements_since(provider_id: int, after: int, limit: int) -> list[Arrival]:
    """The provider's next statements after the place `after` (0: from the first), at most `limit`, oldest first.

    Whoever goes on from the last `seq` misses none: places are given under one lock that is held until the commit is visible.
    """
    rows = Statement.objects.filter(provider_id=provider_id, id__gt=after).order_by("id")
    fields = ("id", "statement_id", "credential_id", "teacher_id", "verb_key", "refers_to", "content")
    return [
        Arrival(seq, statement_id, credential_id, teacher_id, refers_to if verb_key == VOIDED_KEY else None, content)
        for seq, statement_id, credential_id, teacher_id, verb_key, refers_to, content in rows.values_list(*fields)[:limit]
    ]


def last_place() -> int:
    """The place of the newest statement; 0 in an empty store."""
    newest: int | None = Statement.objects.order_by("-id").values_list("id", flat=True).first()
    return newest or 0

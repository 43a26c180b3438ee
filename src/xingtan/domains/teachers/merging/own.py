"""Nobody decides on what is their own: the teacher records behind whoever acts."""

from __future__ import annotations

from collections.abc import Iterable

from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import Refused

from .alias import heads_of, whose


def own_ids(actor: Actor) -> frozenset[int]:
    """Every teacher id of the person who acts, in whatever role: the actor's, the account's, and those merged with them."""
    known = {actor.teacher_id} if actor.teacher_id is not None else set[int]()
    if actor.account_id is not None:
        known |= set(Teacher.everywhere.filter(account_id=actor.account_id).values_list("pk", flat=True))
    return frozenset(whose(heads_of(known).values())) | known if known else frozenset()


def refuse_own(actor: Actor, teacher_ids: Iterable[int | None]) -> None:
    """Nothing changed; refused `own_hours` when one of these teachers is the person who acts."""
    mine = own_ids(actor)
    if mine and (count := sum(1 for pk in teacher_ids if pk in mine)):
        raise Refused("own_hours", count=count)

"""Printed cards become rights to study: bound to a person, replaced, drawn, extended. Called by the room that knows where each card is."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F
from django.db.models.functions import Least

from xingtan.domains.enrolment.models import LearningCard
from xingtan.foundation.db import atomic


@dataclass(frozen=True, slots=True)
class Bound:
    """A serial with the person it is for."""

    number: str
    teacher_id: int
    school_id: int
    training_year_id: int
    hours_centi: int
    expires_on: date | None = None


@atomic
def bind_cards(rows: Sequence[Bound], now: datetime) -> set[str]:
    """Each person's right of the year has the serial's number; answers the numbers that are active already.

    A right that stood before is voided and its activation and its hours drawn go on with the new number. A serial that was bound
    before is refused by the database.
    """
    if not rows:
        return set()
    year_id = rows[0].training_year_id
    old = LearningCard.everywhere.select_for_update().filter(
        teacher_id__among=[row.teacher_id for row in rows], training_year_id=year_id, voided_at=None
    )
    before = {card.teacher_id: card for card in old.order_by("pk")}
    LearningCard.everywhere.filter(pk__among=[card.pk for card in before.values()]).update(voided_at=now)
    LearningCard.everywhere.bulk_create([_bound(row, before.get(row.teacher_id), now) for row in rows], batch_size=900)
    return {row.number for row in rows if row.teacher_id in before and before[row.teacher_id].activated_at}


def _bound(row: Bound, before: LearningCard | None, now: datetime) -> LearningCard:
    return LearningCard(
        number=row.number, teacher_id=row.teacher_id, training_year_id=row.training_year_id, school_id=row.school_id,
        hours_centi=max(row.hours_centi, before.hours_centi if before else 0), issued_at=now, expires_on=row.expires_on,
        activated_at=before.activated_at if before else None, drawn_centi=before.drawn_centi if before else 0,
    )  # fmt: skip


def void_cards(numbers: Collection[str], now: datetime, *, unused_only: bool = False) -> int:
    """The rights with these numbers (or those of them that nobody activated) open nothing any more; study done is kept."""
    held = LearningCard.everywhere.filter(number__among=list(numbers), voided_at=None)
    return (held.filter(activated_at=None) if unused_only else held).update(voided_at=now)


def extend_cards(numbers: Collection[str], until: date) -> int:
    """The rights with these numbers hold until this day."""
    return LearningCard.everywhere.filter(number__among=list(numbers), voided_at=None).update(expires_on=until)


def add_hours(numbers: Collection[str], centi: int) -> int:
    """The rights with these numbers are good for so many hundredths more."""
    return LearningCard.everywhere.filter(number__among=list(numbers), voided_at=None).update(hours_centi=F("hours_centi") + centi)


@atomic
def draw_hours(learned: Mapping[int, int], training_year_id: int) -> dict[str, tuple[int, int]]:
    """Per number of the teachers' standing cards the hours drawn and what it is good for; drawn never falls and never exceeds it."""
    held = LearningCard.everywhere.select_for_update().filter(
        teacher_id__among=list(learned), training_year_id=training_year_id, voided_at=None
    )
    answer: dict[str, tuple[int, int]] = {}
    for card in held.order_by("pk"):
        drawn = min(card.hours_centi, max(card.drawn_centi, learned[card.teacher_id]))
        if drawn != card.drawn_centi:
            LearningCard.everywhere.filter(pk=card.pk).update(drawn_centi=Least(drawn, F("hours_centi")))
        answer[card.number] = (drawn, card.hours_centi)
    return answer

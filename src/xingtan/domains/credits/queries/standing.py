"""What stands in the ledger for each piece of evidence, and the hours that stand without any."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Min, QuerySet, Sum

from xingtan.domains.credits.models import EntryState, Evidence
from xingtan.domains.credits.states import STANDING, EvidenceKind, State

WITH_HOURS = (EvidenceKind.LEARNED, EvidenceKind.ACTIVITY)


class Stand(NamedTuple):
    """What the ledger holds of a piece of evidence, in hundredths of an hour; `lines` counts returned ones too."""

    lines: int = 0
    learned: int = 0
    recognised: int = 0
    verified: int = 0


class Opening(NamedTuple):
    """Hours that stand without evidence of ours: opening entries of one component, verified or not."""

    teacher_id: int
    component: str
    is_verified: bool
    learned: int
    recognised: int
    on: date


NOTHING = Stand()


def evidence_of(teacher_ids: Collection[int], training_year_id: int) -> QuerySet[Evidence]:
    """The teachers' evidence of the year that still counts, hours and work, in a steady order."""
    found = Evidence.everywhere.filter(teacher_id__among=teacher_ids, training_year_id=training_year_id, withdrawn_at=None)
    return found.order_by("teacher_id", "happened_on", "pk")


def stands_of(teacher_ids: Collection[int], training_year_id: int) -> dict[int, Stand]:
    """What stands of each piece of evidence, by its id, in one query."""
    rows = EntryState.everywhere.filter(teacher_id__among=teacher_ids, training_year_id=training_year_id, entry__evidence__isnull=False)
    found: dict[int, Stand] = {}
    summed = rows.values("entry__evidence_id", "state").annotate(
        n=Count("pk"), learned=Sum("learned_centi"), recognised=Sum("recognised_centi")
    )
    for row in summed.order_by():
        stand = found.get(row["entry__evidence_id"], NOTHING)
        counts = row["state"] in STANDING
        found[row["entry__evidence_id"]] = Stand(
            stand.lines + row["n"],
            stand.learned + (row["learned"] if counts else 0),
            stand.recognised + (row["recognised"] if counts else 0),
            stand.verified + (row["learned"] if row["state"] == State.VERIFIED else 0),
        )
    return found


def openings_of(teacher_ids: Collection[int], training_year_id: int) -> list[Opening]:
    """The teachers' hours of the year that stand without evidence, summed per teacher, component and state, in one query."""
    rows = EntryState.everywhere.filter(
        teacher_id__among=teacher_ids, training_year_id=training_year_id, entry__evidence=None, state__in=STANDING
    )
    summed = rows.values("teacher_id", "component", "state").annotate(
        learned=Sum("learned_centi"), recognised=Sum("recognised_centi"), on=Min("happened_on")
    )
    return [
        Opening(row["teacher_id"], row["component"], row["state"] == State.VERIFIED, row["learned"], row["recognised"], row["on"])
        for row in summed.order_by("teacher_id", "component", "state")
    ]

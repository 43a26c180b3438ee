"""What stands in the ledger for each piece of evidence, and the hours that stand without any."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Min, QuerySet, Sum
from django.db.models.functions import Coalesce

from xingtan.domains.credits.models import EntryState, Evidence
from xingtan.domains.credits.states import STANDING, EvidenceKind, State
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import Prepared

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


_standing: Prepared[tuple[int, str, int, int, int]] = Prepared(
    lambda teachers, year: (
        EntryState.everywhere.filter(teacher_id__among=teachers, training_year_id=year, entry__evidence__isnull=False)
        .values("entry__evidence_id", "state")
        .annotate(n=Count("pk"), learned=Sum("learned_centi"), recognised=Sum("recognised_centi"))
        .order_by()
        .values_list("entry__evidence_id", "state", "n", "learned", "recognised")
    ),
    "many",
    "one",
)
# Coalesce keeps SQLite from walking every line without evidence that there is, of all teachers, to find those of one.
_openings: Prepared[tuple[int, str, str, int, int, date]] = Prepared(
    lambda teachers, year: (
        EntryState.everywhere.alias(evidence=Coalesce("entry__evidence_id", 0))
        .filter(teacher_id__among=teachers, training_year_id=year, evidence=0, state__in=STANDING)
        .values("teacher_id", "component", "state")
        .annotate(learned=Sum("learned_centi"), recognised=Sum("recognised_centi"), on=Min("happened_on"))
        .order_by("teacher_id", "component", "state")
        .values_list("teacher_id", "component", "state", "learned", "recognised", "on")
    ),
    "many",
    "one",
)


def evidence_of(teacher_ids: Collection[int], training_year_id: int) -> QuerySet[Evidence]:
    """The teachers' evidence of the year that still counts, hours and work, in a steady order."""
    found = Evidence.everywhere.filter(teacher_id__among=teacher_ids, training_year_id=training_year_id, withdrawn_at=None)
    return found.order_by("teacher_id", "happened_on", "pk")


# The same, asked for one teacher at a time on every page that shows a verdict.
evidence_held: Prepared[Evidence] = Prepared(evidence_of, "many", "one")


def stands_of(teacher_ids: Collection[int], training_year_id: int) -> dict[int, Stand]:
    """What stands of each piece of evidence, by its id, in one query."""
    found: dict[int, Stand] = {}
    for evidence_id, state, lines, learned, recognised in _standing(teachers.whose(teacher_ids), training_year_id):
        stand = found.get(evidence_id, NOTHING)
        counts = state in STANDING
        found[evidence_id] = Stand(
            stand.lines + lines,
            stand.learned + (learned if counts else 0),
            stand.recognised + (recognised if counts else 0),
            stand.verified + (learned if state == State.VERIFIED else 0),
        )
    return found


def openings_of(teacher_ids: Collection[int], training_year_id: int) -> list[Opening]:
    """The teachers' hours of the year that stand without evidence, summed per teacher, component and state, in one query."""
    return [
        Opening(teacher_id, component, state == State.VERIFIED, learned, recognised, on)
        for teacher_id, component, state, learned, recognised, on in _openings(teacher_ids, training_year_id)
    ]

"""What was learned so far."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F, QuerySet, Sum

from xingtan.core.learned_time.intervals import Intervals
from xingtan.foundation.db import Prepared
from xingtan.foundation.scope.branch import Scope

from .models import DeliveredRecord, UnitProgress


@dataclass(frozen=True, slots=True)
class Progress:
    """One teacher's way through one unit: seconds counted, the place to go on, the parts that were played."""

    unit_id: int
    learned_s: int = 0
    position_s: int = 0
    covered: Intervals = ()


def progress_of(teacher_id: int, unit_ids: Iterable[int]) -> dict[int, Progress]:
    """The teacher's progress in each of these units; one that was never opened stands at zero."""
    ids = set(unit_ids)
    found = {unit_id: Progress(unit_id) for unit_id in ids}
    for row in UnitProgress.objects.filter(teacher_id=teacher_id, unit_id__in=ids):
        covered = tuple((start, end) for start, end in row.covered)
        found[row.unit_id] = Progress(row.unit_id, row.learned_s, row.position_s, covered)
    return found


def studying_teachers(teacher_ids: Iterable[int]) -> set[int]:
    """Those of the teachers who learned at least a second on line, here or at a provider who delivered it."""
    ids = list(teacher_ids)
    here = UnitProgress.objects.filter(teacher_id__in=ids, learned_s__gt=0).values_list("teacher_id", flat=True)
    elsewhere = DeliveredRecord.everywhere.filter(teacher_id__in=ids).values_list("teacher_id", flat=True)
    return set(here) | set(elsewhere)  # two databases: no union


def delivered_seconds(teacher_id: int, offer_ids: Iterable[int]) -> dict[int, int]:
    """Seconds that providers delivered for the teacher, by offer; an offer without any is left out."""
    rows = DeliveredRecord.everywhere.filter(teacher_id=teacher_id, offer_id__in=list(offer_ids)).order_by()
    return dict(rows.values("offer_id").annotate(seconds=Sum("learned_s")).values_list("offer_id", "seconds"))


def untold(limit: int) -> list[tuple[int, int, int, int, int]]:
    """(row, teacher, unit, learned seconds, changed at) of progress that the hallway was not told yet."""
    rows = UnitProgress.objects.exclude(published_s=F("learned_s")).order_by("pk")[:limit]
    return list(rows.values_list("pk", "teacher_id", "unit_id", "learned_s", "changed_at"))


def delivered_records(ids: Iterable[int]) -> QuerySet[DeliveredRecord]:
    """The delivered records with these ids, for the rooms that come later."""
    return DeliveredRecord.everywhere.filter(pk__in=list(ids)).order_by("pk")


def delivered_modes(teacher_ids: Collection[int], training_year_id: int) -> list[tuple[int, int, str, str]]:
    """(teacher, record, component, mode) of the year's delivered records that say how they were studied."""
    return _delivered_modes(teacher_ids, training_year_id)


_delivered_modes: Prepared[tuple[int, int, str, str]] = Prepared(
    lambda teachers, year: (
        DeliveredRecord.everywhere.filter(teacher_id__among=teachers, offer__project__training_year_id=year)
        .exclude(mode="")
        .order_by("pk")
        .values_list("teacher_id", "pk", "offer__component", "mode")
    ),
    "many",
    "one",
)


def delivered_by(scope: Scope) -> QuerySet[DeliveredRecord]:
    """What the providers inside the scope delivered, the latest first."""
    rows = DeliveredRecord.everywhere.filter(provider__path__gte=scope.first, provider__path__lt=scope.beyond)
    return rows.select_related("teacher", "school", "offer").order_by("-pk")

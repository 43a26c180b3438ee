"""What a teacher learned day by day, and what did not count and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Count, F, Sum

from xingtan.core.learned_time import BeatReason, Interval
from xingtan.domains.teachers import api as teachers

from .models import Beat, UnitDay, UnitShare

NEAR_S = 90  # stretches that lie nearer than this are shown as one
SILENT = (BeatReason.COUNTED.value, BeatReason.NOTHING_PLAYED.value)


class NotCounted(NamedTuple):
    """What did not count for one reason: how many beats, and how many seconds of the unit they told of."""

    reason: str
    beats: int
    seconds: int


@dataclass(slots=True)
class UnitTime:
    """One unit on one day: seconds counted, when, and what was not counted."""

    unit_id: int
    learned_s: int = 0
    when: tuple[Interval, ...] = ()
    not_counted: list[NotCounted] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DayTime:
    """One local day with its units, the longest studied first."""

    on: date
    units: Sequence[UnitTime]

    @property
    def learned_s(self) -> int:
        """Seconds counted on this day."""
        return sum(one.learned_s for one in self.units)


def days_of(teacher_id: int, first_on: date, last_on: date, unit_id: int | None = None) -> list[DayTime]:
    """The teacher's days from one to the other, the latest first, in one unit or in all; a day on which nothing arrived is left out.

    Beats are kept 60 days: of days before that only what was counted is known.
    """
    chosen = {"teacher_id__among": teachers.whose([teacher_id]), "local_on__range": (first_on, last_on)} | (
        {"unit_id": unit_id} if unit_id else {}
    )
    found: dict[tuple[date, int], UnitTime] = {}
    for row in UnitDay.objects.filter(**chosen):
        same = found.get((row.local_on, row.unit_id), UnitTime(row.unit_id))
        when = sorted([*same.when, *shown_stretches(row.walls)])
        found[row.local_on, row.unit_id] = UnitTime(row.unit_id, same.learned_s + row.learned_s, tuple(when))
    refused = Beat.objects.filter(**chosen).exclude(reason__in=SILENT).order_by().values_list("local_on", "unit_id", "reason")
    for on, unit, reason, beats, seconds in refused.annotate(beats=Count("pk"), seconds=Sum(F("to_s") - F("from_s"))):
        found.setdefault((on, unit), UnitTime(unit)).not_counted.append(NotCounted(reason, beats, seconds))
    by_day: dict[date, list[UnitTime]] = defaultdict(list)
    for (on, _unit), one in found.items():
        one.not_counted.sort()
        by_day[on].append(one)
    return [DayTime(on, sorted(by_day[on], key=lambda one: (-one.learned_s, one.unit_id))) for on in sorted(by_day, reverse=True)]


def shown_stretches(walls: Iterable[Sequence[int]]) -> tuple[Interval, ...]:
    """The stretches in order, those with next to nothing between them as one."""
    shown: list[tuple[int, int]] = []
    for start, end in walls:
        if shown and start - shown[-1][1] < NEAR_S:
            shown[-1] = (shown[-1][0], end)
        else:
            shown.append((start, end))
    return tuple(shown)


def shares_of(teacher_id: int, unit_ids: Iterable[int]) -> list[UnitShare]:
    """What other sources add to the teacher's time in these units or take from it, the latest first."""
    rows = UnitShare.everywhere.filter(teacher_id__among=teachers.whose([teacher_id]), unit_id__in=set(unit_ids)).exclude(seconds=0)
    return list(rows.order_by("-put_at", "-pk"))

"""The door to evidence for what others recorded: absolute figures by source, so that saying them again changes nothing.

And the other way: what our own server counted, for whoever judges what others recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from xingtan.core.learned_time.intervals import Interval
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import insert_rows, uuid7, writing
from xingtan.foundation.events.hallway import emit

from .actions import MADE_FIELDS
from .models import DeliveredRecord, UnitDay, UnitProgress

MOST_TOLD = 5_000


class Figure(NamedTuple):
    """What counts of one delivered record, absolute: `learned_s` 0 takes back what stood."""

    source: str
    provider_id: int
    teacher_id: int
    offer_id: int
    learned_s: int
    learned_on: date
    mode: str = ""


def put_delivered(figures: Sequence[Figure], now: datetime) -> int:
    """Each source's delivered record stands as given, whatever it was, and the hallway knows of those that changed; answers how many.

    Within the caller's transaction, if any. A record that never counted is not made for nothing.
    """
    wanted = {one.source: one for one in figures}
    with writing():
        held = _held(wanted)
        fresh = [one for source, one in wanted.items() if source not in held and one.learned_s]
        changed = {held[source][0]: one for source, one in wanted.items() if source in held and held[source][1:] != _content(one)}
        _make(fresh, now)
        _change(changed)
        told = [(teacher_id, pk) for pk, teacher_id, *_said in _held({one.source: one for one in fresh}).values()]
        told += [(one.teacher_id, pk) for pk, one in changed.items()]
        # Teacher by teacher: the rooms that come after touch each person's rows once.
        ids = [pk for _teacher_id, pk in sorted(told)]
        for portion in range(0, len(ids), MOST_TOLD):
            emit("learning.recognisable", {"delivered": ids[portion : portion + MOST_TOLD], "batch": str(uuid7())}, now=now)
    return len(ids)


def _content(one: Figure) -> tuple[int, int, int, date, str]:
    return (one.teacher_id, one.offer_id, one.learned_s, one.learned_on, one.mode)


def _held(sources: Mapping[str, Figure]) -> dict[str, tuple[int, int, int, int, date, str]]:
    rows = DeliveredRecord.everywhere.filter(source__among=list(sources))
    found = rows.values_list("source", "pk", "teacher_id", "offer_id", "learned_s", "learned_on", "mode")
    return {source: (pk, teacher_id, offer_id, learned_s, on, mode) for source, pk, teacher_id, offer_id, learned_s, on, mode in found}


def _make(fresh: Collection[Figure], now: datetime) -> None:
    people = teachers.teachers_by_id({one.teacher_id for one in fresh})
    rows = (
        (
            one.source, one.provider_id, one.teacher_id, people[one.teacher_id].school_id, one.offer_id, one.learned_s, one.learned_on,
            one.mode, now,
        )
        for one in fresh
    )  # fmt: skip
    insert_rows(DeliveredRecord, MADE_FIELDS, rows)


def _change(changed: Mapping[int, Figure]) -> None:
    """An upsert by key would need every column; figures change rarely, a teacher's day at a time."""
    rows = [DeliveredRecord(pk=pk, learned_s=one.learned_s, learned_on=one.learned_on) for pk, one in changed.items()]
    DeliveredRecord.everywhere.bulk_update(rows, ["learned_s", "learned_on"], batch_size=500)


def walls_of(teacher_ids: Collection[int]) -> dict[int, tuple[Interval, ...]]:
    """The disjoint stretches of time (epoch seconds, sorted) that our own server counted for each of the teachers, over all units."""
    found: dict[int, list[Interval]] = defaultdict(list)
    for teacher_id, walls in UnitDay.objects.filter(teacher_id__among=teacher_ids).values_list("teacher_id", "walls"):
        found[teacher_id] += [(start, end) for start, end in walls]
    return {teacher_id: _joined(walls) for teacher_id, walls in found.items()}


def _joined(walls: list[Interval]) -> tuple[Interval, ...]:
    joined: list[Interval] = []
    for start, end in sorted(walls):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def online_seconds(teacher_ids: Collection[int], unit_ids: Collection[int]) -> dict[tuple[int, int], int]:
    """Seconds that our own server counted, by teacher and unit; what was never opened is left out."""
    rows = UnitProgress.objects.filter(teacher_id__among=teacher_ids, unit_id__among=list(unit_ids), learned_s__gt=0)
    return {(teacher_id, unit_id): learned_s for teacher_id, unit_id, learned_s in rows.values_list("teacher_id", "unit_id", "learned_s")}

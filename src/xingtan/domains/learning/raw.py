"""The raw record as others count it anew: openings, beats, and what was told of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from xingtan.core import learned_time
from xingtan.core.learned_time.replay import Opened, replayed

from .archives import COLUMNS, RawBeat, raw_beats
from .models import Beat, Opening, UnitDay, UnitProgress

PORTION = 10_000
DayKey = tuple[int, int, date]


def opened_of(teacher_id: int) -> list[Opened]:
    """The teacher's openings, the oldest first."""
    rows = Opening.everywhere.filter(teacher_id=teacher_id).order_by("opened_at", "session")
    found = rows.values_list("session", "unit_id", "opened_at", "length_s", "rules")
    return [
        Opened(session, unit_id, opened_at, length_s, learned_time.BeatRules(*rules))
        for session, unit_id, opened_at, length_s, rules in found
    ]


def beat_of(raw: RawBeat) -> learned_time.Beat:
    """A kept beat as the rule takes it."""
    return learned_time.Beat(
        raw.session, raw.seq, raw.received_at, raw.client_at, raw.from_s, raw.to_s, raw.rate_centi, raw.is_visible, raw.is_active,
        raw.is_present, raw.local_on.toordinal(),
    )  # fmt: skip


def counted_days(teacher_id: int) -> dict[DayKey, int]:
    """What the teacher's raw record gives when it is counted anew, by unit and local day."""
    found: dict[DayKey, int] = {}
    for one in replayed(opened_of(teacher_id), map(beat_of, raw_beats(teacher_id))):
        if one.counted_s:
            key = teacher_id, one.unit_id, date.fromordinal(one.beat.day)
            found[key] = found.get(key, 0) + one.counted_s
    return found


def told_days(teacher_ids: Iterable[int]) -> dict[DayKey, int]:
    """What was kept as learned by these teachers, by unit and local day."""
    rows = UnitDay.objects.filter(teacher_id__among=list(teacher_ids))
    return {row[:3]: row[3] for row in rows.values_list("teacher_id", "unit_id", "local_on", "learned_s")}


def told_units(teacher_ids: Iterable[int]) -> dict[tuple[int, int], int]:
    """What pages and credits are told that these teachers learned on line, by unit."""
    rows = UnitProgress.objects.filter(teacher_id__among=list(teacher_ids), learned_s__gt=0)
    return {row[:2]: row[2] for row in rows.values_list("teacher_id", "unit_id", "learned_s")}


def told_teachers() -> set[int]:
    """Everyone of whom anything is told."""
    rows = UnitDay.objects.order_by().all(), UnitProgress.objects.order_by().filter(learned_s__gt=0)
    return {pk for some in rows for pk in some.values_list("teacher_id", flat=True).distinct()}


def every_beat() -> Iterator[tuple[object, ...]]:
    """The table's beats in the order of arrival, by the columns of an archive without those of the answer; archives not among them."""
    names = [name for name in COLUMNS if name not in ("unit_id", "counted_s", "reason")]
    yield from Beat.objects.order_by("pk").values_list(*names).iterator(chunk_size=PORTION)


def every_opening() -> Iterator[tuple[object, ...]]:
    """Session, teacher, unit, time, length and rules of every opening."""
    rows = Opening.everywhere.order_by("pk").values_list("session", "teacher_id", "unit_id", "opened_at", "length_s", "rules")
    for *rest, rules in rows.iterator(chunk_size=PORTION):
        yield *rest, str(rules)

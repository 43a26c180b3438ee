"""The recorder's rows in plain SQL, the same on SQLite and PostgreSQL: read what a batch touches, write all of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from django.db.backends.utils import CursorWrapper

from xingtan.core.learned_time import Beat, BeatReason, SessionMark, TeacherClock, UnitState

Key: TypeAlias = tuple[int, int]

INSERT_BEAT = """
INSERT INTO learning_beat (session, seq, teacher_id, unit_id, received_at, local_on, client_at, from_s, to_s, rate_centi, is_visible,
 counted_s, reason) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"""
UPSERT_UNIT = """
INSERT INTO learning_unitprogress (teacher_id, unit_id, length_s, covered, sessions, learned_s, position_s, published_s, changed_at)
 VALUES (%s, %s, %s, %s, %s, %s, %s, 0, %s) ON CONFLICT (teacher_id, unit_id) DO UPDATE SET covered = excluded.covered,
 sessions = excluded.sessions, learned_s = excluded.learned_s, position_s = excluded.position_s, changed_at = excluded.changed_at"""
UPSERT_CLOCK = """
INSERT INTO learning_teacherclock (teacher_id, counted_until) VALUES (%s, %s)
 ON CONFLICT (teacher_id) DO UPDATE SET counted_until = excluded.counted_until"""
SELECT_UNITS = "SELECT teacher_id, unit_id, length_s, covered, sessions, learned_s, position_s FROM learning_unitprogress WHERE "


class Kept(NamedTuple):
    """A beat as it is kept: whose it is, and what became of it."""

    beat: Beat
    key: Key
    local_on: date
    counted_s: int
    reason: BeatReason


def read_clocks(cursor: CursorWrapper, teacher_ids: Iterable[int], *, locks: bool) -> dict[int, TeacherClock]:
    """The teachers' clocks; with `locks` (PostgreSQL) nobody else counts for these teachers until the transaction ends."""
    ids = sorted(set(teacher_ids))
    if locks:
        cursor.executemany(
            "INSERT INTO learning_teacherclock (teacher_id, counted_until) VALUES (%s, 0) ON CONFLICT DO NOTHING", [(i,) for i in ids]
        )
    marks = ", ".join(["%s"] * len(ids))
    tail = " ORDER BY teacher_id FOR UPDATE" if locks else ""
    cursor.execute(f"SELECT teacher_id, counted_until FROM learning_teacherclock WHERE teacher_id IN ({marks}){tail}", ids)  # noqa: S608 -- only marks
    found = {teacher_id: TeacherClock(until) for teacher_id, until in cursor.fetchall()}
    return {teacher_id: found.get(teacher_id, TeacherClock()) for teacher_id in ids}


def read_units(cursor: CursorWrapper, keys: Iterable[Key]) -> dict[Key, UnitState]:
    """What these teachers learned of these units so far; a pair without a row is absent."""
    wanted = sorted(set(keys))
    marks = ", ".join(["(%s, %s)"] * len(wanted))
    cursor.execute(f"{SELECT_UNITS}(teacher_id, unit_id) IN (VALUES {marks})", [value for key in wanted for value in key])
    return {(row[0], row[1]): _state(row) for row in cursor.fetchall()}


def _state(row: tuple[Any, ...]) -> UnitState:
    covered, sessions = (json.loads(text) if isinstance(text, str) else text for text in row[3:5])
    return UnitState(
        length_s=row[2],
        covered=tuple((start, end) for start, end in covered),
        learned_s=row[5],
        position_s=row[6],
        sessions={session: SessionMark(*mark) for session, mark in sessions.items()},
    )


def read_kept(cursor: CursorWrapper, pairs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], tuple[int, str]]:
    """What became of these (session, seq) when they came first: seconds and reason."""
    wanted = list(pairs)
    if not wanted:
        return {}
    marks = ", ".join(["(%s, %s)"] * len(wanted))
    cursor.execute(
        f"SELECT session, seq, counted_s, reason FROM learning_beat WHERE (session, seq) IN (VALUES {marks})",  # noqa: S608 -- only marks
        [value for pair in wanted for value in pair],
    )
    return {(session, seq): (counted_s, reason) for session, seq, counted_s, reason in cursor.fetchall()}


def write_beats(cursor: CursorWrapper, kept: Iterable[Kept]) -> None:
    """Every beat stands in its table once."""
    cursor.executemany(INSERT_BEAT, [_beat_row(one) for one in kept])


def _beat_row(one: Kept) -> tuple[int | str | date, ...]:
    beat = one.beat
    return (
        beat.session, beat.seq, *one.key, beat.received_at, one.local_on, beat.client_at, beat.from_s, beat.to_s, beat.rate_centi,
        beat.is_visible, one.counted_s, one.reason.value,
    )  # fmt: skip


def write_units(cursor: CursorWrapper, units: Mapping[Key, UnitState], at: int) -> None:
    """Each unit's row says what the state says; what was already told of it stays."""
    rows = [
        (*key, unit.length_s, json.dumps(unit.covered), json.dumps(unit.sessions), unit.learned_s, unit.position_s, at)
        for key, unit in sorted(units.items())
    ]
    cursor.executemany(UPSERT_UNIT, rows)


def write_clocks(cursor: CursorWrapper, clocks: Mapping[int, TeacherClock]) -> None:
    """Each teacher's clock says until when time was counted."""
    cursor.executemany(UPSERT_CLOCK, sorted((teacher_id, clock.counted_until) for teacher_id, clock in clocks.items()))

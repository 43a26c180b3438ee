"""The recorder's rows in plain SQL, the same on SQLite and PostgreSQL: read what a batch touches, write all of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from django.db.backends.utils import CursorWrapper

from xingtan.core.learned_time.intervals import from_seconds, to_seconds
from xingtan.core.learned_time.step import ACTIVE, LEARNED, LENGTH, POSITION, PRESENT, VIEWING, VISIBLE, Sign

Key: TypeAlias = tuple[int, int]
DayKey: TypeAlias = tuple[int, int, date]
Walls: TypeAlias = list[list[int]]

INSERT_BEAT = """
INSERT INTO learning_beat (session, seq, teacher_id, unit_id, received_at, local_on, client_at, from_s, to_s, rate_centi, is_visible,
 is_active, is_present, counted_s, reason) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"""
UPSERT_UNIT = """
INSERT INTO learning_unitprogress (teacher_id, unit_id, length_s, viewings, covered, sessions, learned_s, viewing, position_s, published_s,
 changed_at) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, 0, %s) ON CONFLICT (teacher_id, unit_id) DO UPDATE SET
 viewings = excluded.viewings, covered = excluded.covered, sessions = excluded.sessions, learned_s = excluded.learned_s,
 viewing = excluded.viewing, position_s = excluded.position_s, changed_at = excluded.changed_at"""
UPSERT_DAY = """
INSERT INTO learning_unitday (teacher_id, unit_id, local_on, learned_s, walls) VALUES (%s, %s, %s, %s, %s)
 ON CONFLICT (teacher_id, unit_id, local_on) DO UPDATE SET learned_s = excluded.learned_s, walls = excluded.walls"""
UPSERT_CLOCK = """
INSERT INTO learning_teacherclock (teacher_id, counted_until, day, day_s) VALUES (%s, %s, %s, %s)
 ON CONFLICT (teacher_id) DO UPDATE SET counted_until = excluded.counted_until, day = excluded.day, day_s = excluded.day_s"""
NEW_CLOCK = "INSERT INTO learning_teacherclock (teacher_id, counted_until, day, day_s) VALUES (%s, 0, 0, 0) ON CONFLICT DO NOTHING"
SELECT_CLOCKS = "SELECT teacher_id, counted_until, day, day_s FROM learning_teacherclock WHERE teacher_id IN "
SELECT_UNITS = (
    "SELECT teacher_id, unit_id, length_s, viewings, covered, sessions, learned_s, viewing, position_s FROM learning_unitprogress WHERE "
)
SELECT_DAYS = "SELECT teacher_id, unit_id, local_on, walls FROM learning_unitday WHERE "


class Study:
    """One teacher's time in one unit while a batch is settled, as the step wants it.

    `marks`: of each opening the step's mark and, behind it, how many prompts were answered.
    """

    __slots__ = ("covered", "marks", "unit", "viewings")

    def __init__(self, length_s: int, viewings: int = 1) -> None:
        self.unit = [length_s, 0, 0, 1, 0]
        self.viewings = viewings
        self.covered = bytearray(length_s)
        self.marks: dict[str, list[int]] = {}


class Kept(NamedTuple):
    """A beat as it is kept: whose it is, and what became of it."""

    session: str
    sign: Sign
    key: Key
    local_on: date
    counted_s: int
    reason: str


def read_clocks(cursor: CursorWrapper, teacher_ids: Iterable[int], *, locks: bool) -> dict[int, list[int]]:
    """The teachers' clocks; with `locks` (PostgreSQL) nobody else counts for these teachers until the transaction ends."""
    ids = sorted(set(teacher_ids))
    tail = " ORDER BY teacher_id FOR UPDATE" if locks else ""
    found = _clocks(cursor, ids, tail)
    if locks and len(found) < len(ids):
        cursor.executemany(NEW_CLOCK, [(teacher_id,) for teacher_id in ids if teacher_id not in found])
        found = _clocks(cursor, ids, tail)
    return {teacher_id: found.get(teacher_id) or [0, 0, 0] for teacher_id in ids}


def _clocks(cursor: CursorWrapper, ids: list[int], tail: str) -> dict[int, list[int]]:
    cursor.execute(f"{SELECT_CLOCKS}({', '.join(['%s'] * len(ids))}){tail}", ids)
    return {teacher_id: list(clock) for teacher_id, *clock in cursor.fetchall()}


def read_units(cursor: CursorWrapper, keys: Iterable[Key]) -> dict[Key, Study]:
    """What these teachers learned of these units so far; a pair without a row is absent."""
    wanted = sorted(set(keys))
    cursor.execute(f"{SELECT_UNITS}(teacher_id, unit_id) IN (VALUES {_marks(2, wanted)})", [value for key in wanted for value in key])
    return {(row[0], row[1]): _study(row) for row in cursor.fetchall()}


def _study(row: tuple[Any, ...]) -> Study:
    _teacher, _unit, length_s, viewings, covered, sessions, learned_s, viewing, position_s = row
    study = Study(length_s, viewings)
    stretches = _json(covered)
    study.covered = to_seconds(stretches, length_s)
    study.unit = [length_s, learned_s, sum(end - start for start, end in stretches), viewing, position_s]
    study.marks = {session: mark if len(mark) == 4 else [*mark, 0, 0][:4] for session, mark in _json(sessions).items()}
    return study


def read_walls(cursor: CursorWrapper, keys: Iterable[DayKey]) -> dict[DayKey, Walls]:
    """The stretches of real time that were counted for these teachers, units and days; one without any is absent."""
    wanted = sorted(set(keys))
    cursor.execute(
        f"{SELECT_DAYS}(teacher_id, unit_id, local_on) IN (VALUES {_marks(3, wanted)})", [value for key in wanted for value in key]
    )
    return {(row[0], row[1], _day(row[2])): _json(row[3]) for row in cursor.fetchall()}


def read_kept(cursor: CursorWrapper, pairs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], tuple[int, str]]:
    """What became of these (session, seq) when they came first: seconds and reason."""
    wanted = list(pairs)
    if not wanted:
        return {}
    cursor.execute(
        f"SELECT session, seq, counted_s, reason FROM learning_beat WHERE (session, seq) IN (VALUES {_marks(2, wanted)})",  # noqa: S608 -- only marks
        [value for pair in wanted for value in pair],
    )
    return {(session, seq): (counted_s, reason) for session, seq, counted_s, reason in cursor.fetchall()}


def _marks(width: int, rows: Iterable[object]) -> str:
    one = f"({', '.join(['%s'] * width)})"
    return ", ".join(one for _ in rows)


def _json(value: Any) -> Any:  # noqa: ANN401 -- text on one database, read already on the other
    return json.loads(value) if isinstance(value, str) else value


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def write_beats(cursor: CursorWrapper, kept: Iterable[Kept]) -> None:
    """Every beat stands in its table once."""
    cursor.executemany(INSERT_BEAT, [_beat_row(one) for one in kept])


def _beat_row(one: Kept) -> tuple[int | str | date, ...]:
    sign = one.sign
    return (
        one.session, sign.seq, *one.key, sign.received_at, one.local_on, sign.client_at, sign.from_s, sign.to_s, sign.rate_centi,
        bool(sign.signs & VISIBLE), bool(sign.signs & ACTIVE), bool(sign.signs & PRESENT), one.counted_s, one.reason,
    )  # fmt: skip


def write_units(cursor: CursorWrapper, studies: Mapping[Key, Study], at: int) -> None:
    """Each unit's row says what the study says; what was already told of it stays."""
    cursor.executemany(UPSERT_UNIT, [_unit_row(key, study, at) for key, study in sorted(studies.items(), key=lambda item: item[0])])


def _unit_row(key: Key, study: Study, at: int) -> tuple[int | str, ...]:
    unit, covered, sessions = study.unit, _text(from_seconds(study.covered)), _text(study.marks)
    return *key, unit[LENGTH], study.viewings, covered, sessions, unit[LEARNED], unit[VIEWING], unit[POSITION], at


def write_walls(cursor: CursorWrapper, walls: Mapping[DayKey, Walls]) -> None:
    """Each day's row says when real time was counted, and how much."""
    rows = [(*key, sum(end - start for start, end in stretches), _text(stretches)) for key, stretches in sorted(walls.items())]
    cursor.executemany(UPSERT_DAY, rows)


def _text(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def write_clocks(cursor: CursorWrapper, clocks: Mapping[int, list[int]]) -> None:
    """Each teacher's clock says until when time was counted, and how much of the latest day."""
    cursor.executemany(UPSERT_CLOCK, sorted((teacher_id, *clock) for teacher_id, clock in clocks.items()))

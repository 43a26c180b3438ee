"""The recorder's rows in plain SQL, the same on SQLite and PostgreSQL: read what a batch touches, write all of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

import msgspec
from django.db.backends.utils import CursorWrapper

from xingtan.core.learned_time.intervals import from_seconds, to_seconds
from xingtan.core.learned_time.step import ACTIVE, LEARNED, LENGTH, POSITION, PRESENT, VIEWING, VISIBLE, Sign

Key: TypeAlias = tuple[int, int]
DayKey: TypeAlias = tuple[int, int, date]
Walls: TypeAlias = list[list[int]]


def _given(columns: Mapping[str, str]) -> str:
    """PostgreSQL's table of one parameter: read and planned once, whatever the number of rows."""
    kinds = ", ".join(f"{name} {'text' if kind == 'jsonb' else kind}" for name, kind in columns.items())
    return f"json_to_recordset(%s) AS given({kinds})"


def _records(names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> str:
    return msgspec.json.encode([dict(zip(names, row, strict=True)) for row in rows]).decode()


class Upsert:
    """Rows of a table put in one go: its columns with their types, and what happens to a row that stands there already."""

    def __init__(self, table: str, columns: Mapping[str, str], on_conflict: str) -> None:
        names, marks = ", ".join(columns), ", ".join(["%s"] * len(columns))
        self.names = tuple(columns)
        self.one_by_one = f"INSERT INTO {table} ({names}) VALUES ({marks}) {on_conflict}"  # noqa: S608 -- our own tables
        wanted = ", ".join(f"{name}::jsonb" if kind == "jsonb" else name for name, kind in columns.items())
        self.at_once = f"INSERT INTO {table} ({names}) SELECT {wanted} FROM {_given(columns)} {on_conflict}"  # noqa: S608 -- our own tables

    def put(self, cursor: CursorWrapper, rows: Sequence[tuple[Any, ...]]) -> None:
        """The rows stand in the table."""
        if cursor.db.vendor == "postgresql":
            cursor.execute(self.at_once, [_records(self.names, rows)])
        else:
            cursor.executemany(self.one_by_one, rows)


def _replacing(table: str, keys: Sequence[str], columns: Mapping[str, str], but: Collection[str] = ()) -> Upsert:
    """An upsert of which the new row wins, except in the columns `but`."""
    changed = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in {*keys, *but})
    return Upsert(table, columns, f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changed}")


BEATS_PUT = Upsert(
    "learning_beat",
    {
        "session": "text", "seq": "int", "teacher_id": "bigint", "unit_id": "bigint", "received_at": "bigint", "local_on": "date",
        "client_at": "bigint", "from_s": "int", "to_s": "int", "rate_centi": "smallint", "is_visible": "boolean", "is_active": "boolean",
        "is_present": "boolean", "counted_s": "int", "reason": "text",
    },
    "ON CONFLICT DO NOTHING",
)  # fmt: skip
UNITS_PUT = _replacing(
    "learning_unitprogress",
    ["teacher_id", "unit_id"],
    {
        "teacher_id": "bigint", "unit_id": "bigint", "length_s": "int", "viewings": "smallint", "covered": "jsonb", "sessions": "jsonb",
        "learned_s": "int", "viewing": "smallint", "position_s": "int", "published_s": "int", "changed_at": "bigint",
    },
    but={"length_s", "published_s"},
)  # fmt: skip
DAYS_PUT = _replacing(
    "learning_unitday",
    ["teacher_id", "unit_id", "local_on"],
    {"teacher_id": "bigint", "unit_id": "bigint", "local_on": "date", "learned_s": "int", "walls": "jsonb"},
)
CLOCKS_PUT = _replacing(
    "learning_teacherclock", ["teacher_id"], {"teacher_id": "bigint", "counted_until": "bigint", "day": "int", "day_s": "int"}
)
NEW_CLOCK = "INSERT INTO learning_teacherclock (teacher_id, counted_until, day, day_s) VALUES (%s, 0, 0, 0) ON CONFLICT DO NOTHING"
SELECT_CLOCKS = "SELECT teacher_id, counted_until, day, day_s FROM learning_teacherclock WHERE teacher_id IN "
SELECT_UNITS = (
    "SELECT teacher_id, unit_id, length_s, viewings, covered, sessions, learned_s, viewing, position_s FROM learning_unitprogress"
)
SELECT_DAYS = "SELECT teacher_id, unit_id, local_on, walls FROM learning_unitday"
SELECT_BEATS = "SELECT session, seq, counted_s, reason FROM learning_beat"
KEY = {"teacher_id": "bigint", "unit_id": "bigint"}


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
    _select(cursor, SELECT_UNITS, KEY, sorted(set(keys)))
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
    _select(cursor, SELECT_DAYS, KEY | {"local_on": "date"}, sorted(set(keys)))
    return {(row[0], row[1], _day(row[2])): _json(row[3]) for row in cursor.fetchall()}


def read_kept(cursor: CursorWrapper, pairs: Iterable[tuple[str, int]]) -> dict[tuple[str, int], tuple[int, str]]:
    """What became of these (session, seq) when they came first: seconds and reason."""
    wanted = list(pairs)
    if not wanted:
        return {}
    _select(cursor, SELECT_BEATS, {"session": "text", "seq": "int"}, wanted)
    return {(session, seq): (counted_s, reason) for session, seq, counted_s, reason in cursor.fetchall()}


def _select(cursor: CursorWrapper, select: str, columns: Mapping[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Asks for what stands among these rows."""
    named = f"{select} WHERE ({', '.join(columns)}) IN "
    if cursor.db.vendor == "postgresql":
        cursor.execute(f"{named}(SELECT * FROM {_given(columns)})", [_records(tuple(columns), rows)])  # noqa: S608 -- our own columns
        return
    one = f"({', '.join(['%s'] * len(columns))})"
    cursor.execute(f"{named}(VALUES {', '.join([one] * len(rows))})", [value for row in rows for value in row])


def _json(value: Any) -> Any:  # noqa: ANN401 -- text on one database, read already on the other
    return msgspec.json.decode(value) if isinstance(value, str) else value


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def write_beats(cursor: CursorWrapper, kept: Iterable[Kept]) -> None:
    """Every beat stands in its table once."""
    BEATS_PUT.put(cursor, [_beat_row(one) for one in kept])


def _beat_row(one: Kept) -> tuple[int | str | date, ...]:
    sign = one.sign
    return (
        one.session, sign.seq, *one.key, sign.received_at, one.local_on, sign.client_at, sign.from_s, sign.to_s, sign.rate_centi,
        bool(sign.signs & VISIBLE), bool(sign.signs & ACTIVE), bool(sign.signs & PRESENT), one.counted_s, one.reason,
    )  # fmt: skip


def write_units(cursor: CursorWrapper, studies: Mapping[Key, Study], at: int) -> None:
    """Each unit's row says what the study says; what was already told of it stays."""
    UNITS_PUT.put(cursor, [_unit_row(key, study, at) for key, study in sorted(studies.items(), key=lambda item: item[0])])


def _unit_row(key: Key, study: Study, at: int) -> tuple[int | str, ...]:
    unit, covered, sessions = study.unit, _text(from_seconds(study.covered)), _text(study.marks)
    return *key, unit[LENGTH], study.viewings, covered, sessions, unit[LEARNED], unit[VIEWING], unit[POSITION], 0, at


def write_walls(cursor: CursorWrapper, walls: Mapping[DayKey, Walls]) -> None:
    """Each day's row says when real time was counted, and how much."""
    rows = [(*key, sum(end - start for start, end in stretches), _text(stretches)) for key, stretches in sorted(walls.items())]
    DAYS_PUT.put(cursor, rows)


def _text(value: object) -> str:
    return msgspec.json.encode(value).decode()


def write_clocks(cursor: CursorWrapper, clocks: Mapping[int, list[int]]) -> None:
    """Each teacher's clock says until when time was counted, and how much of the latest day."""
    CLOCKS_PUT.put(cursor, sorted((teacher_id, *clock) for teacher_id, clock in clocks.items()))

"""A file as rows of values or problems; nothing here knows the register."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from pathlib import Path

from xingtan.domains.teachers.api import (
    Gender,
    IdentityKind,
    birth_of,
    gender_of,
    identity_check_digit,
    masked,
    refuse_hire,
    refuse_number,
)
from xingtan.foundation.files.sheets import Cell, Sheet, open_sheet
from xingtan.foundation.refusal import Refused

from .cells import PARSERS, Unfit
from .columns import BY_KEY, COLUMNS, PROBLEM_HEADING, REQUIRED

HEADINGS_WITHIN = 12
MOST_ROWS = 200_000
KEY_OF_HEADING: Mapping[str, str] = {name: column.key for column in COLUMNS for name in (column.heading, *column.also)}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a cell is refused: the column's key, what was found (numbers masked), a code and the numbers of its sentence."""

    column: str
    found: str
    code: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(slots=True)
class RowResult:
    """A row of the file: its number there, its cells as they were, and its values or its problems (or both, when only some cells are bad)."""

    row: int
    cells: Sequence[Cell]
    values: dict[str, object]
    problems: list[Problem]

    def text(self, key: str) -> str:
        """A value as text, "" where the cell was empty or bad."""
        value = self.values.get(key)
        return "" if value is None else str(value)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the columns of the file stand."""

    sheet: str
    headings: tuple[str, ...]
    heading_row: int
    places: Mapping[str, int]

    @property
    def ignored(self) -> list[str]:
        """Headings that no column knows."""
        known = set(self.places.values())
        return [name for place, name in enumerate(self.headings) if name and place not in known and name != PROBLEM_HEADING]

    def cell_name(self, key: str, row: int) -> str:
        """The cell as a spreadsheet names it (`D17`), or "" for a column that the file does not have."""
        place = self.places.get(key)
        if place is None:
            return ""
        letters = chr(65 + place % 26)
        return f"{chr(64 + place // 26) if place >= 26 else ''}{letters}{row}"


@dataclass(frozen=True, slots=True)
class Roster:
    """A file being read: where its columns are, and its rows."""

    layout: Layout
    rows: Iterator[RowResult]


def heading_key(cell: Cell) -> str:
    """The column that a heading names, or ""; blanks, stars and remarks in brackets do not matter."""
    text = unicodedata.normalize("NFKC", str(cell)).replace(" ", "").replace("\n", "").strip("*:")
    return KEY_OF_HEADING.get(text) or KEY_OF_HEADING.get(text.partition("(")[0], "")


def layout_of(number: int, cells: Sequence[Cell], sheet: str) -> Layout:
    """The layout that this row of headings makes; the first of two columns with one meaning counts."""
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if key := heading_key(cell):
            places.setdefault(key, place)
    return Layout(sheet, tuple(str(cell).strip() for cell in cells), number, places)


def find_layout(first: Sequence[tuple[int, list[Cell]]], sheet: str, needed: Sequence[str]) -> Layout:
    """The best row of headings among the first rows; refused with the names of what is missing."""
    if not first:
        raise Refused("roster_empty")
    best = max((layout_of(number, cells, sheet) for number, cells in first), key=lambda layout: len(layout.places))
    missing = [BY_KEY[key].heading for key in needed if key not in best.places]
    if missing:
        raise Refused("roster_headings_missing", columns="、".join(missing))
    return best


def merged_rows(sheet: Sheet, layout: Layout) -> dict[int, set[int]]:
    """For each row below the headings the places that belong to a merged range."""
    found: dict[int, set[int]] = {}
    for first, left, last, right in sheet.merged:
        for row in range(max(first, layout.heading_row + 1), last + 1):
            found.setdefault(row, set()).update(range(left, right + 1))
    return found


@contextmanager
def open_roster(path: Path, *, today: date, school: str = "") -> Iterator[Roster]:
    """The roster in a file, its rows read as they are asked for; `school` fills rows of a file without that column."""
    needed = [key for key in REQUIRED if key != "school" or not school]
    with open_sheet(path) as sheet:
        first = list(islice(sheet.rows, HEADINGS_WITHIN))
        layout = find_layout(first, sheet.sheets[0] if sheet.sheets else "", needed)
        merged = merged_rows(sheet, layout)
        rest = chain((row for row in first if row[0] > layout.heading_row), sheet.rows)
        yield Roster(layout, _rows(rest, layout, merged, today, school))


def _rows(
    rows: Iterator[tuple[int, list[Cell]]], layout: Layout, merged: Mapping[int, set[int]], today: date, school: str
) -> Iterator[RowResult]:
    count = 0
    for number, cells in rows:
        if all(isinstance(cell, str) and not cell.strip() for cell in cells):
            continue
        count += 1
        if count > MOST_ROWS:
            raise Refused("roster_too_long", most=MOST_ROWS)
        yield read_row(number, cells, layout=layout, today=today, school=school, merged=merged.get(number))
    if not count:
        raise Refused("roster_empty")


def read_row(
    number: int, cells: Sequence[Cell], *, layout: Layout, today: date, school: str = "", merged: set[int] | None = None
) -> RowResult:
    """The row's values and every problem of it; a bad cell gives no value."""
    found = RowResult(number, cells, {}, [])
    for key, place in layout.places.items():
        cell = cells[place] if place < len(cells) else ""
        if merged and place in merged:
            found.problems.append(Problem(key, _shown(key, cell), "merged"))
        elif isinstance(cell, str) and not cell.strip():
            if key in REQUIRED and not (key == "school" and school):
                found.problems.append(Problem(key, "", "missing"))
        else:
            _take(found, key, cell)
    if school:
        found.values.setdefault("school", school)
    _look_across(found, today)
    return found


def _take(found: RowResult, key: str, cell: Cell) -> None:
    try:
        found.values[key] = PARSERS[key](cell)
    except Unfit as unfit:
        found.problems.append(Problem(key, _shown(key, cell), unfit.code, unfit.params))


def _shown(key: str, cell: Cell) -> str:
    return masked(str(cell)) if key in ("number", "phone") else str(cell)[:80]


def _look_across(found: RowResult, today: date) -> None:
    values = found.values
    number, hired, effective = values.get("number"), values.get("hired_on"), values.get("effective_on")
    born = None
    if isinstance(number, str):
        born = _look_at_number(found, number, today)
    if isinstance(hired, date) and (why := refuse_hire(hired, born=born, today=today)):
        _refuse(found, "hired_on", why)
    if isinstance(effective, date) and effective > today:
        _refuse(found, "effective_on", "effective_in_future")


def _look_at_number(found: RowResult, number: str, today: date) -> date | None:
    kind = IdentityKind(str(found.values.get("identity_kind") or IdentityKind.RESIDENT))
    if why := refuse_number(kind, number, today=today):
        due = identity_check_digit(number[:17]) if why == "number_check_digit" else ""
        _refuse(found, "number", why, **({"due": due} if due else {}))
        return None
    if kind is not IdentityKind.RESIDENT:
        return None
    if (gender := found.values.get("gender")) and gender_of(number) is not Gender(str(gender)):
        _refuse(found, "gender", "gender_differs")
    return birth_of(number)


def _refuse(found: RowResult, key: str, code: str, **params: object) -> None:
    value = found.values.pop(key)
    place = _shown(key, str(value)) if key != "gender" else {"male": "男", "female": "女"}[str(value)]
    found.problems.append(Problem(key, place, code, params))

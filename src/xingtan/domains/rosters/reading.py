"""A file as rows of values or problems; nothing here knows the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, islice
from pathlib import Path

from xingtan.core.oneroster import BadBundle, is_bundle, roster_table
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

from .cells import PARSERS, QUICK, REPEATED, Unfit
from .columns import REQUIRED
from .layout import Layout, Told, find_layout, nothing

HEADINGS_WITHIN = 12
MOST_ROWS = 1_000_000
MOST_REMEMBERED = 100_000
Raw = tuple[int, list[Cell]]


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


class Reader:
    """Reads rows of one layout; what a column says again and again is worked out once."""

    def __init__(self, layout: Layout, *, today: date, school: str = "", merged: Mapping[int, set[int]] | None = None) -> None:
        self.layout, self.today, self._school, self._merged = layout, today, school, merged or {}
        needed = frozenset(REQUIRED) - ({"school"} if school else set())
        known: dict[str, dict[str, object]] = {key: {} for key in REPEATED}
        self._columns = [(key, place, key in needed, known.get(key), QUICK.get(key)) for key, place in layout.places.items()]
        self._width = max(layout.places.values(), default=-1) + 1

    def read(self, number: int, cells: list[Cell]) -> RowResult:
        """The row's values and the problems of its cells; a bad cell gives no value. Whether the values go together is `look_across`'s."""
        values: dict[str, object] = {}
        found = RowResult(number, cells, values, [])
        if len(cells) < self._width:
            cells.extend([""] * (self._width - len(cells)))
        merged = self._merged.get(number) if self._merged else None
        for key, place, is_needed, known, quick in self._columns:
            cell = cells[place]
            if merged and place in merged:
                found.problems.append(Problem(key, shown_cell(key, cell), "merged"))
            elif type(cell) is not str:
                _parse(found, key, cell, None)
            elif not cell or cell.isspace():
                if is_needed:
                    found.problems.append(Problem(key, "", "missing"))
            elif value := known.get(cell) if known is not None else quick(cell) if quick else None:
                values[key] = value
            else:
                _parse(found, key, cell, known)
        if self._school:
            values.setdefault("school", self._school)
        return found

    def look_across(self, found: RowResult) -> None:
        """The row's values go together: number and kind of document, gender, days; what does not is a problem and no value."""
        values = found.values
        number, hired, effective = values.get("number"), values.get("hired_on"), values.get("effective_on")
        born = _look_at_number(found, number, self.today) if isinstance(number, str) else None
        if isinstance(hired, date) and (why := refuse_hire(hired, born=born, today=self.today)):
            _refuse(found, "hired_on", why)
        if isinstance(effective, date) and effective > self.today:
            _refuse(found, "effective_on", "effective_in_future")


def _parse(found: RowResult, key: str, cell: Cell, known: dict[str, object] | None) -> None:
    try:
        value = found.values[key] = PARSERS[key](cell)
    except Unfit as unfit:
        found.problems.append(Problem(key, shown_cell(key, cell), unfit.code, unfit.params))
        return
    if known is not None and isinstance(cell, str):
        if len(known) >= MOST_REMEMBERED:
            known.clear()
        known[cell] = value


def shown_cell(key: str, cell: Cell) -> str:
    """What stood in the cell as a page may show it."""
    return masked(str(cell)) if key in ("number", "phone") else str(cell)[:80]


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
    place = shown_cell(key, str(value)) if key != "gender" else {"male": "男", "female": "女"}[str(value)]
    found.problems.append(Problem(key, place, code, params))


@dataclass(frozen=True, slots=True)
class Roster:
    """A file being read: where its columns are, its rows as they come, and who reads them."""

    layout: Layout
    raw: Iterator[Raw]
    reader: Reader

    @property
    def rows(self) -> Iterator[RowResult]:
        """The rows, each looked at by itself."""
        for number, cells in self.raw:
            found = self.reader.read(number, cells)
            self.reader.look_across(found)
            yield found


@contextmanager
def open_roster(path: Path, *, today: date, school: str = "", told: Told = nothing) -> Iterator[Roster]:
    """The roster in a file, its rows read as they are asked for; `school` fills rows without one, `told` says what headings mean."""
    needed = [key for key in REQUIRED if key != "school" or not school]
    with open_table(path) as sheet:
        first = list(islice(sheet.rows, HEADINGS_WITHIN))
        layout = find_layout(first, sheet.sheets[0] if sheet.sheets else "", needed, told)
        rest = chain((row for row in first if row[0] > layout.heading_row), sheet.rows)
        yield Roster(layout, _filled(rest), Reader(layout, today=today, school=school, merged=merged_rows(sheet, layout)))


@contextmanager
def open_table(path: Path) -> Iterator[Sheet]:
    """The file's rows: a OneRoster bundle's joined as a roster of ours, else those of a workbook, a text or a Parquet table."""
    if is_bundle(path):
        try:
            with roster_table(path) as (headings, people):
                yield Sheet((), (), chain([(0, list(headings))], ((line, list(row)) for line, row in people)))
        except BadBundle as bad:
            raise Refused("bundle_bad", found=str(bad)) from bad
        return
    with open_sheet(path) as sheet:
        yield sheet


def merged_rows(sheet: Sheet, layout: Layout) -> dict[int, set[int]]:
    """For each row below the headings the places that belong to a merged range."""
    found: dict[int, set[int]] = {}
    for first, left, last, right in sheet.merged:
        for row in range(max(first, layout.heading_row + 1), last + 1):
            found.setdefault(row, set()).update(range(left, right + 1))
    return found


def _filled(rows: Iterator[Raw]) -> Iterator[Raw]:
    count = 0
    for number, cells in rows:
        if not any(not isinstance(cell, str) or cell.strip() for cell in cells):
            continue
        count += 1
        if count > MOST_ROWS:
            raise Refused("roster_too_long", most=MOST_ROWS)
        yield number, cells
    if not count:
        raise Refused("roster_empty")

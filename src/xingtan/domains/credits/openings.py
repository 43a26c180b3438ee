"""Reading the workbook of earlier years' hours: a row a teacher, year and component, and a second sheet with the schools' totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeAlias

from xingtan.core.units import HoursRefused, parse_hours
from xingtan.foundation.files.sheets import Cell, open_sheet
from xingtan.foundation.refusal import Refused

NUMBER, NAME, SCHOOL, YEAR, COMPONENT, HOURS, SOURCE, BATCH = (
    "身份证件号码",
    "姓名",
    "学校",
    "学年",
    "部分",
    "学时",
    "来源",
    "批次",
)
HEADINGS = (NUMBER, NAME, SCHOOL, YEAR, COMPONENT, HOURS, SOURCE, BATCH)
TOTALS_SHEET, TOTAL = "学校合计", "学时合计"
TOTAL_HEADINGS = (SCHOOL, YEAR, TOTAL)
Key: TypeAlias = tuple[str, int]


@dataclass
class OpeningRow:
    """One row as it was read; `problems` are codes with the column they are about."""

    line: int
    cells: Mapping[str, str]
    year: int = 0
    centi: int = 0
    problems: list[tuple[str, str]] = field(default_factory=list)


def _text(cell: Cell) -> str:
    """What a person sees in the cell; a number without its needless zeros."""
    if isinstance(cell, float):
        shown = Decimal(repr(cell)).quantize(Decimal("0.0001")).normalize()
        return f"{shown:f}"
    return str(cell).strip()


def _table(path: Path, sheet: str, headings: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows below the row of headings, blank ones left out; refused when the sheet or a heading is missing."""
    with open_sheet(path, sheet=sheet) as found:
        if found.is_absent:
            raise Refused("opening_sheet_missing", sheet=sheet)
        places: dict[str, int] | None = None
        for number, cells in found.rows:
            words = [_text(cell) for cell in cells]
            if places is None:
                if set(headings) <= set(words):
                    places = {heading: words.index(heading) for heading in headings}
                continue
            row = {heading: words[at] if at < len(words) else "" for heading, at in places.items()}
            if any(row.values()):
                yield number, row
    if places is None:
        raise Refused("opening_headings_missing", columns="、".join(headings))


def opening_rows(path: Path) -> Iterator[OpeningRow]:
    """Every row of the first sheet, with what is wrong with its year and hours."""
    for line, cells in _table(path, "", HEADINGS):
        row = OpeningRow(line, cells)
        row.year = _year(cells[YEAR])
        if not row.year:
            row.problems.append((YEAR, "opening_year_unknown"))
        try:
            row.centi = parse_hours(cells[HOURS])
        except HoursRefused as refused:
            row.problems.append((HOURS, f"hours_{refused.code}"))
        else:
            if row.centi == 0:
                row.problems.append((HOURS, "hours_empty"))
        row.problems += [(column, "opening_cell_empty") for column in (NUMBER, SCHOOL, SOURCE, BATCH) if not cells[column]]
        yield row


def opening_totals(path: Path) -> dict[Key, int]:
    """What the old system says a school's hours of a year were, in hundredths."""
    found: dict[Key, int] = {}
    for line, cells in _table(path, TOTALS_SHEET, TOTAL_HEADINGS):
        try:
            found[cells[SCHOOL], _year(cells[YEAR])] = parse_hours(cells[TOTAL])
        except HoursRefused:
            raise Refused("opening_total_unreadable", line=line) from None
    return found


def _year(text: str) -> int:
    try:
        year = int(Decimal(text.removesuffix("学年").strip()))
    except (InvalidOperation, ValueError):
        return 0
    return year if 1990 <= year <= 2100 else 0

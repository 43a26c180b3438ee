"""The hand-in with its problems marked, to mend and hand in again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from .columns import BY_KEY, PROBLEM_HEADING
from .layout import Layout
from .plan import Plan, PlannedRow
from .reading import Problem, Raw, RowResult, open_table
from .report import SHEET, line
from .states import RowState

WHOLE_UP_TO = 20_000


def write_mending(path: Path, layout: Layout, plan: Plan, source: Path) -> None:
    """The file's own rows stand at the path, the refused ones first, bad cells coloured and remarked, the problems in a last column.

    Of a file with more than 20,000 rows only refused ones, 5,000 at most: the good ones are written first, and the mended handed in alone.
    """
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        styles = {
            "head": book.add_format({"bold": True, "bg_color": "#e3eef3"}),
            "bad": book.add_format({"bg_color": "#fbe3de", "font_color": "#9c2f20", "num_format": "@"}),
            "why": book.add_format({"font_color": "#9c2f20", "text_wrap": True}),
            "text": book.add_format({"num_format": "@"}),
        }
        width = max([len(layout.headings), *(place + 1 for place in layout.places.values())])
        headings = [name for name in layout.headings if name != PROBLEM_HEADING]
        _set_widths(sheet, layout, len(headings), styles["text"])
        sheet.write_row(0, 0, [*headings, PROBLEM_HEADING], styles["head"])
        for number, row in enumerate(_refused_first(layout, plan, source), start=1):
            _write_row(sheet, number, row, layout, styles, width)
        sheet.freeze_panes(1, 0)


def _set_widths(sheet: Worksheet, layout: Layout, last: int, text: object) -> None:
    for key, place in layout.places.items():
        sheet.set_column(place, place, BY_KEY[key].width, text)
    sheet.set_column(last, last, 80)


def _refused_first(layout: Layout, plan: Plan, source: Path) -> Iterator[PlannedRow]:
    refused = {row.read.row: row for row in plan.of(RowState.REFUSED)}
    late = {number for number, row in refused.items() if not row.read.cells}
    if late:
        for number, cells in _rows_of(source, layout):
            if number in late:
                refused[number].read.cells = cells
    yield from refused.values()
    if plan.total <= WHOLE_UP_TO:
        for number, cells in _rows_of(source, layout):
            if number not in refused:
                yield PlannedRow(RowResult(number, cells, {}, []), RowState.UNCHANGED)


def _rows_of(source: Path, layout: Layout) -> Iterator[Raw]:
    with open_table(source) as sheet:
        yield from (row for row in sheet.rows if row[0] > layout.heading_row)


def _write_row(sheet: Worksheet, number: int, row: PlannedRow, layout: Layout, styles: Mapping[str, object], width: int) -> None:
    bad: dict[int, list[Problem]] = {}
    for problem in row.read.problems:
        bad.setdefault(layout.places.get(problem.column, -1), []).append(problem)
    skipped = layout.headings.index(PROBLEM_HEADING) if PROBLEM_HEADING in layout.headings else width
    cells = [cell for place, cell in enumerate(row.read.cells[:width]) if place != skipped]
    for place, cell in enumerate(cells):
        if cell != "" or place in bad:
            _write_cell(sheet, (number, place), cell, styles["bad"] if place in bad else styles["text"])
        if place in bad:
            sheet.write_comment(number, place, "\n".join(map(line, bad[place])))
    if row.read.problems:
        at = len([name for name in layout.headings if name != PROBLEM_HEADING])
        sheet.write_string(number, at, "\n".join(_located(layout, row, problem) for problem in row.read.problems), styles["why"])


def _write_cell(sheet: Worksheet, at: tuple[int, int], cell: object, style: object) -> None:
    """A cell goes out as it came in; text stays text, even one that begins like a formula."""
    if isinstance(cell, str):
        sheet.write_string(*at, cell, style)
    elif isinstance(cell, bool):
        sheet.write_boolean(*at, cell, style)
    else:
        sheet.write_number(*at, cell, style)


def _located(layout: Layout, row: PlannedRow, problem: Problem) -> str:
    return f"[{layout.cell_name(problem.column, row.read.row)}] {line(problem)}"

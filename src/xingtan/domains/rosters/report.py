"""Workbooks that go out: the template to fill in, and the hand-in with its problems marked, to mend and hand in again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from .columns import BY_KEY, COLUMNS, PROBLEM_HEADING, WORDS
from .plan import Plan, PlannedRow
from .reading import Layout, Problem
from .states import RowState
from .words import PROBLEMS, REMEDIES

SHEET = "名册"
LISTED_ROWS = 2000


def sentence(problem: Problem) -> str:
    """The problem in words, what was found included."""
    return str(PROBLEMS[problem.code]) % dict(problem.params)


def remedy(problem: Problem) -> str:
    """What would be accepted."""
    return str(REMEDIES[problem.code]) % dict(problem.params)


def line(problem: Problem) -> str:
    """Column, sentence and remedy as one line of the workbook."""
    return f"{BY_KEY[problem.column].heading}：{sentence(problem)}{remedy(problem)}"


def write_template(path: Path) -> None:
    """An empty roster stands at the path: headings, an example in a remark, lists of values, numbers as text."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(SHEET)
        head = book.add_format({"bold": True, "bg_color": "#e3eef3", "bottom": 1})
        needed = book.add_format({"bold": True, "bg_color": "#fdf3d6", "bottom": 1})
        text = book.add_format({"num_format": "@"})
        for place, column in enumerate(COLUMNS):
            sheet.write_string(0, place, column.heading, needed if column.is_required else head)
            sheet.set_column(place, place, column.width, text)
            if column.example:
                sheet.write_comment(0, place, _("For example: %(example)s") % {"example": column.example})
            if column.key in WORDS:
                _offer_values(sheet, place, column.key)
        sheet.freeze_panes(1, 0)


def _offer_values(sheet: Worksheet, place: int, key: str) -> None:
    values = [words[0] for words in WORDS[key].values()]
    sheet.data_validation(1, place, LISTED_ROWS, place, {"validate": "list", "source": values, "error_type": "warning"})


def write_mending(path: Path, layout: Layout, plan: Plan) -> None:
    """The file's own rows stand at the path, the refused ones first, bad cells coloured and remarked, the problems in a last column."""
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
        for number, row in enumerate(_refused_first(plan), start=1):
            _write_row(sheet, number, row, layout, styles, width)
        sheet.freeze_panes(1, 0)


def _set_widths(sheet: Worksheet, layout: Layout, last: int, text: object) -> None:
    for key, place in layout.places.items():
        sheet.set_column(place, place, BY_KEY[key].width, text)
    sheet.set_column(last, last, 80)


def _refused_first(plan: Plan) -> Iterator[PlannedRow]:
    yield from plan.of(RowState.REFUSED)
    yield from (row for row in plan.rows if row.state is not RowState.REFUSED)


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


def error_lines(layout: Layout, rows: Sequence[PlannedRow]) -> Iterator[str]:
    """Every problem as a line for the command: place, column, what was found, what is wrong, what to do."""
    for row in rows:
        for problem in row.read.problems:
            place = layout.cell_name(problem.column, row.read.row) or str(row.read.row)
            yield f"{place} {BY_KEY[problem.column].heading} “{problem.found}”: {sentence(problem)} {remedy(problem)}"

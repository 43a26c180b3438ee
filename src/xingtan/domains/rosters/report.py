"""Problems in words, and the template to fill in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from .columns import BY_KEY, COLUMNS, WORDS
from .layout import Layout
from .plan import PlannedRow
from .reading import Problem
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


def error_lines(layout: Layout, rows: Sequence[PlannedRow]) -> Iterator[str]:
    """Every problem as a line for the command: place, column, what was found, what is wrong, what to do."""
    for row in rows:
        for problem in row.read.problems:
            place = layout.cell_name(problem.column, row.read.row) or str(row.read.row)
            yield f"{place} {BY_KEY[problem.column].heading} “{problem.found}”: {sentence(problem)} {remedy(problem)}"

"""Workbooks that go out: the empty one with the headings, and the rows to mend with what is wrong beside each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from django.utils.translation import gettext as _

from .resolving import Line
from .states import FIELDS
from .words import HEADINGS, PROBLEMS


def problem_words(line: Line) -> str:
    """What is wrong with the row, in words."""
    return "；".join(str(PROBLEMS[one]) for one in line.problems)


def write_mending(path: Path, lines: Sequence[Line]) -> None:
    """The rows to mend stand at the path under our headings, as typed, with their row and the problem in words; mended it can be handed in."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("记录")
        head = book.add_format({"bold": True, "bg_color": "#e3eef3"})
        text = book.add_format({"num_format": "@"})
        why = book.add_format({"font_color": "#9c2f20"})
        sheet.set_column(0, len(FIELDS) - 1, 18, text)
        sheet.set_column(len(FIELDS), len(FIELDS), 8)
        sheet.set_column(len(FIELDS) + 1, len(FIELDS) + 1, 60)
        sheet.write_row(0, 0, [*(HEADINGS[field] for field in FIELDS), _("Row"), _("Problem")], head)
        for at, line in enumerate(lines, start=1):
            for place, cell in enumerate(line.typed.cells):
                if cell:
                    sheet.write_string(at, place, cell, text)
            sheet.write_number(at, len(FIELDS), line.typed.place)
            sheet.write_string(at, len(FIELDS) + 1, problem_words(line), why)
        sheet.freeze_panes(1, 0)

"""The refused rows as a workbook with their reasons, to mend and hand in again."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from .plan import Bad, Plan
from .reading import HEADINGS, PROBLEM, cells_of
from .showing import kept, sentences

WIDTHS = (24, 12, 16, 28, 30, 40)


def write_mending(path: Path, plan: Plan) -> None:
    """A workbook stands at the path: the refused rows as they were typed (5,000 at most), each with all its problems in the last column."""
    write_book(path, plan.bad)


def write_book(path: Path, rows: list[Bad]) -> None:
    """Text stays text, even one that begins like a formula."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("推荐名单")
        head, text = book.add_format({"bold": True, "bg_color": "#e3eef3"}), book.add_format({"num_format": "@"})
        why = book.add_format({"font_color": "#9c2f20", "text_wrap": True})
        for place, width in enumerate(WIDTHS):
            sheet.set_column(place, place, width, text)
        sheet.set_column(len(WIDTHS), len(WIDTHS), 70)
        sheet.write_row(0, 0, [*HEADINGS, PROBLEM] if rows else HEADINGS, head)
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(cells_of(row.typed)):
                sheet.write_string(number, place, cell, text)
            sheet.write_string(number, len(HEADINGS), "\n".join(sentences(kept(row.typed.place, row.problems, row.look))), why)
        sheet.freeze_panes(1, 0)

"""A list as a workbook."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 40


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value if isinstance(value, int | float) else str(value)


def workbook_response(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> FileResponse:
    """The rows as an .xlsx download, row by row in constant memory; text that begins with = stays text."""
    place = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it when it is sent
    options = {"constant_memory": True, "in_memory": False, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(place, options)
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bg_color": "#f4f0e8", "bottom": 1})
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, min(WIDEST, max(12, 2 * len(str(heading)) + 4)))
        sheet.write(0, column, str(heading), bold)
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            sheet.write(at, column, _plain(value))
    book.close()
    place.seek(0)
    response = FileResponse(place, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response

"""A list as a workbook that says whose export it is."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from xingtan.foundation.disclosures import api as disclosures
from xingtan.foundation.scope.models import Organisation
from xingtan.web.disclosing import CURRENT, RECORDED, is_recorded, page_name
from xingtan.web.words import role_word

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 40


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value if isinstance(value, int | float) else str(value)


def workbook_response(name: str, headings: Sequence[str], rows: Iterable[Sequence[object]]) -> FileResponse:
    """The rows as an .xlsx download in constant memory, recorded and marked with its number; text that begins with = stays text.

    A workbook without rows is a form to fill in: it names nobody and carries no mark.
    """
    place = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it when it is sent
    options = {"constant_memory": True, "in_memory": False, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(place, options)
    mark = mark_of_request()
    count = _fill(book, headings, rows, mark)
    if mark and count:
        _sign(book, mark, name, count)
    book.close()
    if mark and count:
        _record(mark, name, count, place)
    place.seek(0)
    response = FileResponse(place, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    response[RECORDED] = mark.text if mark and count else "none"  # read by the middleware, and not sent
    return response


def mark_of_request() -> disclosures.Mark | None:
    """The mark of the request that is being answered; None for files that are not recorded."""
    request = CURRENT.get()
    if request is None or not is_recorded(request.actor, page_name(request)):
        return None
    return disclosures.mark_for(request.actor, page_name(request), request.GET.urlencode(), request.now)


def _fill(book: xlsxwriter.Workbook, headings: Sequence[str], rows: Iterable[Sequence[object]], mark: disclosures.Mark | None) -> int:
    sheet = book.add_worksheet()
    bold = book.add_format({"bold": True, "bg_color": "#f4f0e8", "bottom": 1})
    sheet.freeze_panes(1, 0)
    if mark:
        who = f"{mark.actor.name} ({role_word(mark.actor.role)})".replace("&", "&&")[:120]
        sheet.set_footer(f"&L{mark.text} {who}&C{_plain(mark.at)}&R&P / &N")
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, min(WIDEST, max(12, 2 * len(str(heading)) + 4)))
        sheet.write(0, column, str(heading), bold)
    at = 0
    for at, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            sheet.write(at, column, _plain(value))
    return at


def _sign(book: xlsxwriter.Workbook, mark: disclosures.Mark, name: str, count: int) -> None:
    """The last sheet and the document's properties say whose export this is."""
    actor = mark.actor
    office = Organisation.everywhere.filter(pk=actor.organisation_id or 0).first()
    sheet = book.add_worksheet(_("About this export"))
    sheet.set_column(0, 1, WIDEST)
    told = [
        (_("Number of the export"), mark.text),
        (_("What"), name),
        (_("Exported by"), f"{actor.name} ({role_word(actor.role)}) {office or ''}".strip()),
        (_("Exported at"), _plain(mark.at)),
        (_("Rows"), count),
        (_("Filter"), mark.filter or "-"),
        (_("Please note"), _("Personal data. This export is on record; the number says whose it is.")),
    ]
    for row, line in enumerate(told):
        sheet.write_row(row, 0, [str(cell) for cell in line])
    book.set_properties({"title": name, "author": actor.name, "company": str(office or ""), "keywords": mark.text, "created": mark.at})


def _record(mark: disclosures.Mark, name: str, count: int, place: IO[bytes]) -> None:
    sha256, size = disclosures.digest_of(place)  # type: ignore[arg-type]  # -- a file, open for reading and writing
    disclosures.record_export(mark, name=f"{name}.xlsx", rows=count, size=size, sha256=sha256)

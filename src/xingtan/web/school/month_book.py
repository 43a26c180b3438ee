"""The month as a workbook for Excel or WPS: a sheet for each decision that waits, with a column to fill in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.core.units import format_hours_exact
from xingtan.domains.credits import api as credits_room
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews import api as reviews
from xingtan.foundation.files.sheets import XLSX
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.bureau.deciding import rows_words
from xingtan.web.chasing import chased_in
from xingtan.web.http import Request

from .checking import rows_of
from .month import SEE_MONTH
from .scopes import year_wanted

KEY, TEACHER, CONTENT, HOURS, CHECK, DECISION, WORDS = "编号", "教师", "内容", "学时", "系统检查", "决定", "说明"
HEADINGS = (KEY, TEACHER, CONTENT, HOURS, CHECK, DECISION, WORDS)
CHOICES, REVIEW, REPORT, CHASING = "确认选学", "复核学时", "上报学时", "催办"
PASS, RETURN = "通过", "退回"
Line = Sequence[object]


@require_safe
@allowed(SEE_MONTH)
def month_book(request: Request) -> FileResponse:
    """Everything that waits for a decision, a row each; 决定 is filled in with 通过 or 退回 and the workbook handed in again."""
    year = year_wanted(request)
    if year is None:
        raise NotInScope
    place = tempfile.TemporaryFile()  # noqa: SIM115 -- the response closes it when it is sent
    book = xlsxwriter.Workbook(place, {"constant_memory": True, "in_memory": False, "strings_to_formulas": False, "strings_to_urls": False})
    _sheet(book, CHOICES, HEADINGS, _choices(request, year))
    _sheet(book, REVIEW, HEADINGS, _entries(request, year, credits_room.Step.REVIEW))
    _sheet(book, REPORT, HEADINGS, _entries(request, year, credits_room.Step.REPORT))
    _sheet(book, CHASING, (TEACHER, "学段学科", "原因", "上次提醒"), _chased(request, year))
    book.close()
    place.seek(0)
    response = FileResponse(place, content_type=XLSX)
    name = quote(f"{_('The month of the school')} {request.today:%Y-%m}")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}.xlsx"
    return response


def _sheet(book: xlsxwriter.Workbook, name: str, headings: Sequence[str], lines: Iterable[Line]) -> None:
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True, "bg_color": "#f4f0e8", "bottom": 1})
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, 40 if heading == CONTENT else 16)
        sheet.write_string(0, column, heading, bold)
    if DECISION in headings:
        at = headings.index(DECISION)
        sheet.data_validation(1, at, 5_000, at, {"validate": "list", "source": [PASS, RETURN]})
    for row, line in enumerate(lines, start=1):
        for column, value in enumerate(line):
            sheet.write(row, column, value)


def _choices(request: Request, year: policies.TrainingYear) -> Iterable[Line]:
    found = enrolment.selections_in(request.actor.scope, year.pk).filter(state=enrolment.State.CHOSEN).order_by("chosen_at", "pk")
    for row in rows_of(list(found), enrolment.year_rules(year)):
        names = "、".join(str(one) for one in (*row.courses, *row.workshops))
        checks = "；".join(one.sentence for one in row.found)
        yield row.key, row.selection.teacher.name, names, format_hours_exact(row.selection.hours_centi), checks, "", ""


def _entries(request: Request, year: policies.TrainingYear, step: credits_room.Step) -> Iterable[Line]:
    found = reviews.queue(request.actor.scope, step, year.pk, now=request.now)
    for row in rows_words(request, list(found), year):
        state, checks = row.state, "；".join(str(word) for _code, word in row.checks)
        yield state.entry.public_id, state.teacher.name, state.entry.title, format_hours_exact(state.recognised_centi), checks, "", ""


def _chased(request: Request, year: policies.TrainingYear) -> Iterable[Line]:
    for one in chased_in(request.actor.scope, year, request.now, request.today):
        yield one.teacher.name, one.post, str(one.word), f"{one.delivery.at:%Y-%m-%d}" if one.delivery else ""

"""Hours of the national platform come in by file: read, previewed row by row, mended, brought in once.

A row is known by its certificate's number; the same file handed in again brings nothing, and a number that says something else is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from xingtan.core.policy import Way
from xingtan.core.units import HoursRefused, parse_hours
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.files.sheets import Cell, open_sheet
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.branch import Scope

from .models import Claim
from .rules import Year, refuse_claim
from .states import ClaimState, RowState

HEADINGS = ("证件号码", "姓名", "课程名称", "学时", "完成日期", "证书编号")
PROBLEMS = {"claim_of_nothing": "platform_hours", "claim_too_much": "platform_too_much"}
MOST_ROWS = 20_000


class Typed(NamedTuple):
    """A row as it stands in the file."""

    row: int
    number: str
    name: str
    title: str
    hours: str
    day: str
    certificate: str


class Line(NamedTuple):
    """A row, what it would do, what is wrong with it, and the teacher whose it is."""

    typed: Typed
    state: RowState
    problems: tuple[str, ...] = ()
    teacher: teachers.Teacher | None = None
    amount_centi: int = 0
    on: date | None = None


def template_rows() -> list[Sequence[str]]:
    """An example row under the headings."""
    return [("360803198001010000", "林知微", "师德专题研修", "12", "2026-11-20", "NP-2026-000001")]


def read_rows(path: Path) -> list[Typed]:
    """The rows of a workbook or CSV file; refused when columns are missing or there are too many rows."""
    with open_sheet(path) as sheet:
        rows = iter(sheet.rows)
        first = next(rows, (0, []))
        places = {_text(cell): at for at, cell in enumerate(first[1])}
        if missing := [one for one in HEADINGS if one not in places]:
            raise Refused("platform_headings", missing="、".join(missing))
        found = []
        for number, cells in rows:
            texts = [_text(cells[places[one]]) if places[one] < len(cells) else "" for one in HEADINGS]
            if any(texts):
                found.append(Typed(number, *texts))
            if len(found) > MOST_ROWS:
                raise Refused("file_unpacks_too_large")
    return found


def _text(cell: Cell) -> str:
    text = "" if cell is None else str(cell).strip()
    return text.removesuffix(".0") if text.endswith(".0") else text.removesuffix(" 00:00:00")


def source_of(year: policies.TrainingYear, way: Way, certificate: str) -> str:
    """What a certificate's row is known by."""
    return f"platform:{year.pk}:{way.code}:{certificate}"[:120]


class Around(NamedTuple):
    """What a row is judged by, read once for all rows."""

    year: policies.TrainingYear
    way: Way
    people: Mapping[str, teachers.Teacher]
    known: Mapping[str, Claim]
    times: Mapping[str, int]
    today: date


def plan_rows(scope: Scope, year: policies.TrainingYear, way: Way, rows: Sequence[Typed], today: date) -> list[Line]:
    """What each row would do, in three queries however many rows."""
    people = teachers.teachers_by_number({row.number for row in rows if row.number}, scope)
    sources = {source_of(year, way, row.certificate) for row in rows if row.certificate}
    known = {one.source: one for one in Claim.everywhere.filter(source__among=sources)}
    around = Around(year, way, people, known, Counter(row.certificate for row in rows if row.certificate), today)
    return [_line(row, around) for row in rows]


def _line(row: Typed, around: Around) -> Line:
    teacher, amount, on = around.people.get(row.number), _hours(row.hours), _day(row.day)
    if problems := list(_problems(row, around, amount, on)):
        return Line(row, RowState.REFUSED, tuple(problems), teacher)
    found = around.known.get(source_of(around.year, around.way, row.certificate))
    if found is None or found.state == ClaimState.WITHDRAWN:
        return Line(row, RowState.NEW, (), teacher, amount or 0, on)
    if teacher is not None and (found.teacher_id, found.amount_centi) == (teacher.pk, amount):
        return Line(row, RowState.UNCHANGED, (), teacher, amount or 0, on)
    return Line(row, RowState.REFUSED, ("platform_changed",), teacher)


def _problems(row: Typed, around: Around, amount: int | None, on: date | None) -> Iterator[str]:
    teacher = around.people.get(row.number)
    if teacher is None or teachers.normal_name(row.name) != teacher.name:
        yield "platform_nobody"
    if not row.certificate:
        yield "platform_number"
    elif around.times[row.certificate] > 1:
        yield "platform_twice"
    if amount is None:
        yield "platform_hours"
    if on is None:
        yield "platform_day"
    if amount is None or on is None:
        return
    year = Year(around.year.first_on, around.year.last_on)
    if why := refuse_claim(around.way, amount, on, year, around.today):
        yield PROBLEMS.get(why, "platform_outside_year")


def _hours(text: str) -> int | None:
    try:
        return parse_hours(text)
    except HoursRefused:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10].replace("/", "-").replace(".", "-"))
    except ValueError:
        return None

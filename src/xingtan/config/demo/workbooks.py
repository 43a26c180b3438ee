"""The demonstration's workbooks, as a county would hand them in: a roster with its schools, and the hours of earlier years with their totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from xingtan.domains.rosters.api import ROSTER_HEADINGS, roster_word

from .people import COUNTY, SEED, Person, School, people_of, schools_of

YEARS = (2021, 2022, 2023, 2024)
COURSE, WORKSHOP = "公共与专业课程", "工作坊研修"
HOURS_HEADINGS = ("身份证件号码", "姓名", "学校", "学年", "部分", "学时", "来源", "批次")
TOTAL_HEADINGS = ("学校", "学年", "学时合计")
SCHOOL_HEADINGS = ("学校名称", "学校标识码", "类型", "是否农村", "区县")


class OpeningRow(NamedTuple):
    """Hours that a teacher had in one year before Xingtan, in hundredths."""

    person: Person
    year: int
    component: str
    centi: int


def write_roster(path: Path, people: Iterable[Person], schools: Sequence[School] = ()) -> None:
    """A roster workbook stands at the path; with schools, they are its second sheet."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        sheet.write_row(0, 0, list(ROSTER_HEADINGS.values()))
        for number, person in enumerate(people, start=1):
            _write_texts(sheet, number, [_roster_cell(person, key) for key in ROSTER_HEADINGS])
        if schools:
            _write_schools(book.add_worksheet("学校"), schools)


def _roster_cell(person: Person, key: str) -> str:
    special = {
        "identity_kind": person.kind,
        "school": person.school.name,
        "hired_on": person.hired_on.isoformat(),
        "county": "",
        "effective_on": "",
    }
    return roster_word(key, special.get(key, getattr(person, key, "")))


def _write_texts(sheet: Worksheet, number: int, cells: Sequence[str]) -> None:
    for place, text in enumerate(cells):
        if text:
            sheet.write_string(number, place, text)


def _write_schools(sheet: Worksheet, schools: Sequence[School]) -> None:
    sheet.write_row(0, 0, SCHOOL_HEADINGS)
    for number, school in enumerate(schools, start=1):
        _write_texts(
            sheet, number, [school.name, school.code, "教学点" if school.is_annex else "学校", "是" if school.is_rural else "否", ""]
        )


def opening_rows(people: Sequence[Person], years: Sequence[int] = YEARS) -> Iterator[OpeningRow]:
    """What earlier years left: nine in ten a full year, the others something or nothing; new hires 100 + 22 in their first year."""
    random = Random(SEED)  # noqa: S311 -- the same history on every machine
    for person in people:
        for year in years:
            first = person.hired_on.year
            if first > year:
                continue
            course, workshop = _year_of(random, 10_000 if first == year else 5_000, is_cast=person is people[0])
            yield from (OpeningRow(person, year, part, centi) for part, centi in ((COURSE, course), (WORKSHOP, workshop)) if centi)


def _year_of(random: Random, full: int, *, is_cast: bool) -> tuple[int, int]:
    drawn = random.random()
    if is_cast or drawn < 0.9:
        return full, 2_200
    if drawn < 0.94:
        return full, random.randrange(400, 2_200, 50)
    if drawn < 0.97:
        return random.randrange(1_200, full, 150), random.randrange(0, 2_200, 50)
    return 0, 0


def write_opening_hours(path: Path, rows: Iterable[OpeningRow]) -> Counter[tuple[str, int]]:
    """The hours of earlier years stand at the path with a sheet of totals; returns the totals per school and year, in hundredths."""
    totals: Counter[tuple[str, int]] = Counter()
    with xlsxwriter.Workbook(str(path)) as book:
        sheet, sums = book.add_worksheet("学时"), book.add_worksheet("学校合计")
        sheet.write_row(0, 0, HOURS_HEADINGS)
        hours = book.add_format({"num_format": "0.00"})
        for number, row in enumerate(rows, start=1):
            person = row.person
            _write_texts(sheet, number, [person.number, person.name, person.school.name, str(row.year), row.component])
            sheet.write_number(number, 5, row.centi / 100, hours)
            _write_sources(sheet, number, row.year)
            totals[person.school.name, row.year] += row.centi
        sums.write_row(0, 0, TOTAL_HEADINGS)
        for number, ((school, year), centi) in enumerate(sorted(totals.items()), start=1):
            _write_texts(sums, number, [school, str(year)])
            sums.write_number(number, 2, centi / 100, hours)
    return totals


def _write_sources(sheet: Worksheet, number: int, year: int) -> None:
    sheet.write_string(number, 6, "原管理系统")
    sheet.write_string(number, 7, f"{year}-结转")


def write_demo_workbooks(folder: Path) -> dict[str, Path]:
    """All workbooks of the demonstration stand in the folder: `roster`, `strangers`, `opening`."""
    folder.mkdir(parents=True, exist_ok=True)
    places = {name: folder / f"{name}.xlsx" for name in ("roster", "strangers", "opening")}
    people, strangers = people_of(), people_of("360802")
    write_roster(places["roster"], people, schools_of(COUNTY))
    write_roster(places["strangers"], strangers, schools_of("360802"))
    write_opening_hours(places["opening"], opening_rows(people))
    return places

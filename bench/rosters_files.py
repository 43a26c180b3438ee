"""A province's roster as files: always the same people for a number of teachers, 100 to a school, 36 schools to a county."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

from xingtan.config.demo.people import FEMALE, MALE, SURNAMES
from xingtan.domains.rosters.api import ROSTER_HEADINGS
from xingtan.domains.teachers.api import identity_check_digit
from xingtan.foundation.scope.models import Kind
from xingtan.foundation.scope.tree import add_children

KEYS = (
    "name",
    "number",
    "gender",
    "county",
    "school",
    "stage",
    "subject",
    "position",
    "title",
    "hired_on",
    "phone",
    "staff_number",
    "status",
)
A_SCHOOL, A_COUNTY = 100, 36
SUBJECTS, TITLES = ["语文", "数学", "英语", "科学", "音乐", "美术", "体育", "道德与法治"], ["三级教师", "二级教师", "一级教师", "高级教师"]


def make(home: Path, teachers: int) -> None:
    """The tree stands; `whole.xlsx`, `whole.csv` and `changed.csv` (another title for one in a hundred) lie in the folder."""
    names = grow(-(-teachers // A_SCHOOL))
    people = list(rows(teachers, names))
    write_csv(home / "whole.csv", iter(people))
    write_csv(home / "changed.csv", (row if at % 100 else [*row[:8], "正高级教师", *row[9:]] for at, row in enumerate(people)))
    with xlsxwriter.Workbook(str(home / "whole.xlsx"), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        for at, row in enumerate([[ROSTER_HEADINGS[key] for key in KEYS], *people]):
            for place, text in enumerate(row):
                sheet.write_string(at, place, text)


def grow(schools: int) -> list[tuple[str, str]]:
    """The province with so many schools; county and name of each."""
    (province,) = add_children(None, [{"kind": Kind.PROVINCE, "name": "江西省", "code": "360000"}])
    counties = add_children(
        province, [{"kind": Kind.COUNTY, "name": f"第{at}县", "code": f"36{at:04d}"} for at in range(-(-schools // A_COUNTY))]
    )
    for at, county in enumerate(counties):
        add_children(
            county,
            [{"kind": Kind.SCHOOL, "name": f"第{school}学校"} for school in range(at * A_COUNTY, min(schools, (at + 1) * A_COUNTY))],
        )
    return [(f"第{at // A_COUNTY}县", f"第{at}学校") for at in range(schools)]


def rows(teachers: int, schools: list[tuple[str, str]]) -> Iterator[list[str]]:
    """Each teacher as the cells of a row."""
    chance = Random(20261122)  # noqa: S311 -- invented people, always the same
    for at in range(teachers):
        born, gender = date(1965, 1, 1) + timedelta(days=chance.randrange(12_000)), at % 2
        first17 = f"36{at // 450 + 1:04d}{born:%Y%m%d}{at % 450 * 2 + gender:03d}"  # nobody twice
        given = "".join(chance.choice((FEMALE, MALE)[gender]) for _ in range(chance.choice((1, 2, 2, 2))))
        county, school = schools[at // A_SCHOOL]
        yield [
            chance.choice(SURNAMES) + given, first17 + identity_check_digit(first17), "女男"[gender], county, school, "小学",
            chance.choice(SUBJECTS), "教师", chance.choice(TITLES), f"{born.year + 22}-09-01", f"13{at:09d}", f"36{at:08d}", "在岗",
        ]  # fmt: skip


def write_csv(place: Path, people: Iterator[list[str]]) -> None:
    """The rows under the template's headings."""
    with place.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([ROSTER_HEADINGS[key] for key in KEYS])
        writer.writerows(people)

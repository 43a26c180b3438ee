"""The demonstration's people: enough of them, always the same, with sound numbers; their workbooks agree with each other."""

from __future__ import annotations

from datetime import date

from python_calamine import CalamineWorkbook

from xingtan.config.demo.people import STRANGERS_COUNTY, people_of, schools_of
from xingtan.config.demo.workbooks import opening_rows, write_demo_workbooks
from xingtan.domains.teachers.rules import refuse_number


def test_the_county_is_large_enough_and_nobody_is_there_twice():
    people = people_of() + people_of(STRANGERS_COUNTY)
    assert len(schools_of()) >= 60
    assert len(people_of()) >= 3000
    assert (
        len({one.number for one in people})
        == len({one.phone for one in people})
        == len({one.staff_number for one in people})
        == len(people)
    )
    assert [one for one in people if refuse_number(one.kind, one.number, today=date(2026, 11, 21))] == []
    assert {one.school.name for one in people_of()} == {school.name for school in schools_of()}


def test_the_totals_are_those_of_the_rows(tmp_path):
    places = write_demo_workbooks(tmp_path)
    book = CalamineWorkbook.from_path(str(places["opening"]))
    hours, sums = (book.get_sheet_by_name(name).to_python()[1:] for name in ("学时", "学校合计"))
    assert len(hours) == len(list(opening_rows(people_of())))
    assert round(sum(row[5] for row in hours) * 100) == round(sum(row[2] for row in sums) * 100)

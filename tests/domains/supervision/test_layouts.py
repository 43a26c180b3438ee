"""Verified hours in other offices' forms: every entry once, by training year or by calendar year, numbers masked."""

from __future__ import annotations

import csv
from datetime import date
from importlib import import_module

import pytest

from tests import crediting, enrolling
from xingtan.core.layouts import bundled_layouts
from xingtan.domains.supervision import api as supervision
from xingtan.domains.teachers.models import NUMBER_BOX, Teacher
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.refusal import NotAllowed

NUMBER = "360803198503071247"


@pytest.fixture
def cast(db):
    cast = crediting.build()
    Teacher.everywhere.update(number_closed=NUMBER_BOX.close(NUMBER))
    [cast.wang] = enrolling.teachers(cast.school, 1, number_closed=NUMBER_BOX.close(NUMBER), staff_number="JX8", title="first")
    crediting.register(cast, [cast.wang])
    crediting.delivered(cast, [cast.lin_teacher], 36_000, on=date(2026, 11, 20))
    crediting.delivered(cast, [cast.wang], 18_000, on=date(2027, 1, 5))
    crediting.walk(cast, crediting.enter(cast))
    crediting.attended(cast, [cast.wang], 400)
    return cast


def told(code, actor, year, **more):
    layout = bundled_layouts()[code]
    rows = supervision.laid_out(layout, actor=actor, year=year, now=crediting.NOW, **more)
    return [dict(zip([column.heading for column in layout.columns], row, strict=True)) for row in rows]


def test_every_verified_entry_is_a_row_of_the_national_form(cast):
    rows = told("national-training", cast.zhou, 2026)
    assert {(row["教师姓名"], row["培训获得学时"], row["培训类别"], row["培训机构名称"]) for row in rows} == {
        (cast.lin_teacher.name, "10.00", "省级培训", cast.provider.name),
        (cast.wang.name, "5.00", "省级培训", cast.provider.name),
    }
    assert {row["身份证件号码"] for row in rows} == {"360803********1247"}
    assert {row["培训项目名称"] for row in rows} == {cast.project.title}


def test_a_calendar_year_holds_the_days_of_that_year(cast):
    def hours(year):
        rows = told("personnel-calendar-year", cast.zhou, year)
        return {(row["姓名"], row["公需科目学时"], row["专业科目学时"]) for row in rows}

    assert hours(2026) == {(cast.lin_teacher.name, "0.00", "10.00")}
    assert hours(2027) == {(cast.wang.name, "0.00", "5.00")}
    assert hours(2025) == set()


def test_a_branch_sees_its_own(cast):
    assert [row["姓名"] for row in told("hours-by-person", cast.mei, 2026)] == [cast.lin_teacher.name, cast.wang.name]
    assert told("hours-by-person", cast.stranger, 2026) == []
    with pytest.raises(NotAllowed):
        told("hours-by-person", cast.chen, 2026)


def test_whole_numbers_are_the_operators_with_a_reason_on_record(cast):
    (row, _other) = told("national-training", OPERATOR, 2026, number_reason="batch entry")
    assert row["身份证件号码"] == NUMBER
    assert AuditLine.objects.get(act="teachers.numbers_opened").detail == {"reason": "batch entry"}
    with pytest.raises(NotAllowed):
        told("national-training", cast.zhou, 2026, number_reason="curious")


def test_the_command_writes_the_form_or_nothing(cast, tmp_path, capsys):
    main, place = import_module("xingtan.cli").main, tmp_path / "hours.csv"
    words = ["layout", "hours-by-person", "--year", "2026", "--to", str(place)]
    assert main([*words, "--within", "999"]) == 2
    assert main(["layout", "nothing", "--year", "2026", "--to", str(place)]) == 2
    assert not place.exists()
    assert main([*words, "--within", cast.county.code]) == 0
    with place.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["已验证学时"] for row in rows] == ["10.00", "5.00"]
    assert main(["layout", "list"]) == 0
    assert "national-training" in capsys.readouterr().out

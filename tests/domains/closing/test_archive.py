"""The rows of a closed year's archive: what the determination was told, in the words that the file command reads."""

from __future__ import annotations

from datetime import date

import pytest

from xingtan.core.determination import YearFacts
from xingtan.core.determination.facts import ActivityFact, HourFact, ResultFact
from xingtan.core.policy import bundled_policy
from xingtan.core.policy.slots import Kind
from xingtan.domains.closing.archive import tables
from xingtan.domains.closing.archive.press import press

POLICY = bundled_policy("jiangxi-2011")


def told(**values):
    return YearFacts(year=2026, item=3, **values)


@pytest.mark.parametrize(
    ("values", "facts"),
    [
        ({}, [("category", 3)]),
        ({"leave_ground": "maternity", "held": frozenset({"leave_maternity", "category_3"})}, [("category", 3), ("leave", "maternity")]),
        ({"held": frozenset({"rank_special_grade", "duty_studio_mentor"})}, [("category", 3), ("duty", "studio_mentor"), ("rank", "special_grade")]),
        ({"held": frozenset({"village"})}, [("category", 3), ("village", "")]),
    ],
)  # fmt: skip
def test_facts_are_told_by_name_and_value(values, facts):
    assert list(tables._facts(told(**values), POLICY)) == facts


def test_every_required_piece_of_work_is_a_row_and_tests_follow():
    facts = told(assignments_required=4, assignments_passed=2, assignments_waiting=1, results=(ResultFact("exam", 78_00),))
    assert list(tables._results(facts)) == [
        ("assignments", "", 1, "final"),
        ("assignments", "", 1, "final"),
        ("assignments", "", "", "waiting"),
        ("assignments", "", "", "absent"),
        ("exam", "78.00", "", "final"),
    ]


def test_hours_say_how_far_they_came_and_offsets_what_they_are():
    on = date(2026, 11, 20)
    hours = (HourFact("v7", "course", 50_00, on, verified=True, entered=True), HourFact("e7", "course", 4_50, on, part="public"))
    offset = ActivityFact(Kind("", activity="studio_mentor", unit="hour", status="verified"), 12_00, 9)
    assert list(tables._activities(told(hours=hours, activities=(offset,)), POLICY)) == [
        ("course", "", "", "", "", "50.00", "hour", "", "", on, "verified", 7),
        ("course", "", "", "public", "", "4.50", "hour", "", "", on, "learned", 7),
        ("", "", "", "", "studio_mentor", "12.00", "hour", "", "", "", "verified", 9),
    ]


def test_an_empty_table_is_pressed_with_its_columns(tmp_path):
    (tmp_path / "facts.csv").write_text("teacher_id,name,value,from,to\n", encoding="utf-8")
    assert press(tmp_path) == {"facts": 0}
    assert (tmp_path / "facts.parquet").stat().st_size > 0

"""Years of the Jiangxi policy, case by case."""

from __future__ import annotations

from datetime import date

import pytest

from xingtan.core.determination import (
    HourFact,
    NodeCode,
    NodeState,
    Reason,
    ReasonCode,
    ResultFact,
    Verdict,
    YearFacts,
    determine_many,
    determine_year,
)
from xingtan.core.policy import bundled_policy
from xingtan.core.units import format_hours

JIANGXI = bundled_policy("jiangxi-2011")
DAY = date(2025, 11, 28)


def hours(course=50_00, workshop=22_00, *, verified=True):
    return (
        HourFact("course", "course", course, DAY, verified, entered=True, part="ethics"),
        HourFact("workshop", "workshop", workshop, DAY, verified, entered=True),
    )


COMPLETE = YearFacts(
    year=2025,
    item=4,
    hours=hours(),
    assignments_required=4,
    assignments_passed=4,
    work_products_required=1,
    work_products_passed=1,
    took_part=True,
)


def exam(points):
    return () if points is None else (ResultFact("exam", points * 100),)


def facts(**changes):
    values = {name: getattr(COMPLETE, name) for name in COMPLETE.__dataclass_fields__}
    return YearFacts(**(values | changes))


def codes(verdict):
    return [reason.code.value for reason in verdict.reasons]


CLOSED = {"study_closed": True}
SHORT = {"hours": hours(workshop=18_50)}


@pytest.mark.parametrize(
    ("changes", "verdict", "route", "first_reason"),
    [
        ({}, "qualified", 1, "complete"),
        (CLOSED, "qualified", 1, "complete"),
        ({"hours": hours(course=60_00, workshop=30_00)}, "qualified", 1, "complete"),
        ({"hours": hours(verified=False)}, "in_progress", 1, "awaiting_verification"),
        (CLOSED | {"hours": hours(verified=False)}, "in_progress", 1, "awaiting_verification"),
        (SHORT, "in_progress", 0, "study_open"),
        (CLOSED | SHORT, "exam_required", 3, "incomplete"),
        (CLOSED | SHORT | {"results": exam(60)}, "qualified", 3, "exam_passed"),
        (CLOSED | SHORT | {"results": exam(59)}, "make_up_required", 4, "exam_failed"),
        (CLOSED | SHORT | {"results": exam(0)}, "make_up_required", 4, "exam_failed"),
        (CLOSED | {"hours": (), "took_part": False}, "make_up_required", 4, "no_participation"),
        ({"hours": (), "took_part": False}, "in_progress", 0, "study_open"),
        ({"assignments_passed": 3}, "in_progress", 0, "study_open"),
        (CLOSED | {"assignments_passed": 3}, "exam_required", 3, "incomplete"),
        (CLOSED | {"assignments_passed": 3, "assignments_waiting": 1}, "in_progress", 1, "awaiting_marking"),
        (CLOSED | {"work_products_passed": 0}, "exam_required", 3, "incomplete"),
        (CLOSED | {"work_products_passed": 0, "assignments_waiting": 3}, "exam_required", 3, "incomplete"),
        (CLOSED | {"work_products_passed": 0, "work_products_waiting": 1}, "in_progress", 1, "awaiting_marking"),
        ({"leave_ground": "maternity"}, "deferred", 0, "on_leave"),
        (CLOSED | {"leave_ground": "sick", "hours": (), "took_part": False}, "deferred", 0, "on_leave"),
        ({"leave_ground": "holiday"}, "undetermined", 0, "leave_ground_unknown"),
        ({"item": 7}, "undetermined", 0, "item_unknown"),
        ({"item": 1, "is_new_hire": True, "first_year": True}, "in_progress", 0, "study_open"),
        ({"item": 1, "is_new_hire": True, "first_year": True, "hours": hours(course=100_00)}, "qualified", 1, "complete"),
        ({"item": 1, "is_new_hire": True, "first_year": False}, "qualified", 1, "complete"),
        ({"item": None}, "qualified", 1, "complete"),
    ],
)
def test_a_year_is_determined_by_the_first_row_that_holds(changes, verdict, route, first_reason):
    found = determine_year(JIANGXI, facts(**changes))
    assert (found.verdict.value, found.route, codes(found)[0]) == (verdict, route, first_reason)
    if found.row >= 0:
        row = JIANGXI.decide[found.row]
        assert (found.clause, row.verdict) == (row.clause, found.verdict)


def test_three_and_a_half_hours_of_workshop_are_still_missing():
    """还差 3.5 学时工作坊研修"""
    found = determine_year(JIANGXI, facts(**SHORT))
    assert Reason(ReasonCode.HOURS_SHORT, {"component": "workshop", "short_centi": 350}) in found.reasons
    assert (format_hours(350), JIANGXI.component("workshop").label.zh) == ("3.5", "工作坊研修")
    assert (found.required_centi, found.recognised_centi, found.verified_centi) == (72_00, 68_50, 68_50)


def test_a_new_hires_first_year_is_122_hours():
    found = determine_year(JIANGXI, facts(item=1, is_new_hire=True, first_year=True))
    assert (found.required_centi, found.recognised_centi) == (122_00, 72_00)
    assert Reason(ReasonCode.HOURS_SHORT, {"component": "course", "short_centi": 50_00}) in found.reasons


def test_every_lack_is_told_once_with_its_number():
    found = determine_year(
        JIANGXI,
        facts(
            item=None,
            study_closed=True,
            hours=(*hours(course=53_00, workshop=10_00, verified=False), HourFact("x", "swimming", 2_00, DAY)),
            assignments_passed=1,
            assignments_waiting=2,
            work_products_passed=0,
            carried=((2023, Verdict.MAKE_UP_REQUIRED), (2024, Verdict.QUALIFIED)),
        ),
    )
    assert found.reasons == (
        Reason(ReasonCode.INCOMPLETE, {}),
        Reason(ReasonCode.HOURS_SHORT, {"component": "workshop", "short_centi": 12_00}),
        Reason(ReasonCode.ASSIGNMENTS_SHORT, {"short": 3}),
        Reason(ReasonCode.WORK_PRODUCTS_SHORT, {"short": 1}),
        Reason(ReasonCode.AWAITING_MARKING, {"waiting": 2}),
        Reason(ReasonCode.AWAITING_VERIFICATION, {"centi": 60_00}),
        Reason(ReasonCode.SURPLUS, {"component": "course", "centi": 3_00}),
        Reason(ReasonCode.HOURS_WITHOUT_RULE, {"centi": 2_00}),
        Reason(ReasonCode.ITEM_NOT_CHOSEN, {}),
        Reason(ReasonCode.EARLIER_YEAR_OWED, {"year": 2023}),
    )


@pytest.mark.parametrize("changes", [{"hours": hours(verified=False)}, CLOSED | {"assignments_passed": 3, "assignments_waiting": 1}])
def test_the_decisive_reason_is_not_told_twice(changes):
    told = codes(determine_year(JIANGXI, facts(**changes)))
    assert len(told) == len(set(told))


def test_the_exam_grants_the_missing_hours_apart_from_the_learned_ones():
    found = determine_year(JIANGXI, facts(study_closed=True, results=exam(75), **SHORT))
    assert (found.verified_centi, found.by_exam_centi) == (68_50, 3_50)
    assert determine_year(JIANGXI, facts(study_closed=True, results=exam(30), **SHORT)).by_exam_centi == 0


def test_the_tree_is_the_mock_ups_tree():
    tree = determine_year(JIANGXI, facts(hours=(*hours(workshop=18_50)[1:], HourFact("c", "course", 50_00, DAY, part="ethics")))).tree
    assert (tree.code, tree.state, tree.have, tree.need, tree.short) == (NodeCode.YEAR, NodeState.LACKING, 68_50, 72_00, 3_50)
    course, workshop, procedure = tree.children
    assert (course.subject, course.state, course.have, course.need) == ("course", NodeState.MET, 50_00, 50_00)
    assert [(one.code.value, one.subject, one.have, one.need) for one in course.children] == [
        ("part", "ethics", 50_00, 0),
        ("part", "edtech", 0, 0),
        ("assignments", "", 4, 4),
    ]
    assert (workshop.subject, workshop.state, workshop.short) == ("workshop", NodeState.LACKING, 3_50)
    assert [one.code for one in workshop.children] == [NodeCode.WORK_PRODUCTS]
    assert (procedure.code, procedure.state, procedure.short) == (NodeCode.PROCEDURE, NodeState.WAITING, 50_00)


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, NodeState.MET),
        ({"hours": hours(verified=False)}, NodeState.WAITING),
        ({"assignments_passed": 3, "assignments_waiting": 1}, NodeState.WAITING),
        ({"assignments_passed": 3}, NodeState.LACKING),
        (CLOSED | SHORT, NodeState.LACKING),
        (CLOSED | SHORT | {"results": exam(80)}, NodeState.MET),
        ({"leave_ground": "sick"}, NodeState.WAITING),
        ({"item": 7}, NodeState.WAITING),
    ],
)
def test_a_year_is_met_lacking_or_waiting(changes, state):
    assert determine_year(JIANGXI, facts(**changes)).tree.state is state


@pytest.mark.parametrize(("score", "state", "have"), [(None, NodeState.LACKING, 0), (59, NodeState.LACKING, 59), (60, NodeState.MET, 60)])
def test_an_exam_that_decides_stands_in_the_tree(score, state, have):
    tree = determine_year(JIANGXI, facts(results=exam(score), **CLOSED, **SHORT)).tree
    (node,) = (one for one in tree.children if one.code is NodeCode.EXAM)
    assert (node.state, node.have, node.need) == (state, have, 60)


def test_the_numbers_hold_every_step_of_the_arithmetic():
    numbers = determine_year(JIANGXI, facts(**SHORT)).numbers
    assert numbers["workshop_short"] == numbers["workshop_required"] - numbers["workshop_recognised"] == 3_50
    assert numbers["required"] == numbers["course_required"] + numbers["workshop_required"] == 72_00
    assert all(type(value) is int for value in numbers.values())


def test_many_are_determined_as_one_by_one():
    years = [facts(), facts(**SHORT), facts(item=7), facts(leave_ground="sick")]
    assert list(determine_many(JIANGXI, years)) == [determine_year(JIANGXI, one) for one in years]


def test_an_ethics_minimum_holds_when_a_region_sets_one():
    ethics = JIANGXI.components[0].parts[0].model_copy(update={"minimum_centi": 6_00})
    course = JIANGXI.components[0].model_copy(update={"parts": (ethics,)})
    strict = JIANGXI.model_copy(update={"components": (course, JIANGXI.components[1]), "digest": "strict"})
    lacking = tuple(one._replace(part="") for one in hours())
    found = determine_year(strict, facts(hours=lacking))
    assert found.verdict is Verdict.IN_PROGRESS
    assert Reason(ReasonCode.PART_SHORT, {"component": "course", "part": "ethics", "short_centi": 6_00}) in found.reasons
    assert determine_year(strict, facts()).verdict is Verdict.QUALIFIED

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingtan.core.determination import PastYear, Reason, ReasonCode, Verdict, cycle_required, determine_cycle
from xingtan.core.policy import bundled_policy

JIANGXI = bundled_policy("jiangxi-2011")


def year(number, verdict=Verdict.QUALIFIED, verified=72_00, required=72_00, by_exam=0):
    return PastYear(number, verdict, required, verified, verified, by_exam)


FIVE = [year(number) for number in range(2011, 2016)]


def with_last(last):
    return [*FIVE[:4], last]


@pytest.mark.parametrize(
    ("years", "is_new_hire", "verdict", "reasons"),
    [
        (FIVE, False, "qualified", {ReasonCode.COMPLETE: {}}),
        ([year(2011, verified=122_00, required=122_00), *FIVE[1:]], True, "qualified", {ReasonCode.COMPLETE: {}}),
        (FIVE, True, "not_qualified", {ReasonCode.CYCLE_SHORT: {"short_centi": 50_00}}),
        (FIVE[:4], False, "in_progress", {ReasonCode.YEARS_OPEN: {"count": 1}, ReasonCode.CYCLE_SHORT: {"short_centi": 72_00}}),
        (with_last(year(2015, Verdict.IN_PROGRESS, 68_50)), False, "in_progress", {ReasonCode.YEARS_OPEN: {"count": 1}, ReasonCode.CYCLE_SHORT: {"short_centi": 3_50}}),
        (with_last(year(2015, Verdict.EXAM_REQUIRED, 68_50)), False, "exam_required", {ReasonCode.YEARS_OPEN: {"count": 1}, ReasonCode.CYCLE_SHORT: {"short_centi": 3_50}}),
        (with_last(year(2015, by_exam=3_50, verified=68_50)), False, "qualified", {ReasonCode.COMPLETE: {}}),
        (with_last(year(2015, Verdict.MAKE_UP_REQUIRED, 0)), False, "make_up_required", {ReasonCode.YEARS_OWED: {"count": 1}, ReasonCode.CYCLE_SHORT: {"short_centi": 72_00}}),
        (with_last(year(2015, Verdict.NOT_QUALIFIED, 0)), False, "make_up_required", {ReasonCode.YEARS_OWED: {"count": 1}, ReasonCode.CYCLE_SHORT: {"short_centi": 72_00}}),
        (with_last(year(2015, Verdict.DEFERRED, 0)), False, "deferred", {ReasonCode.CYCLE_SHORT: {"short_centi": 72_00}}),
        (with_last(year(2015, Verdict.UNDETERMINED, 0)), False, "undetermined", {ReasonCode.YEARS_OPEN: {"count": 1}, ReasonCode.CYCLE_SHORT: {"short_centi": 72_00}}),
        ([], False, "in_progress", {ReasonCode.YEARS_OPEN: {"count": 5}, ReasonCode.CYCLE_SHORT: {"short_centi": 360_00}}),
    ],
)  # fmt: skip
def test_a_cycle_is_its_years_together(years, is_new_hire, verdict, reasons):
    found = determine_cycle(JIANGXI, years, is_new_hire)
    assert (found.verdict.value, found.reasons) == (verdict, tuple(Reason(code, params) for code, params in reasons.items()))
    assert found.clause == JIANGXI.cycle.decide[found.row].clause


def test_a_new_hires_cycle_is_410_hours_which_are_122_and_four_times_72():
    found = determine_cycle(JIANGXI, [year(2011, verified=122_00, required=122_00), *FIVE[1:]], is_new_hire=True)
    assert found.required_centi == found.credited_centi == 410_00 == 122_00 + 4 * 72_00


@pytest.mark.parametrize(
    ("years", "is_new_hire", "centi"), [(5, False, 360_00), (5, True, 410_00), (3, True, 266_00), (1, True, 122_00), (7, False, 360_00)]
)
def test_who_joins_inside_a_cycle_owes_the_years_on_the_roster(years, is_new_hire, centi):
    assert cycle_required(JIANGXI, is_new_hire=is_new_hire, years_on_roster=years) == centi


def test_hours_that_are_recognised_and_not_verified_are_not_credited():
    waiting = PastYear(2015, Verdict.IN_PROGRESS, 72_00, recognised_centi=72_00, verified_centi=60_00)
    assert determine_cycle(JIANGXI, with_last(waiting), is_new_hire=False).credited_centi == 348_00


def test_three_years_on_the_roster_make_a_whole_cycle():
    found = determine_cycle(JIANGXI, [year(2013, verified=122_00), year(2014), year(2015)], is_new_hire=True, years_on_roster=3)
    assert (found.verdict, found.required_centi) == (Verdict.QUALIFIED, 266_00)


@given(st.lists(st.builds(year, st.integers(2011, 2015), st.sampled_from(Verdict), st.integers(0, 72_00)), max_size=5), st.randoms())
def test_the_order_of_the_years_changes_nothing(years, random):
    shuffled = list(years)
    random.shuffle(shuffled)
    one, other = (determine_cycle(JIANGXI, these, is_new_hire=False) for these in (years, shuffled))
    assert (one.verdict, one.numbers, one.reasons) == (other.verdict, other.numbers, other.reasons)
    assert one.credited_centi == sum(each.verified_centi for each in years)

"""Decisions of workshops and cohorts, without a database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xingtan.domains.workshops.rules import (
    Bench,
    Refusal,
    choose_bench,
    find_named,
    refuse_activity,
    refuse_decision,
    refuse_hand_in,
    standing,
)
from xingtan.domains.workshops.states import Standing, State

OPENS, CLOSES = date(2026, 11, 1), date(2026, 11, 30)
INSIDE, BEFORE, AFTER = date(2026, 11, 30), date(2026, 10, 31), date(2026, 12, 1)


@pytest.mark.parametrize(
    ("state", "is_member", "today", "length", "has_file", "why"),
    [
        (None, True, INSIDE, 10, False, None),
        (None, True, OPENS, 0, True, None),
        (State.HANDED_IN, True, INSIDE, 10, False, None),
        (State.RETURNED, True, INSIDE, 10, False, None),
        (None, False, INSIDE, 10, True, Refusal.NOT_A_MEMBER),
        (State.CONFIRMED, True, INSIDE, 10, True, Refusal.ALREADY_CONFIRMED),
        (State.CONFIRMED, True, AFTER, 10, True, Refusal.ALREADY_CONFIRMED),
        (None, True, BEFORE, 10, True, Refusal.ACTIVITY_NOT_OPEN),
        (State.RETURNED, True, AFTER, 10, True, Refusal.ACTIVITY_NOT_OPEN),
        (None, True, INSIDE, 9, False, Refusal.TOO_SHORT),
    ],
)
def test_a_part_is_refused_for_exactly_one_reason(state, is_member, today, length, has_file, why):
    found = refuse_hand_in(state, is_member=is_member, opens_on=OPENS, closes_on=CLOSES, today=today, length=length, has_file=has_file)
    assert found is why


@pytest.mark.parametrize(
    ("state", "outcome", "comment", "why"),
    [
        (State.HANDED_IN, State.CONFIRMED, "", None),
        (State.HANDED_IN, State.RETURNED, "请写具体", None),
        (State.HANDED_IN, State.RETURNED, "  ", Refusal.RETURN_NEEDS_WORDS),
        (State.CONFIRMED, State.RETURNED, "请写具体", Refusal.NOT_WAITING),
        (State.RETURNED, State.CONFIRMED, "", Refusal.NOT_WAITING),
    ],
)
def test_a_decision_is_refused_for_exactly_one_reason(state, outcome, comment, why):
    assert refuse_decision(state, outcome, comment=comment) is why


@pytest.mark.parametrize(
    ("centi", "closes", "why"),
    [
        (2200, CLOSES, None),
        (1, OPENS, None),
        (0, CLOSES, Refusal.HOURS_OUT_OF_RANGE),
        (2201, CLOSES, Refusal.HOURS_OUT_OF_RANGE),
        (400, BEFORE, Refusal.DAYS_REVERSED),
    ],
)
def test_an_activity_is_refused_for_exactly_one_reason(centi, closes, why):
    assert refuse_activity(hours_centi=centi, most_centi=2200, opens_on=OPENS, closes_on=closes) is why


@pytest.mark.parametrize(
    ("state", "today", "expected"),
    [
        (None, BEFORE, Standing.NOT_OPEN),
        (None, OPENS, Standing.TO_DO),
        (None, CLOSES, Standing.TO_DO),
        (None, AFTER, Standing.MISSED),
        (State.HANDED_IN, AFTER, Standing.WAITS),
        (State.RETURNED, INSIDE, Standing.TO_MEND),
        (State.RETURNED, AFTER, Standing.MISSED),
        (State.CONFIRMED, AFTER, Standing.CONFIRMED),
    ],
)
def test_an_activity_stands_for_a_member_in_one_way(state, today, expected):
    assert standing(state, opens_on=OPENS, closes_on=CLOSES, today=today) is expected


def bench(cohort_id, branch="", stage="", taken=0):
    return Bench(cohort_id=cohort_id, branch=branch, stage=stage, taken=taken)


@pytest.mark.parametrize(
    ("benches", "expected"),
    [
        ([], None),
        ([bench(1, taken=3), bench(2, taken=2)], 2),
        ([bench(1), bench(2)], 1),
        ([bench(1, stage="senior"), bench(2, stage="primary", taken=9)], 2),
        ([bench(1, stage="senior")], 1),
        ([bench(1, branch="00010002"), bench(2, branch="0001", taken=9)], 2),
        ([bench(1, branch="00010002")], None),
    ],
)
def test_a_trainee_sits_where_branch_and_stage_fit_and_fewest_are(benches, expected):
    found = choose_bench(benches, path="000100010003", stage="primary")
    assert (found.cohort_id if found else None) == expected


@given(st.integers(1, 7), st.integers(0, 60))
def test_seats_are_taken_evenly(cohorts, trainees):
    benches = [bench(number) for number in range(cohorts)]
    for _trainee in range(trainees):
        choose_bench(benches, path="0001", stage="primary").taken += 1
    taken = [one.taken for one in benches]
    assert sum(taken) == trainees
    assert max(taken) - min(taken) <= 1


KEYS = {"林知微": [1], "王芳": [2, 3], "T003": [3], "青禾小学": [1, 2], "青山小学": [3]}


@pytest.mark.parametrize(
    ("line", "found", "unknown", "ambiguous"),
    [
        ("林知微", (1,), (), ()),
        ("王芳,青禾小学", (2,), (), ()),
        ("青山小学\t王芳", (3,), (), ()),
        ("王芳，T003", (3,), (), ()),
        ("7, 林知微 , 未知学校", (1,), (), ()),
        ("王芳", (), (), ("王芳",)),
        ("青禾小学", (), (), ("青禾小学",)),
        ("无此人", (), ("无此人",), ()),
        ("  ,, ", (), (), ()),
    ],
)
def test_a_line_means_one_member_or_is_left_to_the_reader(line, found, unknown, ambiguous):
    named = find_named([line], KEYS)
    assert (named.teacher_ids, named.unknown, named.ambiguous) == (found, unknown, ambiguous)


def test_a_member_named_twice_is_one():
    assert find_named(["林知微", "林知微,青禾小学"], KEYS).teacher_ids == (1,)

"""The days of a notice and the table of moves: plain values, no database."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from xingtan.foundation.notices.rules import Days, refuse_days, refuse_decision, refuse_move, refuse_objection
from xingtan.foundation.notices.states import (
    MOVES,
    OPEN,
    REJECTING,
    UPHOLDING,
    DecisionReason,
    NoticeState,
    ObjectionState,
    Stage,
)

FIRST = date(2027, 6, 20)
DAYS = Days(FIRST, FIRST + timedelta(days=6), FIRST + timedelta(days=10), 10)
TEXT = "学时没有计入"


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (DAYS, None),
        (DAYS._replace(closes_on=FIRST - timedelta(days=1)), "notice_backwards"),
        (DAYS._replace(opens_on=FIRST - timedelta(days=1)), "notice_in_the_past"),
        (DAYS._replace(objections_until=FIRST + timedelta(days=5)), "notice_objections_too_short"),
        (DAYS._replace(objections_until=FIRST + timedelta(days=93)), "notice_too_long"),
        (DAYS._replace(answer_days=0), "notice_too_long"),
    ],
)
def test_days_are_refused_for_exactly_one_reason(days, why):
    assert refuse_days(days, today=FIRST) == why


@pytest.mark.parametrize(
    ("state", "day", "text", "why"),
    [
        (NoticeState.PUBLISHED, FIRST, TEXT, None),
        (NoticeState.PUBLISHED, DAYS.objections_until, TEXT, None),
        (NoticeState.PUBLISHED, DAYS.objections_until + timedelta(days=1), TEXT, "notice_over"),
        (NoticeState.PUBLISHED, FIRST - timedelta(days=1), TEXT, "notice_not_begun"),
        (NoticeState.WITHDRAWN, FIRST, TEXT, "notice_withdrawn"),
        (NoticeState.PUBLISHED, FIRST, "  不对 ", "objection_says_nothing"),
    ],
)
def test_an_objection_is_refused_for_exactly_one_reason(state, day, text, why):
    assert refuse_objection(state, DAYS, text=text, today=day) == why


@given(some.integers(-40, 40))
def test_objections_are_taken_on_posted_days_and_until_their_last_one(offset):
    day = FIRST + timedelta(days=offset)
    assert DAYS.takes_objections(day) == (DAYS.stage(day) in (Stage.POSTED, Stage.OBJECTIONS))


def test_what_is_decided_or_withdrawn_never_moves_again_and_what_is_open_can_end():
    for state in ObjectionState:
        assert bool(MOVES[state]) == (state in OPEN)
        assert (ObjectionState.WITHDRAWN in MOVES[state]) == (state in OPEN)
    assert refuse_move(ObjectionState.FILED, ObjectionState.UPHELD) == "objection_wrong_state"
    assert set(DecisionReason) == UPHOLDING | REJECTING


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({}, None),
        ({"decider_id": 2}, "objection_not_yours"),
        ({"filed_by_id": 1}, "objection_own"),
        ({"reason": DecisionReason.RECORD_RIGHT}, "objection_reason_of_the_other_kind"),
        ({"words": " 是 "}, "objection_answer_missing"),
    ],
)
def test_a_decision_is_refused_for_exactly_one_reason(more, why):
    sound = {
        "is_upheld": True,
        "reason": DecisionReason.ENTRY_MISSING,
        "words": "已补录学时",
        "handler_id": 1,
        "decider_id": 1,
        "filed_by_id": 9,
    }
    assert refuse_decision(**{**sound, **more}) == why

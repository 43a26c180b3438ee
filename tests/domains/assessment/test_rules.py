"""Scoring and refusing, without a database."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tutoring import FULL, POOR, QUESTIONS, RIGHT, RUBRIC, WRONG
from xingtan.domains.assessment.rules import (
    Refusal,
    refuse_answers,
    refuse_mark,
    refuse_submission,
    rubric_of,
    score,
    score_of,
    unanswered,
)
from xingtan.domains.assessment.states import MOVES, State

LINES = rubric_of({"rubric": RUBRIC})
KEYS = {"q1": ["a", "b"], "q2": ["a", "b", "c"], "q3": ["true", "false"]}


@pytest.mark.parametrize(
    ("answers", "reached", "right"),
    [
        (RIGHT, 100, (True, True, True)),
        (WRONG, 0, (False, False, False)),
        (RIGHT | {"q2": ["a"]}, 66, (True, False, True)),
        (RIGHT | {"q2": ["b", "a"]}, 100, (True, True, True)),
        (RIGHT | {"q2": ["a", "b", "c"]}, 66, (True, False, True)),
        ({}, 0, (False, False, False)),
    ],
)
def test_a_question_counts_when_exactly_its_right_options_are_chosen(answers, reached, right):
    scored = score(QUESTIONS, answers)
    assert (scored.score, scored.right) == (reached, right)


def test_no_question_is_no_point():
    assert score([], {}).score == 0


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({}, None),
        ({"q2": ["c"]}, None),
        ({"q1": []}, Refusal.UNANSWERED),
        ({"q1": ["z"]}, Refusal.UNKNOWN_ANSWER),
        ({"q1": ["a", "b"]}, Refusal.UNKNOWN_ANSWER),
        ({"q3": ["true", "false"]}, Refusal.UNKNOWN_ANSWER),
        ({"q3": ["True"]}, Refusal.UNKNOWN_ANSWER),
        ({"q9": ["a"]}, None),
    ],
)
def test_answers_are_refused_for_exactly_one_reason(change, why):
    assert refuse_answers(QUESTIONS, RIGHT | change) is why


def test_unanswered_questions_are_named_in_order():
    assert unanswered(QUESTIONS, {"q2": ["a"]}) == ("q1", "q3")


@given(st.fixed_dictionaries({key: st.sets(st.sampled_from(options)) for key, options in KEYS.items()}))
def test_the_score_is_whole_and_in_a_hundred_and_full_only_when_all_is_right(given_answers):
    answers = {key: sorted(chosen) for key, chosen in given_answers.items()}
    scored = score(QUESTIONS, answers)
    assert 0 <= scored.score <= 100
    assert (scored.score == 100) == all(scored.right) == (answers == {key: sorted(right) for key, right in RIGHT.items()})


@pytest.mark.parametrize(
    ("last", "length", "has_file", "why"),
    [
        (None, 20, False, None),
        (None, 19, False, Refusal.TOO_SHORT),
        (None, 0, True, None),
        (State.RETURNED, 20, False, None),
        (State.RETURNED, 0, False, Refusal.TOO_SHORT),
        (State.HANDED_IN, 20, True, Refusal.WAITS),
        (State.PASSED, 20, True, Refusal.PASSED),
    ],
)
def test_work_is_refused_for_exactly_one_reason(last, length, has_file, why):
    assert refuse_submission(last, length=length, has_file=has_file) is why


@pytest.mark.parametrize(
    ("state", "outcome", "marks", "comment", "why"),
    [
        (State.HANDED_IN, State.PASSED, FULL, "", None),
        (State.HANDED_IN, State.PASSED, {"evidence": 0, "reading": 60}, "", None),
        (State.HANDED_IN, State.PASSED, {"evidence": 0, "reading": 59}, "", Refusal.BELOW_LEAST),
        (State.HANDED_IN, State.RETURNED, POOR, "请补充", None),
        (State.HANDED_IN, State.RETURNED, FULL, "请补充", None),
        (State.HANDED_IN, State.RETURNED, POOR, " \n", Refusal.RETURN_NEEDS_WORDS),
        (State.HANDED_IN, State.PASSED, {"evidence": 40}, "", Refusal.MARKS_INCOMPLETE),
        (State.HANDED_IN, State.PASSED, FULL | {"more": 1}, "", Refusal.MARKS_INCOMPLETE),
        (State.HANDED_IN, State.PASSED, FULL | {"reading": 61}, "", Refusal.MARKS_INCOMPLETE),
        (State.HANDED_IN, State.PASSED, FULL | {"reading": -1}, "", Refusal.MARKS_INCOMPLETE),
        (State.HANDED_IN, State.HANDED_IN, FULL, "", Refusal.NOT_WAITING),
        (State.PASSED, State.RETURNED, POOR, "请补充", Refusal.NOT_WAITING),
        (State.RETURNED, State.PASSED, FULL, "", Refusal.NOT_WAITING),
    ],
)
def test_a_mark_is_refused_for_exactly_one_reason(state, outcome, marks, comment, why):
    assert refuse_mark(state, outcome, rubric=LINES, marks=marks, comment=comment, pass_score=60) is why


def test_without_a_rubric_there_are_no_points():
    assert score_of((), {}) is None
    assert refuse_mark(State.HANDED_IN, State.PASSED, rubric=(), marks={}, comment="", pass_score=60) is None


@given(st.integers(0, 40), st.integers(0, 60))
def test_points_are_floored_to_whole_ones_of_a_hundred(evidence, reading):
    assert score_of(LINES, {"evidence": evidence, "reading": reading}) == evidence + reading


def test_nothing_leaves_an_end_state():
    for state, other in combinations(State, 2):
        assert state is State.HANDED_IN or other not in MOVES[state]

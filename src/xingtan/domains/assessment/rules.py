"""Pure decisions of assessment: scoring a quiz, refusing a submission or a mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .states import MOVES, State

LEAST_WORDS = 20


class Refusal(StrEnum):
    """Why an attempt, a submission or a mark was refused."""

    UNANSWERED = "quiz_unanswered"
    UNKNOWN_ANSWER = "quiz_unknown_answer"
    WAITS = "submission_waits"
    PASSED = "submission_passed"
    TOO_SHORT = "submission_too_short"
    NOT_WAITING = "submission_not_waiting"
    MARKS_INCOMPLETE = "marks_incomplete"
    RETURN_NEEDS_WORDS = "mark_return_needs_words"


@dataclass(frozen=True)
class Scored:
    """A quiz's outcome: whole points of a hundred, and which questions were right."""

    score: int
    right: tuple[bool, ...]


TRUE_FALSE = frozenset({"true", "false"})


def _options(question: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(str(option["key"]) for option in question.get("options", ())) or TRUE_FALSE


def right_answer(question: Mapping[str, Any]) -> frozenset[str]:
    """The keys of the options that are right; of a true-or-false question `true` or `false`."""
    return frozenset(str(key).lower() if not question.get("options") else str(key) for key in question["answer"])


def refuse_answers(questions: Sequence[Mapping[str, Any]], answers: Mapping[str, Sequence[str]]) -> Refusal | None:
    """Why these answers cannot be scored, or None: every question needs one, and only options that exist."""
    for question in questions:
        given = frozenset(answers.get(str(question["key"]), ()))
        if not given:
            return Refusal.UNANSWERED
        if not given <= _options(question):
            return Refusal.UNKNOWN_ANSWER
    return None


def score(questions: Sequence[Mapping[str, Any]], answers: Mapping[str, Sequence[str]]) -> Scored:
    """A question counts when exactly its right options were chosen; the score is floored to whole points."""
    right = tuple(frozenset(answers.get(str(question["key"]), ())) == right_answer(question) for question in questions)
    return Scored(score=sum(right) * 100 // max(1, len(questions)), right=right)


def refuse_submission(last: State | None, *, length: int, has_file: bool) -> Refusal | None:
    """Why work may not be handed in now, or None: one version waits at a time, and passed work stays as it is."""
    if last is State.HANDED_IN:
        return Refusal.WAITS
    if last is State.PASSED:
        return Refusal.PASSED
    return None if length >= LEAST_WORDS or has_file else Refusal.TOO_SHORT


def refuse_mark(
    state: State, outcome: State, *, rubric: Sequence[Mapping[str, Any]], marks: Mapping[str, int], comment: str
) -> Refusal | None:
    """Why this mark may not be given, or None; every criterion has points within its range, and a return says what to do."""
    if outcome not in MOVES[state]:
        return Refusal.NOT_WAITING
    if any(not 0 <= marks.get(str(criterion["key"]), -1) <= criterion["most"] for criterion in rubric):
        return Refusal.MARKS_INCOMPLETE
    if outcome is State.RETURNED and not comment.strip():
        return Refusal.RETURN_NEEDS_WORDS
    return None

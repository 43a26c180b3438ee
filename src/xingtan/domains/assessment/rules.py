"""Pure decisions of assessment: scoring a quiz, refusing a submission or a mark."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .states import MOVES, State

LEAST_CHARACTERS = 20


class Refusal(StrEnum):
    """Why an attempt, a submission or a mark was refused."""

    UNANSWERED = "quiz_unanswered"
    UNKNOWN_ANSWER = "quiz_unknown_answer"
    WAITS = "submission_waits"
    PASSED = "submission_passed"
    TOO_SHORT = "submission_too_short"
    NOT_WAITING = "submission_not_waiting"
    MARKS_INCOMPLETE = "marks_incomplete"
    BELOW_LEAST = "marks_below_pass"
    RETURN_NEEDS_WORDS = "mark_return_needs_words"


@dataclass(frozen=True)
class Scored:
    """A quiz's outcome: whole points of a hundred, and which questions were right."""

    score: int
    right: tuple[bool, ...]


TRUE_FALSE = ("true", "false")


def option_keys(question: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys that may be chosen, in order; of a true-or-false question `true` and `false`."""
    return tuple(str(option["key"]) for option in question.get("options", ())) or TRUE_FALSE


def right_answer(question: Mapping[str, Any]) -> frozenset[str]:
    """The keys of the options that are right; of a true-or-false question `true` or `false`."""
    return frozenset(str(key).lower() if not question.get("options") else str(key) for key in question["answer"])


def given_to(question: Mapping[str, Any], answers: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """What was answered to this question."""
    return frozenset(answers.get(str(question["key"]), ()))


def unanswered(questions: Sequence[Mapping[str, Any]], answers: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The keys of the questions without an answer, in order."""
    return tuple(str(question["key"]) for question in questions if not given_to(question, answers))


def refuse_answers(questions: Sequence[Mapping[str, Any]], answers: Mapping[str, Sequence[str]]) -> Refusal | None:
    """Why these answers cannot be scored, or None: every question needs one, only options that exist, one where one is asked for."""
    if unanswered(questions, answers):
        return Refusal.UNANSWERED
    for question in questions:
        given = given_to(question, answers)
        if not given <= set(option_keys(question)) or (question.get("kind") != "multiple" and len(given) > 1):
            return Refusal.UNKNOWN_ANSWER
    return None


def score(questions: Sequence[Mapping[str, Any]], answers: Mapping[str, Sequence[str]]) -> Scored:
    """A question counts when exactly its right options were chosen; the score is floored to whole points."""
    right = tuple(given_to(question, answers) == right_answer(question) for question in questions)
    return Scored(score=sum(right) * 100 // max(1, len(questions)), right=right)


@dataclass(frozen=True)
class Criterion:
    """One line of a rubric: its key, its words in both languages, and the most points that it gives."""

    key: str
    label: str
    label_en: str
    most: int


def rubric_of(body: Mapping[str, Any]) -> tuple[Criterion, ...]:
    """The rubric of an assignment's body; empty when it has none."""
    return tuple(
        Criterion(str(line["key"]), str(line["label"]), str(line.get("label_en", "")), int(line["most"])) for line in body.get("rubric", ())
    )


def least_characters(body: Mapping[str, Any]) -> int:
    """How many characters a text without a file needs."""
    return int(body.get("least_characters", LEAST_CHARACTERS))


def refuse_submission(last: State | None, *, length: int, has_file: bool, least: int = LEAST_CHARACTERS) -> Refusal | None:
    """Why work may not be handed in now, or None: one version waits at a time, and passed work stays as it is."""
    if last is State.HANDED_IN:
        return Refusal.WAITS
    if last is State.PASSED:
        return Refusal.PASSED
    return None if length >= least or has_file else Refusal.TOO_SHORT


def score_of(rubric: Sequence[Criterion], marks: Mapping[str, int]) -> int | None:
    """Whole points of a hundred, floored; None without a rubric."""
    most = sum(criterion.most for criterion in rubric)
    return sum(marks[criterion.key] for criterion in rubric) * 100 // most if most else None


def refuse_mark(
    state: State, outcome: State, *, rubric: Sequence[Criterion], marks: Mapping[str, int], comment: str, pass_score: int = 0
) -> Refusal | None:
    """Why this mark may not be given, or None: points within range for each criterion, enough of them to pass, words for a return."""
    if outcome not in MOVES[state]:
        return Refusal.NOT_WAITING
    if outcome is State.RETURNED and not comment.strip():
        return Refusal.RETURN_NEEDS_WORDS
    if set(marks) != {criterion.key for criterion in rubric} or any(not 0 <= marks[line.key] <= line.most for line in rubric):
        return Refusal.MARKS_INCOMPLETE
    reached = score_of(rubric, marks)
    return Refusal.BELOW_LEAST if outcome is State.PASSED and reached is not None and reached < pass_score else None

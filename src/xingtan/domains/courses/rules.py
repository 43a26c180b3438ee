"""Pure decisions about courses, units and the text of a quiz."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .states import MOVES, CourseState, QuestionKind, UnitKind

CODE_LENGTH = 40
TRUE_FALSE = ("true", "false")


def refuse_review(state: CourseState) -> str | None:
    """Why this course may not be opened to choice now, or None."""
    return None if CourseState.REVIEWED in MOVES[state] else "course_not_waiting"


def refuse_unit(kind: UnitKind, *, length_s: int, page_count: int, has_file: bool, body: Mapping[str, Any]) -> str | None:
    """Why this unit cannot be studied as it is, or None."""
    if kind is UnitKind.VIDEO:
        return None if has_file and length_s > 0 else "unit_needs_video"
    if kind is UnitKind.DOCUMENT:
        return None if has_file and page_count > 0 and length_s >= page_count else "unit_needs_document"
    if kind is UnitKind.PACKAGE:
        return refuse_package_unit(length_s, has_package=has_file)
    if kind is UnitKind.QUIZ:
        return refuse_questions(body.get("questions", ()))
    return None if str(body.get("brief", "")).strip() else "unit_needs_brief"


def refuse_package_unit(length_s: int, *, has_package: bool) -> str | None:
    """Why a package is no unit yet, or None: it was taken in, and somebody said how long it takes."""
    if not has_package:
        return "unit_needs_package"
    return None if length_s > 0 else "unit_needs_length"


def refuse_questions(questions: Sequence[Mapping[str, Any]]) -> str | None:
    """Why these questions make no quiz, or None; keys are unique, every answer is one of its question's options."""
    keys = [question.get("key") for question in questions]
    if not questions or len(set(keys)) != len(keys):
        return "quiz_needs_questions"
    return "quiz_question_unclear" if any(_is_unclear(question) for question in questions) else None


def _is_unclear(question: Mapping[str, Any]) -> bool:
    """True when a question has no text, no right answer, or an answer that cannot be chosen."""
    if question.get("kind") not in set(QuestionKind) or not str(question.get("text", "")).strip():
        return True
    answer = list(question.get("answer", ()))
    if question["kind"] == QuestionKind.TRUE_FALSE:
        return answer not in (["true"], ["false"])
    options = {option.get("key") for option in question.get("options", ())}
    is_one = question["kind"] == QuestionKind.MULTIPLE or len(answer) == 1
    return not (len(options) >= 2 and answer and set(answer) <= options and is_one)


def page_seconds(length_s: int, page_count: int) -> list[int]:
    """How many seconds each page takes, in order; they add up to the length and differ by one at most."""
    if page_count <= 0:
        return []
    each, rest = divmod(length_s, page_count)
    return [each + (1 if page < rest else 0) for page in range(page_count)]

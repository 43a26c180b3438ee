"""Kinds of units and states of a course."""

from __future__ import annotations

from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit is made of."""

    VIDEO = "video"
    DOCUMENT = "document"
    QUIZ = "quiz"
    ASSIGNMENT = "assignment"
    PACKAGE = "package"


class CourseState(StrEnum):
    """A course is open to choice once it was reviewed."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    WITHDRAWN = "withdrawn"


class Area(StrEnum):
    """The six content areas of B8."""

    ETHICS = "ethics"
    PROFESSIONAL = "professional"
    THEORY = "theory"
    RESEARCH = "research"
    TEACHING = "teaching"
    GENERAL = "general"


class QuestionKind(StrEnum):
    """How a question of a quiz is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true_false"


MOVES: dict[CourseState, frozenset[CourseState]] = {
    CourseState.DRAFT: frozenset({CourseState.REVIEWED, CourseState.WITHDRAWN}),
    CourseState.REVIEWED: frozenset({CourseState.WITHDRAWN}),
    CourseState.WITHDRAWN: frozenset(),
}

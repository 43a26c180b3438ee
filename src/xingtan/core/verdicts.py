"""The one list of verdicts of a year or a cycle."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What a determination finds; the glossary holds the words."""

    QUALIFIED = "qualified"
    EXAM_REQUIRED = "exam_required"
    MAKE_UP_REQUIRED = "make_up_required"
    NOT_QUALIFIED = "not_qualified"
    EXEMPT = "exempt"
    DEFERRED = "deferred"
    IN_PROGRESS = "in_progress"
    UNDETERMINED = "undetermined"

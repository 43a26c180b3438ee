"""What a survey may be, and the kinds of questions."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class SurveyState(StrEnum):
    """A survey is written, open to those it asks, closed; or cancelled with what was answered left out of sight."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class SurveyAct(StrEnum):
    """What is done with a survey."""

    OPEN = "open"
    CLOSE = "close"
    REOPEN = "reopen"
    CANCEL = "cancel"


MOVES: Mapping[SurveyState, Mapping[SurveyAct, SurveyState]] = {
    SurveyState.DRAFT: {SurveyAct.OPEN: SurveyState.OPEN, SurveyAct.CANCEL: SurveyState.CANCELLED},
    SurveyState.OPEN: {SurveyAct.CLOSE: SurveyState.CLOSED, SurveyAct.CANCEL: SurveyState.CANCELLED},
    SurveyState.CLOSED: {SurveyAct.REOPEN: SurveyState.OPEN},
    SurveyState.CANCELLED: {},
}


class QuestionKind(StrEnum):
    """One of several, any of several, a scale from one to five, words, or a whole number."""

    ONE = "one"
    MANY = "many"
    SCALE = "scale"
    TEXT = "text"
    NUMBER = "number"


CHOOSING = frozenset({QuestionKind.ONE, QuestionKind.MANY})


class Purpose(StrEnum):
    """When a survey asks (I4): before planning, during a training, after it."""

    NEEDS = "needs"
    DURING = "during"
    AFTER = "after"

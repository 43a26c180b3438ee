"""States of a training year, why a window is moved, and the life of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class YearState(StrEnum):
    """A year is open until the province closes it."""

    OPEN = "open"
    CLOSED = "closed"


class WindowReason(StrEnum):
    """Why a window's days are changed; a list and not free words, so that the audit log holds nothing personal."""

    CIRCULAR = "circular"
    OUTAGE = "outage"
    WEATHER = "weather"
    MISTAKE = "mistake"
    OTHER = "other"


class DraftState(StrEnum):
    """A draft is written, looked at by a second person, approved and published; or put aside."""

    EDITING = "editing"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
    DISCARDED = "discarded"


class SaveKind(StrEnum):
    """How a saved text came about."""

    START = "start"
    AUTO = "auto"
    MANUAL = "manual"
    FIX = "fix"
    RESTORE = "restore"


class ReviewOutcome(StrEnum):
    """What the second person said, or that the request was taken back before."""

    WAITING = "waiting"
    APPROVED = "approved"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


DRAFT_MOVES: Mapping[DraftState, frozenset[DraftState]] = {
    DraftState.EDITING: frozenset({DraftState.IN_REVIEW, DraftState.DISCARDED}),
    DraftState.IN_REVIEW: frozenset({DraftState.EDITING, DraftState.APPROVED, DraftState.DISCARDED}),
    DraftState.APPROVED: frozenset({DraftState.EDITING, DraftState.PUBLISHED, DraftState.DISCARDED}),
    DraftState.DISCARDED: frozenset({DraftState.EDITING}),
    DraftState.PUBLISHED: frozenset(),
}

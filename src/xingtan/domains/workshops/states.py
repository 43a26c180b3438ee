"""The life of a part taken in an activity, and how the activity stands for a member."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a participation stands."""

    HANDED_IN = "handed_in"
    CONFIRMED = "confirmed"
    RETURNED = "returned"


MOVES: dict[State, frozenset[State]] = {
    State.HANDED_IN: frozenset({State.CONFIRMED, State.RETURNED}),
    State.RETURNED: frozenset({State.HANDED_IN}),
    State.CONFIRMED: frozenset(),
}


class Standing(StrEnum):
    """How an activity stands for a member today, with or without a part in it."""

    NOT_OPEN = "not_open"
    TO_DO = "to_do"
    TO_MEND = "to_mend"
    WAITS = "waits"
    CONFIRMED = "confirmed"
    MISSED = "missed"

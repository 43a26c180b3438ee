"""The life of a part taken in an activity."""

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

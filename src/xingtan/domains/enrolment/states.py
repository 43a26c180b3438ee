"""The life of a teacher's choice."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a course selection stands."""

    CHOSEN = "chosen"
    CONFIRMED = "confirmed"
    PAID = "paid"
    REGISTERED = "registered"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


MOVES: dict[State, frozenset[State]] = {
    State.CHOSEN: frozenset({State.CONFIRMED, State.RETURNED, State.WITHDRAWN}),
    State.RETURNED: frozenset({State.CHOSEN, State.WITHDRAWN}),
    State.CONFIRMED: frozenset({State.PAID, State.RETURNED, State.WITHDRAWN}),
    State.PAID: frozenset({State.REGISTERED, State.WITHDRAWN}),
    State.REGISTERED: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}

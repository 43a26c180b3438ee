"""The life of a submission."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a submission stands."""

    HANDED_IN = "handed_in"
    PASSED = "passed"
    RETURNED = "returned"


MOVES: dict[State, frozenset[State]] = {
    State.HANDED_IN: frozenset({State.PASSED, State.RETURNED}),
    State.PASSED: frozenset(),
    State.RETURNED: frozenset(),
}

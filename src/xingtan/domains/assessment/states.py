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


class ResultState(StrEnum):
    """Where a result of a test stands; only a final one counts."""

    FINAL = "final"
    WAITING = "waiting"
    ABSENT = "absent"
    CHEATED = "cheated"


class RowState(StrEnum):
    """What importing a row of results would do."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"

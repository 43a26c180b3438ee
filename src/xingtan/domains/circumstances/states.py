"""The life of a circumstance: proposed or entered, granted or refused, ended early or withdrawn, never deleted."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a circumstance stands; only a granted one counts."""

    PROPOSED = "proposed"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """A step in the life of a circumstance."""

    PROPOSED = "proposed"
    GRANTED = "granted"
    REFUSED = "refused"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


class Fate(StrEnum):
    """What recording would do for one teacher: a new row, nothing because the same stands, or nothing because another speaks against it."""

    NEW = "new"
    ALREADY = "already"
    CONTRADICTS = "contradicts"


STANDING = (State.PROPOSED, State.GRANTED)
MOVES: dict[State, frozenset[Act]] = {
    State.PROPOSED: frozenset({Act.GRANTED, Act.REFUSED, Act.WITHDRAWN}),
    State.GRANTED: frozenset({Act.ENDED, Act.WITHDRAWN}),
    State.REFUSED: frozenset(),
    State.WITHDRAWN: frozenset(),
}
AFTER: dict[Act, State] = {
    Act.PROPOSED: State.PROPOSED,
    Act.GRANTED: State.GRANTED,
    Act.REFUSED: State.REFUSED,
    Act.ENDED: State.GRANTED,
    Act.WITHDRAWN: State.WITHDRAWN,
}

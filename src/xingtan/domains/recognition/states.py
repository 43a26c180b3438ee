"""The life of a school-run training, of a claim, and what a row of a platform's file would do."""

from __future__ import annotations

from enum import StrEnum


class TrainingState(StrEnum):
    """Where a school-run training stands."""

    DECLARED = "declared"
    APPROVED = "approved"
    RETURNED = "returned"
    CONVERTED = "converted"
    WITHDRAWN = "withdrawn"


class ClaimState(StrEnum):
    """Where a claim of hours stands; only a recognised one is evidence."""

    CLAIMED = "claimed"
    RECOGNISED = "recognised"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """A step in the life of a training or a claim."""

    DECLARED = "declared"
    CHANGED = "changed"
    APPROVED = "approved"
    RETURNED = "returned"
    CONVERTED = "converted"
    CLAIMED = "claimed"
    RECOGNISED = "recognised"
    WITHDRAWN = "withdrawn"


class Presence(StrEnum):
    """How it became known that somebody was at a meeting."""

    KEYED = "keyed"
    CODE = "code"
    FILE = "file"


class RowState(StrEnum):
    """What a row of a file would do."""

    NEW = "new"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


TRAINING_MOVES: dict[TrainingState, frozenset[Act]] = {
    TrainingState.DECLARED: frozenset({Act.CHANGED, Act.APPROVED, Act.RETURNED, Act.WITHDRAWN}),
    TrainingState.RETURNED: frozenset({Act.CHANGED, Act.WITHDRAWN}),
    TrainingState.APPROVED: frozenset({Act.CONVERTED, Act.WITHDRAWN}),
    TrainingState.CONVERTED: frozenset({Act.CONVERTED}),
    TrainingState.WITHDRAWN: frozenset(),
}
CLAIM_MOVES: dict[ClaimState, frozenset[Act]] = {
    ClaimState.CLAIMED: frozenset({Act.RECOGNISED, Act.RETURNED, Act.WITHDRAWN}),
    ClaimState.RETURNED: frozenset({Act.WITHDRAWN}),
    ClaimState.RECOGNISED: frozenset({Act.WITHDRAWN}),
    ClaimState.WITHDRAWN: frozenset(),
}
RUNNING = (TrainingState.APPROVED, TrainingState.CONVERTED)

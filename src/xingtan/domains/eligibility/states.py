"""What a statement finds, and how each consequence of a verdict stands."""

from __future__ import annotations

from enum import StrEnum


class Finding(StrEnum):
    """Whether the years that were due by the day allow what the policy makes depend on them."""

    MEETS = "meets"
    BLOCKED = "blocked"
    PENDING = "pending"
    UNCLEAR = "unclear"
    NOTHING_DUE = "nothing_due"


class Effect(StrEnum):
    """How a consequence stands: in force, to follow once a verdict is final, not there; for a good one: it holds."""

    IN_FORCE = "in_force"
    WOULD_FOLLOW = "would_follow"
    CLEAR = "clear"
    HOLDS = "holds"


class Way(StrEnum):
    """How a verdict that stands in the way is made good."""

    EXAM = "exam"
    MAKE_UP = "make_up"


class Match(StrEnum):
    """What became of a line of a list of people."""

    FOUND = "found"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    TWICE = "twice"

"""The lives of applications, rounds and bulk nominations: which act leads from where to where."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Way(StrEnum):
    """How a teacher comes into a project (C8, D1, D3)."""

    OWN = "own"
    PLACEMENT = "placement"
    NOMINATION = "nomination"
    NATIONAL = "national"


class State(StrEnum):
    """Where an application stands; whoever is admitted or holds an offer holds a seat."""

    DRAFTED = "drafted"
    APPLIED = "applied"
    SCHOOL_APPROVED = "school_approved"
    COUNTY_APPROVED = "county_approved"
    WAITING = "waiting"
    OFFERED = "offered"
    ADMITTED = "admitted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DEFERRED = "deferred"
    SUBSTITUTED = "substituted"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class Act(StrEnum):
    """What is done to an application."""

    DRAFT = "draft"
    APPLY = "apply"
    APPROVE_FIRST = "approve_first"
    APPROVE = "approve"
    RETURN = "return"
    DECLINE = "decline"
    ADMIT = "admit"
    LINE_UP = "line_up"
    OFFER = "offer"
    ACCEPT = "accept"
    CHANGE = "change"
    WITHDRAW = "withdraw"
    DEFER = "defer"
    SUBSTITUTE = "substitute"
    CANCEL = "cancel"
    LAPSE = "lapse"


# Those of a person for a project of which there may be one at a time, and those that hold a seat.
STANDING = frozenset(
    {State.DRAFTED, State.APPLIED, State.SCHOOL_APPROVED, State.COUNTY_APPROVED, State.WAITING, State.OFFERED, State.ADMITTED}
)
SEATED = frozenset({State.OFFERED, State.ADMITTED})
# States in which an application may be born, by the act that makes it.
BIRTHS: Mapping[Act, frozenset[State]] = {
    Act.DRAFT: frozenset({State.DRAFTED}),
    Act.APPLY: frozenset({State.APPLIED, State.SCHOOL_APPROVED, State.COUNTY_APPROVED, State.ADMITTED, State.WAITING}),
}

_LEAVING = {Act.WITHDRAW: State.WITHDRAWN, Act.CANCEL: State.CANCELLED}
MOVES: Mapping[State, Mapping[Act, State]] = {
    State.DRAFTED: {Act.APPLY: State.APPLIED, Act.CHANGE: State.DRAFTED, Act.LAPSE: State.LAPSED, **_LEAVING},
    State.APPLIED: {
        Act.CHANGE: State.APPLIED,
        Act.APPROVE_FIRST: State.SCHOOL_APPROVED,
        Act.APPROVE: State.COUNTY_APPROVED,
        Act.RETURN: State.DRAFTED,
        Act.DECLINE: State.DECLINED,
        Act.LAPSE: State.LAPSED,
        **_LEAVING,
    },
    State.SCHOOL_APPROVED: {
        Act.CHANGE: State.SCHOOL_APPROVED,
        Act.APPROVE: State.COUNTY_APPROVED,
        Act.RETURN: State.DRAFTED,
        Act.DECLINE: State.DECLINED,
        Act.LAPSE: State.LAPSED,
        **_LEAVING,
    },
    State.COUNTY_APPROVED: {
        Act.CHANGE: State.COUNTY_APPROVED,
        Act.RETURN: State.DRAFTED,
        Act.DECLINE: State.DECLINED,
        Act.ADMIT: State.ADMITTED,
        Act.LINE_UP: State.WAITING,
        Act.LAPSE: State.LAPSED,
        **_LEAVING,
    },
    State.WAITING: {
        Act.CHANGE: State.WAITING,
        Act.DECLINE: State.DECLINED,
        Act.ADMIT: State.ADMITTED,
        Act.OFFER: State.OFFERED,
        Act.LAPSE: State.LAPSED,
        **_LEAVING,
    },
    State.OFFERED: {Act.ACCEPT: State.ADMITTED, Act.LAPSE: State.LAPSED, **_LEAVING},
    State.ADMITTED: {Act.CHANGE: State.ADMITTED, Act.DEFER: State.DEFERRED, Act.SUBSTITUTE: State.SUBSTITUTED, **_LEAVING},
    State.DECLINED: {},
    State.WITHDRAWN: {},
    State.DEFERRED: {},
    State.SUBSTITUTED: {},
    State.CANCELLED: {},
    State.LAPSED: {},
}


class RoundState(StrEnum):
    """Where a round stands; open and closed in between follow from its times."""

    PLANNED = "planned"
    TRIMMED = "trimmed"
    DECIDED = "decided"
    DROPPED = "dropped"


class RoundAct(StrEnum):
    """What an office does with a round."""

    TRIM = "trim"
    DECIDE = "decide"
    DROP = "drop"


ROUND_MOVES: Mapping[RoundState, Mapping[RoundAct, RoundState]] = {
    RoundState.PLANNED: {RoundAct.TRIM: RoundState.TRIMMED, RoundAct.DECIDE: RoundState.DECIDED, RoundAct.DROP: RoundState.DROPPED},
    RoundState.TRIMMED: {RoundAct.TRIM: RoundState.TRIMMED, RoundAct.DECIDE: RoundState.DECIDED},
    RoundState.DECIDED: {},
    RoundState.DROPPED: {},
}


class BatchState(StrEnum):
    """Where a bulk nomination stands: half written and half undone ones go on where they stopped."""

    WRITING = "writing"
    WRITTEN = "written"
    UNDOING = "undoing"
    UNDONE = "undone"


BATCH_MOVES: dict[BatchState, frozenset[BatchState]] = {
    BatchState.WRITING: frozenset({BatchState.WRITTEN, BatchState.UNDOING}),
    BatchState.WRITTEN: frozenset({BatchState.UNDOING}),
    BatchState.UNDOING: frozenset({BatchState.UNDONE}),
    BatchState.UNDONE: frozenset(),
}

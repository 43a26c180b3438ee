"""States of a notice and of an objection, and which may follow which."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class NoticeState(StrEnum):
    """A notice stands until it is withdrawn; that its days are over is a matter of the calendar and not of its state."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Stage(StrEnum):
    """Where a day lies to a notice: before it, while it is posted, while objections are still taken, after it."""

    BEFORE = "before"
    POSTED = "posted"
    OBJECTIONS = "objections"
    OVER = "over"


class WithdrawalReason(StrEnum):
    """Why a notice is withdrawn; a list, so that the audit log holds nothing personal."""

    MISTAKE = "mistake"
    RUN_ANEW = "run_anew"
    ORDER = "order"


class ObjectionState(StrEnum):
    """The life of an objection: filed, with a handler, perhaps with another office for its word, decided or withdrawn."""

    FILED = "filed"
    ASSIGNED = "assigned"
    REFERRED = "referred"
    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"
    WITHDRAWN = "withdrawn"


MOVES: Mapping[ObjectionState, frozenset[ObjectionState]] = {
    ObjectionState.FILED: frozenset({ObjectionState.ASSIGNED, ObjectionState.WITHDRAWN}),
    ObjectionState.ASSIGNED: frozenset(
        {
            ObjectionState.ASSIGNED,
            ObjectionState.REFERRED,
            ObjectionState.UPHELD,
            ObjectionState.NOT_UPHELD,
            ObjectionState.WITHDRAWN,
        }
    ),
    ObjectionState.REFERRED: frozenset({ObjectionState.ASSIGNED, ObjectionState.WITHDRAWN}),
    ObjectionState.UPHELD: frozenset(),
    ObjectionState.NOT_UPHELD: frozenset(),
    ObjectionState.WITHDRAWN: frozenset(),
}
OPEN = frozenset({ObjectionState.FILED, ObjectionState.ASSIGNED, ObjectionState.REFERRED})


class StepKind(StrEnum):
    """What the trail of an objection is made of."""

    FILED = "filed"
    ASSIGNED = "assigned"
    REFERRED = "referred"
    REPLIED = "replied"
    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"
    WITHDRAWN = "withdrawn"
    FOLLOWED = "followed"


class DecisionReason(StrEnum):
    """Why an objection is upheld or not; the words beside it are for the person."""

    ENTRY_MISSING = "entry_missing"
    RESULT_MISSING = "result_missing"
    FACT_WRONG = "fact_wrong"
    RULE_MISREAD = "rule_misread"
    RECORD_RIGHT = "record_right"
    PROOF_LACKING = "proof_lacking"
    TOO_LATE = "too_late"
    OTHER = "other"


UPHOLDING = frozenset(
    {
        DecisionReason.ENTRY_MISSING,
        DecisionReason.RESULT_MISSING,
        DecisionReason.FACT_WRONG,
        DecisionReason.RULE_MISREAD,
        DecisionReason.OTHER,
    }
)
REJECTING = frozenset({DecisionReason.RECORD_RIGHT, DecisionReason.PROOF_LACKING, DecisionReason.TOO_LATE, DecisionReason.OTHER})

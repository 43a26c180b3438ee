"""The conditions of a closing, and the life of a correction."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class ConditionCode(StrEnum):
    """What must be so before a year is closed."""

    TRIAL_RUN = "trial_run"
    FACTS_CLEAR = "facts_clear"
    ALL_SETTLED = "all_settled"
    CHAINS_DONE = "chains_done"
    NOTICE_SIGNED = "notice_signed"
    NOTICE_OVER = "notice_over"
    OBJECTIONS_DECIDED = "objections_decided"
    TWO_PEOPLE = "two_people"


class CorrectionReason(StrEnum):
    """Why a verdict of a closed year is corrected; words say the rest."""

    OBJECTION = "objection"
    LATE_PROOF = "late_proof"
    CLERICAL = "clerical"
    FRAUD = "fraud"
    COURT = "court"


class CorrectionState(StrEnum):
    """One officer proposes a correction, another carries it out or refuses it."""

    PROPOSED = "proposed"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


MOVES: Mapping[CorrectionState, frozenset[CorrectionState]] = {
    CorrectionState.PROPOSED: frozenset({CorrectionState.DONE, CorrectionState.REFUSED, CorrectionState.WITHDRAWN}),
    CorrectionState.DONE: frozenset(),
    CorrectionState.REFUSED: frozenset(),
    CorrectionState.WITHDRAWN: frozenset(),
}

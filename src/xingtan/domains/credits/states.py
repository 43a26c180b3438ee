"""The life of an entry of hours, step by step along the review chain."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where an entry stands; from `reported` on the school can no longer change it."""

    ENTERED = "entered"
    REVIEWED = "reviewed"
    REPORTED = "reported"
    COUNTY_REVIEWED = "county_reviewed"
    VERIFIED = "verified"
    RETURNED = "returned"
    REVERSED = "reversed"


class Step(StrEnum):
    """An act of the review chain; the policy pack says which level does it and which must be two people."""

    REVIEW = "review"
    REPORT = "report"
    COUNTY_REVIEW = "county_review"
    VERIFY = "verify"


class Outcome(StrEnum):
    """What a step decided."""

    PASSED = "passed"
    RETURNED = "returned"


class EntryKind(StrEnum):
    """Where a line of hours comes from."""

    LEARNED = "learned"
    OPENING = "opening"
    CORRECTION = "correction"


class EvidenceKind(StrEnum):
    """What an earlier room reported."""

    LEARNED = "learned"
    ACTIVITY = "activity"
    QUIZ = "quiz"
    ASSIGNMENT = "assignment"


class Check(StrEnum):
    """What the automatic check finds wrong with an entry; `clean` when it finds nothing."""

    CLEAN = "clean"
    EVIDENCE_MISSING = "evidence_missing"
    OVER_CAP = "over_cap"
    OUTSIDE_YEAR = "outside_year"


class ReturnReason(StrEnum):
    """Why an entry was sent back; `other` needs words."""

    EVIDENCE_MISSING = "evidence_missing"
    EVIDENCE_UNREADABLE = "evidence_unreadable"
    DIFFERS = "differs"
    OVERLAP = "overlap"
    OVER_CAP = "over_cap"
    OTHER = "other"


STANDING = (State.ENTERED, State.REVIEWED, State.REPORTED, State.COUNTY_REVIEWED, State.VERIFIED)
"""States whose hours stand, in the order of the chain."""

FROM: dict[Step, State] = {
    Step.REVIEW: State.ENTERED,
    Step.REPORT: State.REVIEWED,
    Step.COUNTY_REVIEW: State.REPORTED,
    Step.VERIFY: State.COUNTY_REVIEWED,
}
TO: dict[Step, State] = {
    Step.REVIEW: State.REVIEWED,
    Step.REPORT: State.REPORTED,
    Step.COUNTY_REVIEW: State.COUNTY_REVIEWED,
    Step.VERIFY: State.VERIFIED,
}


def is_past(state: State, step: Step) -> bool:
    """True when an entry in this state has already passed the step."""
    return state in STANDING and STANDING.index(state) >= STANDING.index(TO[step])

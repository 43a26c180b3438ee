"""The life of an entry of hours, step by step along the review chain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from xingtan.core.policy import Policy


class State(StrEnum):
    """Where an entry stands; from `reported` on the school can no longer change it."""

    ENTERED = "entered"
    REVIEWED = "reviewed"
    REPORTED = "reported"
    COUNTY_REVIEWED = "county_reviewed"
    COUNTY_VERIFIED = "county_verified"
    CITY_REVIEWED = "city_reviewed"
    VERIFIED = "verified"
    RETURNED = "returned"
    REVERSED = "reversed"


class Step(StrEnum):
    """An act of the review chain; the policy pack says which level does it and which must be two people."""

    REVIEW = "review"
    REPORT = "report"
    COUNTY_REVIEW = "county_review"
    COUNTY_VERIFY = "county_verify"
    CITY_REVIEW = "city_review"
    VERIFY = "verify"


class Outcome(StrEnum):
    """What a step decided; `reopened` takes the entry's last decision back."""

    PASSED = "passed"
    RETURNED = "returned"
    REOPENED = "reopened"


class EntryKind(StrEnum):
    """Where a line of hours comes from."""

    LEARNED = "learned"
    OPENING = "opening"
    CORRECTION = "correction"
    LATE = "late"


class EvidenceKind(StrEnum):
    """What an earlier room reported."""

    LEARNED = "learned"
    ACTIVITY = "activity"
    QUIZ = "quiz"
    ASSIGNMENT = "assignment"


class ReturnReason(StrEnum):
    """Why an entry was sent back; `other` needs words."""

    EVIDENCE_MISSING = "evidence_missing"
    EVIDENCE_UNREADABLE = "evidence_unreadable"
    DIFFERS = "differs"
    OVERLAP = "overlap"
    OVER_CAP = "over_cap"
    OTHER = "other"


TO: dict[Step, State] = {
    Step.REVIEW: State.REVIEWED,
    Step.REPORT: State.REPORTED,
    Step.COUNTY_REVIEW: State.COUNTY_REVIEWED,
    Step.COUNTY_VERIFY: State.COUNTY_VERIFIED,
    Step.CITY_REVIEW: State.CITY_REVIEWED,
    Step.VERIFY: State.VERIFIED,
}
STANDING = (State.ENTERED, *TO.values())
"""States whose hours stand, in the order of the chain."""
UNVERIFIED = STANDING[:-1]
"""States in which an entry waits for a step, whatever steps its year's pack has."""


def steps_of(policy: Policy) -> tuple[Step, ...]:
    """The steps between entering and examining that a pack has, in order."""
    known = {step.value for step in Step}
    return tuple(Step(rule.step.value) for rule in policy.reviews if rule.step.value in known)


def next_step(steps: Iterable[Step], state: State) -> Step | None:
    """The step that an entry in this state waits for; None where it waits for none. A state that no step of the chain gives is passed over."""
    if state not in UNVERIFIED:
        return None
    return next((step for step in steps if STANDING.index(TO[step]) > STANDING.index(state)), None)


def steps_ahead(steps: Sequence[Step], state: State) -> tuple[Step, ...]:
    """The steps of the chain that an entry in this state has yet to pass; none for one that is verified, returned or reversed."""
    following = next_step(steps, state)
    return tuple(steps)[tuple(steps).index(following) :] if following else ()


def waiting_for(steps: Sequence[Step], step: Step) -> tuple[State, ...]:
    """The states in which an entry waits for this step of the chain."""
    return tuple(state for state in UNVERIFIED if next_step(steps, state) is step)

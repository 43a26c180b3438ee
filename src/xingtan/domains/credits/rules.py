"""Decisions about hours that need no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from xingtan.core.calendar import WindowKind
from xingtan.core.policy import Policy, ReviewStep
from xingtan.core.units import Converted, hours_centi

from .states import FROM, Check, Outcome, ReturnReason, State, Step, is_past

MOST_REASON_LENGTH = 400
WINDOWS: dict[Step, WindowKind] = {
    Step.REVIEW: WindowKind.REVIEW,
    Step.REPORT: WindowKind.REVIEW,
    Step.COUNTY_REVIEW: WindowKind.VERIFICATION,
    Step.VERIFY: WindowKind.VERIFICATION,
}


class Share(NamedTuple):
    """An activity's seconds, and the hundredths of an hour it was given before."""

    seconds: int
    before_centi: int


def shares_of(activities: Sequence[Share], seconds_per_hour: int) -> tuple[list[int], Converted]:
    """Each activity's hundredths of an hour, together exactly what the bucket's seconds make when they are floored once.

    No share falls while seconds only grow, so what was entered from it stands; where seconds were set aside, the shares of those
    activities fall first. The seconds left over are the remainder.
    """
    whole = hours_centi(sum(one.seconds for one in activities), seconds_per_hour)
    most = [-(-one.seconds * 100 // seconds_per_hour) for one in activities]
    given = [min(one.before_centi, room) for one, room in zip(activities, most, strict=True)]
    left = whole.centi - sum(given)
    for place in reversed(range(len(given))):
        less = min(given[place], max(0, -left))
        given[place] -= less
        left += less
    for place, room in enumerate(most):
        more = max(0, min(room - given[place], left))
        given[place] += more
        left -= more
    return given, whole


def refuse_return(outcome: Outcome, reason_code: str, reason: str) -> str:
    """Why a decision lacks its ground, or nothing: who returns an entry names a reason, and `other` needs words."""
    if outcome is Outcome.PASSED:
        return ""
    if reason_code not in {one.value for one in ReturnReason}:
        return "return_needs_reason"
    if reason_code == ReturnReason.OTHER and not reason.strip():
        return "return_needs_words"
    return "reason_too_long" if len(reason) > MOST_REASON_LENGTH else ""


def must_be_other_than(policy: Policy, step: Step) -> tuple[ReviewStep, ...]:
    """The earlier acts of the chain whose person may not take this step."""
    return next((rule.other_person_than for rule in policy.reviews if rule.step.value == step.value), ())


def is_ready(state: State, step: Step) -> bool:
    """True when the step is the next one for an entry in this state."""
    return state is FROM[step]


def is_done(state: State, step: Step, outcome: Outcome) -> bool:
    """True when an entry in this state already has what this decision would give it, so that a form sent twice changes nothing."""
    return state is State.RETURNED if outcome is Outcome.RETURNED else is_past(state, step)


def first_training_year(policy: Policy, hired_on: date) -> int:
    """The training year in which a teacher hired on this day counts as new: the next one when study had already opened (reading)."""
    year = policy.training_year_of(hired_on)
    return year + 1 if hired_on > owed_by_hires_until(policy, year) else year


def owed_by_hires_until(policy: Policy, year: int) -> date:
    """The last day of hire with which a training year is owed: the day study opens; who comes later begins with the next year."""
    return policy.study_days(year)[0]


def checks_of(*, has_evidence: bool, learned_centi: int, recognised_centi: int, is_inside_year: bool) -> tuple[Check, ...]:
    """What the automatic check finds in an entry; empty when it is clean."""
    found = []
    if not has_evidence:
        found.append(Check.EVIDENCE_MISSING)
    if recognised_centi < learned_centi:
        found.append(Check.OVER_CAP)
    if not is_inside_year:
        found.append(Check.OUTSIDE_YEAR)
    return tuple(found)

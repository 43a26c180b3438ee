"""Decisions about hours that need no database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from xingtan.core.policy import Policy
from xingtan.core.units import Converted, hours_centi


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


def first_training_year(policy: Policy, hired_on: date) -> int:
    """The training year in which a teacher hired on this day counts as new: the next one when study had already opened (reading)."""
    year = policy.training_year_of(hired_on)
    return year + 1 if hired_on > owed_by_hires_until(policy, year) else year


def owed_by_hires_until(policy: Policy, year: int) -> date:
    """The last day of hire with which a training year is owed: the day study opens; who comes later begins with the next year."""
    return policy.study_days(year)[0]

"""Under which matter a teacher is chased, and when again; pure, whole hundredths and days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from xingtan.core.verdicts import Verdict
from xingtan.domains.enrolment.api import State
from xingtan.domains.papers.states import Matter

REMIND_DAYS = 7
"""Nobody is reminded of one matter more than once in so many days (reading: no source names a figure)."""
BEHIND_PERCENT = 80
"""Who learned less than this share of what an even pace had brought is behind (reading, as in the live view)."""
WORK_DAYS = 45
"""So many days before study closes missing work is chased, and earlier of those who learned all their hours (reading)."""
SETTLED = frozenset({Verdict.QUALIFIED, Verdict.EXEMPT, Verdict.DEFERRED})
BY_STATE = {State.RETURNED: Matter.SENT_BACK, State.CHOSEN: Matter.TO_CONFIRM, State.CONFIRMED: Matter.TO_PAY}
SCHOOLS_OWN = frozenset({Matter.TO_CONFIRM, Matter.TO_PAY})
"""What the school itself has to do: no teacher is reminded of it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one teacher's year; hours in hundredths."""

    has_signed_in: bool
    state: State | None = None
    hours_centi: int = 0
    learned_centi: int = 0
    has_started: bool = False
    missing_work: int = 0
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Study:
    """The year's study window and the day of asking."""

    opens_on: date
    closes_on: date
    today: date

    def due(self, hours_centi: int) -> int:
        """What an even pace has brought by the end of the day: nothing before study opens, all of it on the last day."""
        days = (self.closes_on - self.opens_on).days + 1
        gone = min(max((self.today - self.opens_on).days + 1, 0), days)
        return hours_centi * gone // days

    @property
    def is_near_its_end(self) -> bool:
        """True in the last weeks of study and afterwards."""
        return (self.closes_on - self.today).days <= WORK_DAYS


def matter_of(one: Standing, study: Study) -> Matter | None:
    """The first matter that holds, in the order of the way; None for who is on track, or whose year is settled."""
    if one.verdict in SETTLED:
        return None
    if one.state is None:
        return Matter.NOT_CHOSEN if one.has_signed_in else Matter.NOT_SIGNED_IN
    if one.state in BY_STATE:
        return BY_STATE[one.state]
    return _studying(one, study) if one.state is State.REGISTERED else None


def _studying(one: Standing, study: Study) -> Matter | None:
    if one.verdict is Verdict.EXAM_REQUIRED:
        return Matter.EXAM_DUE
    if not one.has_started:
        return Matter.NOT_STARTED if study.today >= study.opens_on else None
    if one.learned_centi * 100 < study.due(one.hours_centi) * BEHIND_PERCENT:
        return Matter.BEHIND
    is_time = study.is_near_its_end or one.learned_centi >= one.hours_centi
    return Matter.WORK_MISSING if one.missing_work and is_time else None


def is_too_soon(last_at: datetime | None, now: datetime) -> bool:
    """True while a reminder of the same matter is younger than the limit."""
    return last_at is not None and now - last_at < timedelta(days=REMIND_DAYS)

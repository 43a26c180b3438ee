"""Days, windows and training years. The local day is taken once, here; nobody else does time-zone arithmetic."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
DAY_S = 86_400
_FIRST = date(1970, 1, 1).toordinal()
_AHEAD_S = 8 * 3600


class WindowKind(StrEnum):
    """What may be done while a window of the training year is open."""

    SELECTION = "selection"
    PAYMENT = "payment"
    STUDY = "study"
    HANDING_IN = "handing_in"
    EXAM = "exam"
    ENTRY = "entry"
    REVIEW = "review"
    VERIFICATION = "verification"
    OBJECTIONS = "objections"


class Position(StrEnum):
    """Where a day lies to a window."""

    BEFORE = "before"
    OPEN = "open"
    AFTER = "after"


class Window(NamedTuple):
    """Inclusive local days between which something may be done."""

    kind: WindowKind
    opens_on: date
    closes_on: date

    def position(self, day: date) -> Position:
        """Whether the day is before, inside or after the window; first and last day are inside."""
        if day < self.opens_on:
            return Position.BEFORE
        return Position.AFTER if day > self.closes_on else Position.OPEN


class MonthDay(NamedTuple):
    """A day of every year, never 29 February."""

    month: int
    day: int

    @classmethod
    def parse(cls, text: str) -> MonthDay:
        """The day that `MM-DD` names; ValueError for anything else and for 02-29, which not every year has."""
        return _month_day(text)

    def __str__(self) -> str:
        """`MM-DD`, as it is read."""
        return f"{self.month:02d}-{self.day:02d}"

    def within(self, training_year: int, starts: MonthDay) -> date:
        """The date of this day inside the training year that starts on `starts`."""
        return date(training_year if self >= starts else training_year + 1, self.month, self.day)


@lru_cache(maxsize=366)
def _month_day(text: str) -> MonthDay:
    moment = date.fromisoformat(f"2001-{text}")
    if text != f"{moment:%m-%d}":
        message = f"not MM-DD: {text!r}"
        raise ValueError(message)
    return MonthDay(moment.month, moment.day)


def local_day(at: datetime) -> date:
    """The local day (Shanghai, +08:00 all year) of a moment; ValueError when the moment has no zone."""
    if at.tzinfo is None:
        message = "a moment needs its zone before it has a local day"
        raise ValueError(message)
    return at.astimezone(SHANGHAI).date()


def ordinal_of(at: int) -> int:
    """The ordinal of the local day of a moment in epoch seconds."""
    return (at + _AHEAD_S) // DAY_S + _FIRST


def midnight_of(ordinal: int) -> int:
    """The moment, in epoch seconds, at which the local day with this ordinal begins."""
    return (ordinal - _FIRST) * DAY_S - _AHEAD_S


def training_year_of(day: date, starts: str) -> int:
    """The training year a day belongs to, named by the calendar year it starts in; `starts` is its first day, `MM-DD`."""
    return day.year if MonthDay(day.month, day.day) >= MonthDay.parse(starts) else day.year - 1

"""A group's fixed times: how a weekly pattern becomes days, and what may not be granted. No Django."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from xingtan.core.calendar import SHANGHAI

DAY_MINUTES = 24 * 60
LONGEST_MINUTES = 10 * 60
MOST_TIMES = 400


class Slot(NamedTuple):
    """One fixed time: a local day, minutes of that day, and how the group studies then."""

    on: date
    from_minute: int
    to_minute: int
    mode: str = ""

    @property
    def start(self) -> int:
        """Its beginning in epoch seconds."""
        return epoch(self.on, self.from_minute)

    @property
    def end(self) -> int:
        """Its end in epoch seconds."""
        return epoch(self.on, self.to_minute)


def epoch(day: date, minute: int = 0) -> int:
    """A minute of a local day in epoch seconds."""
    return int(datetime.combine(day, time(), SHANGHAI).timestamp()) + minute * 60


def weekly(first_on: date, last_on: date, weekdays: Sequence[int], minutes: tuple[int, int], mode: str) -> Iterator[Slot]:
    """The same minutes on these days of the week (0 is Monday) from one day to another, both included."""
    for ahead in range((last_on - first_on).days + 1):
        day = first_on + timedelta(days=ahead)
        if day.weekday() in weekdays:
            yield Slot(day, *minutes, mode)


def refuse_times(slots: Sequence[Slot], first_on: date, last_on: date) -> str | None:
    """Why these cannot be a group's fixed times in a year of these days, or None."""
    if not slots:
        return "group_without_times"
    if len(slots) > MOST_TIMES:
        return "group_too_many_times"
    if any(not 0 <= one.from_minute < one.to_minute <= DAY_MINUTES or one.to_minute - one.from_minute > LONGEST_MINUTES for one in slots):
        return "group_time_impossible"
    if any(not first_on <= one.on <= last_on for one in slots):
        return "group_time_outside_year"
    ordered = sorted(slots)
    return "group_times_overlap" if any(a.end > b.start for a, b in itertools.pairwise(ordered)) else None

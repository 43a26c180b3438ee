"""The demonstration's calendar, counted from the day it is loaded, so that it always lies in the middle of the work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from xingtan.core.calendar import local_day, training_year_of
from xingtan.core.policy import bundled_policy

PACK, TRY_OUT = "jiangxi-2011", "try-out"
YEARS_OF_HISTORY = 5
CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Clock:
    """The moment of loading, and the training years before the one that has begun."""

    now: datetime

    @property
    def today(self) -> date:
        """The local day of loading."""
        return local_day(self.now)

    @property
    def current(self) -> int:
        """The training year of today, which nobody has opened yet: whoever tries Xingtan does."""
        return training_year_of(self.today, bundled_policy(PACK).year.first_day)

    @property
    def running(self) -> int:
        """The year before, still being entered, reviewed and verified."""
        return self.current - 1

    @property
    def closed(self) -> tuple[int, ...]:
        """The years before that, closed."""
        return tuple(range(self.current - YEARS_OF_HISTORY, self.running))

    def at(self, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
        """A moment of the running year, local time; months before July lie in its second half."""
        year = self.running if month >= 7 else self.running + 1
        return min(datetime.combine(date(year, month, day), time(hour, minute), CHINA), self.now)

    def ago(self, days: int, hour: int = 10) -> datetime:
        """A moment some days before loading."""
        return datetime.combine(self.today - timedelta(days=days), time(hour), CHINA) if days else self.now

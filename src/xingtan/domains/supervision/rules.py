"""Who is behind and who stopped: pure, whole seconds and days."""

from __future__ import annotations

from datetime import date

from .states import Pace

STOPPED_DAYS = 14
"""Days without study after which somebody who began has stopped (reading)."""
BEHIND_PERCENT = 80
"""Who has less than this share of what the days gone by ask for is behind (reading: study comes in weeks, not in equal days)."""
NOW_S = 300
"""Who sent a beat within so many seconds studies now; a beat comes every 30 to 120 s."""
REMIND_DAYS = 7
"""Nobody is reminded of the same project more than once in so many days."""


def expected_s(required_s: int, opens_on: date, closes_on: date, today: date) -> int:
    """Seconds that an even pace has brought by the end of this day; nothing before study opens, all of it on the last day."""
    days = (closes_on - opens_on).days + 1
    gone = min(max((today - opens_on).days + 1, 0), days)
    return required_s * gone // days


def pace_of(counted_s: int, required_s: int, last_on: date | None, due_s: int, today: date) -> Pace:
    """Where the study stands: `counted_s` of `required_s` were learned, the last on `last_on`, and `due_s` is what an even pace had brought."""
    if required_s and counted_s >= required_s:
        return Pace.DONE
    if not counted_s:
        return Pace.NOT_BEGUN
    if last_on is None or (today - last_on).days >= STOPPED_DAYS:
        return Pace.STOPPED
    return Pace.BEHIND if counted_s * 100 < due_s * BEHIND_PERCENT else Pace.ON_TRACK

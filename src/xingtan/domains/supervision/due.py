"""By when each of the seven counts is due: before that day nobody is behind with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from xingtan.core.calendar import WindowKind
from xingtan.domains.policies import api as policies

from .counts import SevenCounts

# The window that ends the work a count is about. Planning has none: it is the register.
ENDS: Mapping[str, WindowKind] = {
    "registered": WindowKind.SELECTION,
    "selected": WindowKind.SELECTION,
    "paid": WindowKind.PAYMENT,
    "studying": WindowKind.STUDY,
    "assessed": WindowKind.VERIFICATION,
    "qualified": WindowKind.VERIFICATION,
}


def due_days(year: policies.TrainingYear) -> dict[str, date]:
    """The first day on which each count but the planned is due: the day after its window, the year's end where there is no such window."""
    windows = policies.windows_of(year)
    return {name: (windows[kind].closes_on if kind in windows else year.last_on) + timedelta(days=1) for name, kind in ENDS.items()}


def measured(year: policies.TrainingYear, today: date) -> str:
    """The last of the counts that is due today, in their order; of a closed year the qualified, before anything is due the registered."""
    if year.state == policies.YearState.CLOSED:
        return "qualified"
    days = due_days(year)
    due = [name for name in SevenCounts._fields if name in days and days[name] <= today]
    return due[-1] if due else "registered"

"""How days and hours are carried into another year: plain values in and out."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Difference(NamedTuple):
    """One thing that a copy says otherwise: a code of what, whose title where it is a part's, before and after (None: none)."""

    what: str
    part: str
    old: object
    new: object


def shifted(day: date | None, years: int) -> date | None:
    """The same day so many years later; 29 February becomes the 28th where there is none."""
    if day is None:
        return None
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def within(day: date | None, first: date, last: date) -> date | None:
    """The day, or the nearest of the days from first to last."""
    return None if day is None else max(first, min(day, last))


def kept_hours(component: str, centi: int, left: dict[str, int]) -> tuple[str, int]:
    """Component and hours as far as `left` still has room for them, which is then less; no component without hours."""
    kept = min(centi, left.get(component, 0))
    if kept:
        left[component] -= kept
    return (component if kept else ""), kept

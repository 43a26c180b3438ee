"""What is known of a candidate on the day somebody asks; None where the register does not say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Completed:
    """Training of a kind that came to its end on a day; `project` is its id, 0 where it is not one of ours."""

    kind: str
    ended_on: date
    project: int = 0


@dataclass(frozen=True, slots=True)
class Engagement:
    """A project that a candidate is in, or wants to be in, with its first and last day."""

    project: int
    kind: str
    from_on: date
    to_on: date


@dataclass(frozen=True, slots=True)
class Candidate:
    """The facts that conditions read. `last_verdict` is that of `last_year`, the newest year with a final one."""

    teacher: int
    stage: str
    subject: str
    title: str
    honour: str
    position: str
    hired_on: date
    born_on: date | None
    is_rural: bool
    is_online: bool | None
    is_in_post: bool = True
    last_year: int | None = None
    last_verdict: str | None = None
    completed: tuple[Completed, ...] = ()
    engaged: tuple[Engagement, ...] = ()


def full_years(since: date, day: date) -> int:
    """Whole years from a day to a later one; somebody born on 29 February is a year older on 1 March."""
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


def years_before(day: date, years: int) -> date:
    """The same day that many years earlier; 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)

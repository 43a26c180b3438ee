"""Deciding a statement: pure, standings in, finding and effects out; numbers and their check digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from xingtan.core.calendar import WindowKind
from xingtan.core.policy import Consequence, Policy
from xingtan.core.verdicts import Verdict

from .states import Effect, Finding, Way

GOOD = frozenset({Verdict.QUALIFIED, Verdict.EXEMPT})
HARMLESS = GOOD | {Verdict.DEFERRED}
WAYS = {Verdict.EXAM_REQUIRED: Way.EXAM, Verdict.MAKE_UP_REQUIRED: Way.MAKE_UP, Verdict.NOT_QUALIFIED: Way.MAKE_UP}
ORDER = {effect: place for place, effect in enumerate(Effect)}
MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Standing:
    """A year (or the cycle that begins with it) as it was known: its verdict or None, whether it was final and due by the day asked for."""

    year: int
    is_cycle: bool
    policy: Policy
    verdict: Verdict | None
    is_final: bool
    is_due: bool


class Until(NamedTuple):
    """What lifts a consequence: a verdict, the way to it, and the days on which the policy opens that way; no days when they are over."""

    verdict: Verdict | None
    way: Way | None
    year: int
    opens_on: date | None
    closes_on: date | None


class Found(NamedTuple):
    """A consequence as it stands for one person: with the years (or cycles) that it rests on, and what lifts it."""

    consequence: Consequence
    policy: Policy
    effect: Effect
    because: tuple[Standing, ...]
    until: Until | None


def finding_of(standings: Sequence[Standing], effects: Sequence[Found] | None = None) -> Finding:
    """What the years that were due say together; a consequence that is in force blocks, whatever else is open."""
    if any(one.effect is Effect.IN_FORCE for one in (effects_of(standings) if effects is None else effects)):
        return Finding.BLOCKED
    due = [one for one in standings if one.is_due]
    if any(one.verdict is Verdict.UNDETERMINED for one in due):
        return Finding.UNCLEAR
    if any(one.verdict is None or not one.is_final or one.verdict not in HARMLESS for one in due):
        return Finding.PENDING
    return Finding.MEETS if due else Finding.NOTHING_DUE


def effects_of(standings: Sequence[Standing], on: date | None = None) -> tuple[Found, ...]:
    """Every consequence that a policy of these years knows, in the policy's order, those in force first."""
    known: dict[str, tuple[Consequence, Policy]] = {}
    for standing in standings:
        known |= {one.code: (one, standing.policy) for one in standing.policy.consequences}
    found = [_effect(one, policy, standings, on) for one, policy in known.values()]
    return tuple(sorted(found, key=lambda one: ORDER[one.effect]))


def is_good(consequence: Consequence) -> bool:
    """True for what speaks for a person: it follows from good verdicts only."""
    return set(consequence.verdicts) <= GOOD


def _effect(consequence: Consequence, policy: Policy, standings: Sequence[Standing], on: date | None) -> Found:
    hit = [one for one in standings if _brings(one, consequence.code)]
    final = _years_first([one for one in hit if one.is_final])
    if is_good(consequence):
        return Found(consequence, policy, Effect.HOLDS if final else Effect.CLEAR, final, None)
    if final:
        return Found(consequence, policy, Effect.IN_FORCE, final, _until(consequence, final[0], on))
    expected = _years_first([one for one in hit if one.is_due])
    if expected:
        return Found(consequence, policy, Effect.WOULD_FOLLOW, expected, _until(consequence, expected[0], on))
    return Found(consequence, policy, Effect.CLEAR, (), None)


def _brings(standing: Standing, code: str) -> bool:
    """True when this verdict has the consequence under the policy of its own year."""
    return standing.verdict is not None and code in _codes(standing.policy, standing.verdict)


@lru_cache(maxsize=1024)
def _codes(policy: Policy, verdict: Verdict) -> frozenset[str]:
    return frozenset(one.code for one in policy.consequences_of(verdict.value))


def _years_first(standings: Iterable[Standing]) -> tuple[Standing, ...]:
    """The years; the cycle alone when no year of it says the same."""
    rows = list(standings)
    return tuple([one for one in rows if not one.is_cycle] or rows)


def _until(consequence: Consequence, first: Standing, on: date | None) -> Until:
    way = WAYS.get(first.verdict) if first.verdict is not None else None
    opens_on, closes_on = _days_of(way, first, on)
    return Until(consequence.until, way, first.year, opens_on, closes_on)


def _days_of(way: Way | None, standing: Standing, on: date | None) -> tuple[date | None, date | None]:
    """When the policy lets the year be made good: its exam, or the days of the next training year that has not ended."""
    policy, year = standing.policy, standing.year
    if way is Way.EXAM and (window := policy.windows(year).get(WindowKind.EXAM)) is not None:
        return (None, None) if on is not None and window.closes_on < on else (window.opens_on, window.closes_on)
    if way is Way.MAKE_UP:
        here = policy.training_year_of(on) if on is not None else year + 1
        return policy.year_days(max(year + 1, here))
    return None, None


def refuse_asking(on: date, known_at: datetime, *, today: date, now: datetime) -> str:
    """Why nothing can be said for this day and moment, or nothing: neither lies in the future, and the day is not before the year 2000."""
    if known_at > now:
        return "eligibility_moment_ahead"
    if on > today:
        return "eligibility_day_ahead"
    return "eligibility_day_too_early" if on.year < 2000 else ""


def lines_of(text: str) -> list[str]:
    """The people of a pasted list: one a line, cells parted by tabs, commas or semicolons; the first cell that says something counts."""
    found = []
    for line in text.splitlines():
        cells = [cell.strip().strip('"') for cell in re.split(r"[\t,，;；]", line.replace("\ufeff", ""))]
        if cell := next((cell for cell in cells if cell), ""):
            found.append(cell)
    return found

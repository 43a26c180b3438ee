"""Who approves, when, and who stays when more apply than there is room for: pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from .states import MOVES, Act, State

LEVELS = ("school", "county", "city", "province")
# What may decide when a class takes fewer than apply; each with the smaller value first. Arrival decides last, always.
CRITERIA = ("cancelled", "debt", "deferred", "rural", "untrained", "arrived")
USUAL = ("cancelled", "debt", "deferred", "untrained", "arrived")


def after(state: State, act: Act) -> State | None:
    """The state that the act leads to from here, or None where it may not be done."""
    return MOVES[state].get(act)


def steps_of(told: Sequence[str], number: int, organiser_kind: str) -> tuple[str, ...]:
    """The levels that approve, in order: those the office named, else so many as the project asks for."""
    if told:
        return tuple(told)
    last = "school" if organiser_kind in ("school", "teaching_point") else "county"
    return ((), (last,), ("school", "county"))[min(number, 2)]


def refuse_steps(steps: Sequence[str]) -> str | None:
    """Why these may not be the levels that approve, or None: at most two, known, rising."""
    if len(steps) > 2 or any(step not in LEVELS for step in steps):
        return "admission_steps_wrong"
    ranks = [LEVELS.index(step) for step in steps]
    return None if ranks == sorted(set(ranks)) else "admission_steps_wrong"


def born_state(steps: Sequence[str], level: str | None) -> State:
    """Where an application begins that an office of this level (None: the teacher) hands in: its own step is done with it."""
    done = 0 if level is None else sum(1 for step in steps if LEVELS.index(step) <= LEVELS.index(level))
    if done == len(steps):
        return State.COUNTY_APPROVED
    return State.APPLIED if done == 0 else State.SCHOOL_APPROVED


def next_step(steps: Sequence[str], state: State) -> tuple[str, Act] | None:
    """The level whose approval is due, and the act that it is; None where nobody's is."""
    if state is State.APPLIED and len(steps) == 2:
        return steps[0], Act.APPROVE_FIRST
    if state in (State.APPLIED, State.SCHOOL_APPROVED) and steps:
        return steps[-1], Act.APPROVE
    return None


class Span(NamedTuple):
    """When a round is open, and until when only for those whose class was cancelled or trimmed before."""

    opens_at: datetime
    closes_at: datetime
    first_until: datetime | None


def refuse_span(span: Span, *, is_first: bool, now: datetime) -> str | None:
    """Why nobody applies in the round now, or None."""
    if now < span.opens_at:
        return "round_not_open"
    if now >= span.closes_at:
        return "round_closed"
    return "round_others_first" if span.first_until is not None and now < span.first_until and not is_first else None


def refuse_late(until: datetime | None, now: datetime, code: str) -> str | None:
    """The code once the time has passed; None while it has not, or where there is none."""
    return code if until is not None and now > until else None


class Entrant(NamedTuple):
    """What decides between two who want the same class; times in microseconds, a debt as its year."""

    pk: int
    arrived: int
    was_cancelled: bool = False
    debt: int | None = None
    was_deferred: bool = False
    is_rural: bool = False
    trainings: int = 0


_NO_DEBT = 9999
KEYS: Mapping[str, Callable[[Entrant], int]] = {
    "cancelled": lambda one: not one.was_cancelled,
    "debt": lambda one: one.debt or _NO_DEBT,
    "deferred": lambda one: not one.was_deferred,
    "rural": lambda one: not one.is_rural,
    "untrained": lambda one: one.trainings,
    "arrived": lambda one: one.arrived,
}


def in_order(entrants: Collection[Entrant], criteria: Sequence[str]) -> list[Entrant]:
    """Those who stay first; equal ones by arrival, then by number, so that the order is the same every time."""
    keys = [KEYS[name] for name in (*(criteria or USUAL), "arrived")]
    return sorted(entrants, key=lambda one: (*(key(one) for key in keys), one.pk))


def cut(entrants: Collection[Entrant], most: int | None, criteria: Sequence[str]) -> list[Entrant]:
    """Who does not find room, the first of them nearest to it; nobody where there is room for all."""
    return [] if most is None else in_order(entrants, criteria)[most:]

"""What may be recorded under a pack, and why it may not: pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from xingtan.core.determination.holding import ARRIVED, CATEGORY, LEAVE, known_values
from xingtan.core.policy import Policy, Words

from .states import MOVES, Act, Fate, State

RANK, DUTY = "rank", "duty"
# The category is chosen in the selection, the day of arrival stands in the register: neither is entered twice.
ELSEWHERE = frozenset({CATEGORY, ARRIVED})
# A plain flag holds while it stands; that it does not hold is said by no row at all.
FLAG = ""


class Choice(NamedTuple):
    """One thing that the pack lets an office record: fact and value, with their names; hours are asked for duties that offset."""

    name: str
    value: str
    label: Words
    has_hours: bool = False
    is_yearly: bool = False
    may_be_open: bool = False

    @property
    def code(self) -> str:
        """The name and value as one word of a form or address."""
        return f"{self.name}:{self.value}" if self.value else self.name


class Stated(NamedTuple):
    """What is said of a person: a fact and its value from a day to a day (both included, None goes on), on which ground, with which hours."""

    name: str
    value: str
    from_on: date
    to_on: date | None
    ground: str = ""
    hours_centi: int = 0


class Year(NamedTuple):
    """The days of the training year under which something is recorded."""

    first_on: date
    last_on: date


class Row(NamedTuple):
    """A circumstance that stands already."""

    teacher_id: int
    name: str
    value: str
    from_on: date
    to_on: date | None


def choices(policy: Policy) -> tuple[Choice, ...]:
    """Everything that the pack lets an office record, in the pack's order; what the engine knows and nobody offers here is left out."""
    known = known_values(policy)
    offset = policy.offset
    found = [Choice(LEAVE, one.code, one.label) for one in policy.leave]
    for fact in policy.facts:
        found += [Choice(fact.code, value.code, value.label, may_be_open=True) for value in fact.values]
        found += [] if fact.values else [Choice(fact.code, FLAG, fact.label, is_yearly=True)]
    if offset is not None and offset.is_open:
        found += [Choice(RANK, one.code, one.label, may_be_open=True) for one in offset.ranks]
        found.append(Choice(DUTY, offset.duty.code, offset.duty.label, has_hours=True, is_yearly=True))
    return tuple(one for one in found if one.name not in ELSEWHERE and one.value in known.get(one.name, ()))


def choice_of(policy: Policy, name: str, value: str) -> Choice | None:
    """What the pack says of this fact and value, or None when it does not know them."""
    return next((one for one in choices(policy) if (one.name, one.value) == (name, value)), None)


def refuse_stated(policy: Policy, year: Year, stated: Stated) -> str | None:
    """Why this may not be recorded under the pack of the year, or None if it may."""
    choice = choice_of(policy, stated.name, stated.value)
    if choice is None:
        return "circumstance_unknown"
    if stated.to_on is not None and stated.to_on < stated.from_on:
        return "circumstance_ends_before"
    if why := _refuse_days(choice, year, stated):
        return why
    return _refuse_hours(policy, choice, stated)


def _refuse_days(choice: Choice, year: Year, stated: Stated) -> str | None:
    if stated.to_on is None and not choice.may_be_open:
        return "circumstance_needs_an_end"
    if stated.from_on > year.last_on or (stated.to_on is not None and stated.to_on < year.first_on):
        return "circumstance_outside_year"
    if choice.is_yearly and (stated.from_on < year.first_on or stated.to_on is None or stated.to_on > year.last_on):
        return "circumstance_is_yearly"
    return None


def _refuse_hours(policy: Policy, choice: Choice, stated: Stated) -> str | None:
    if not choice.has_hours:
        return "circumstance_without_hours" if stated.hours_centi else None
    most = policy.offset.cap_centi if policy.offset else 0
    return None if 0 < stated.hours_centi <= most else "circumstance_hours_range"


def is_exclusive(policy: Policy, name: str) -> bool:
    """True when two values of the fact cannot hold on one day: leave has one ground, and the pack may say the same of a fact."""
    return name == LEAVE or any(fact.code == name and fact.is_single for fact in policy.facts)


def fate_of(stated: Stated, standing: Iterable[Row], *, exclusive: bool) -> Fate:
    """What becomes of the statement beside what stands of the same teacher: the very same changes nothing, an overlap speaks against it."""
    own = [row for row in standing if row.name == stated.name]
    if any(_is_same(row, stated) for row in own):
        return Fate.ALREADY
    against = [row for row in own if (exclusive or row.value == stated.value) and _overlap(row, stated)]
    return Fate.CONTRADICTS if against else Fate.NEW


def _is_same(row: Row, stated: Stated) -> bool:
    return (row.value, row.from_on, row.to_on) == (stated.value, stated.from_on, stated.to_on)


def _overlap(row: Row, stated: Stated) -> bool:
    return row.from_on <= (stated.to_on or date.max) and stated.from_on <= (row.to_on or date.max)


def refuse_act(state: State, act: Act, *, reason: str) -> str | None:
    """Why this step may not be taken from this state, or None; all but granting need a reason in words."""
    if act not in MOVES[state]:
        return "circumstance_wrong_state"
    return "circumstance_needs_a_reason" if act is not Act.GRANTED and not reason.strip() else None


def refuse_end(from_on: date, to_on: date | None, last_on: date) -> str | None:
    """Why it may not end on this day, or None: within its days and earlier than it would anyway."""
    if last_on < from_on or (to_on is not None and last_on >= to_on):
        return "circumstance_end_outside"
    return None

"""Decisions about trainings and claims that need no database."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import NamedTuple

from xingtan.core.policy import Conversion, Policy, Way, conversion_for, worth_centi
from xingtan.core.policy.kinds import AmountUnit
from xingtan.core.units import HUNDREDTHS

from .states import CLAIM_MOVES, TRAINING_MOVES, Act, ClaimState, TrainingState

MOST_MEETINGS = 60
OFFSET_WAY = "offset"
NEED_REASON = frozenset({Act.RETURNED, Act.WITHDRAWN})


class Span(NamedTuple):
    """A stretch of a local day, in minutes from midnight."""

    on: date
    from_minute: int
    to_minute: int

    @property
    def minutes(self) -> int:
        """How long it is."""
        return self.to_minute - self.from_minute

    def meets(self, other: Span) -> bool:
        """True when nobody can be at both."""
        return self.on == other.on and self.from_minute < other.to_minute and other.from_minute < self.to_minute


class Year(NamedTuple):
    """The days of a training year."""

    first_on: date
    last_on: date


class Outlook(NamedTuple):
    """What a claim is worth, how much of its cap is taken already, and how much of it would count; hundredths of an hour, `cap` None for none."""

    worth: int
    cap: int | None
    taken: int

    @property
    def counts(self) -> int:
        """How much would count of it."""
        return self.worth if self.cap is None else min(self.worth, max(self.cap - self.taken, 0))


def outlook(policy: Policy, way: Way, amount_centi: int, taken: int) -> Outlook:
    """What so much of the way would bring beside what is recognised of its conversion already."""
    return Outlook(worth_centi(policy, way, amount_centi), conversion_for(policy, way).year_cap_centi, taken)


def worth_beside(one: Conversion, amounts: Iterable[int], given: int, amount: int) -> int:
    """What one more amount is worth when the whole is converted once: the floor of all together, less what the others were given."""
    whole = (sum(amounts) + amount) * one.gives_centi // (one.per * HUNDREDTHS)
    return max(whole - given, 0)


def attended_amount(way: Way, minutes: Collection[int]) -> int:
    """Hundredths of the way's unit for these meetings: their minutes together, or how many meetings they are."""
    match way.unit:
        case AmountUnit.MINUTE:
            return sum(minutes) * HUNDREDTHS
        case AmountUnit.HOUR:
            return sum(minutes) * HUNDREDTHS // 60
        case _:
            return len(minutes) * HUNDREDTHS


def within_plan(policy: Policy, way: Way, amount_centi: int, planned_centi: int) -> int:
    """The most of the amount that is worth no more than the hours planned."""
    one = conversion_for(policy, way)
    if not one.gives_centi:
        return amount_centi
    return min(amount_centi, planned_centi * one.per * HUNDREDTHS // one.gives_centi)


def refuse_training_act(state: TrainingState, act: Act, *, reason: str) -> str | None:
    """Why this step may not be taken from this state, or None."""
    if act not in TRAINING_MOVES[state]:
        return "training_wrong_state"
    return "recognition_needs_a_reason" if act in NEED_REASON and not reason.strip() else None


def refuse_claim_act(state: ClaimState, act: Act, *, reason: str) -> str | None:
    """Why this step may not be taken from this state, or None."""
    if act not in CLAIM_MOVES[state]:
        return "claim_wrong_state"
    return "recognition_needs_a_reason" if act in NEED_REASON and not reason.strip() else None


def refuse_days(first_on: date, last_on: date, year: Year) -> str | None:
    """Why a training may not have these days, or None: they lie within its training year."""
    if last_on < first_on:
        return "training_ends_before"
    return None if year.first_on <= first_on and last_on <= year.last_on else "training_outside_year"


def refuse_meeting(span: Span, first_on: date, last_on: date, others: Collection[Span]) -> str | None:
    """Why a meeting may not be held then, or None."""
    if span.to_minute <= span.from_minute:
        return "meeting_ends_before"
    if not first_on <= span.on <= last_on:
        return "meeting_outside_training"
    if any(span.meets(other) for other in others):
        return "meeting_overlaps"
    return "meetings_too_many" if len(others) >= MOST_MEETINGS else None


def elsewhere_then(span: Span, elsewhere: Mapping[int, Collection[Span]], teacher_ids: Iterable[int]) -> list[int]:
    """Those who were somewhere else at the time."""
    return [pk for pk in teacher_ids if any(span.meets(other) for other in elsewhere.get(pk, ()))]


def missing_proofs(way: Way, codes: Collection[str]) -> list[str]:
    """The documents that the way asks for and that are not there."""
    return [code for code in way.required_proofs() if code not in codes]


def refuse_claim(way: Way, amount_centi: int, happened_on: date, year: Year, today: date) -> str | None:
    """Why this may not be claimed, or None."""
    if amount_centi <= 0:
        return "claim_of_nothing"
    if way.most_centi and amount_centi > way.most_centi:
        return "claim_too_much"
    if not year.first_on <= happened_on <= year.last_on:
        return "claim_outside_year"
    return "claim_in_the_future" if happened_on > today else None

"""Which dated facts hold in a training year, and what is missing or contradicts itself among them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from xingtan.core.determination.facts import Reason
from xingtan.core.policy import Policy
from xingtan.core.policy.kinds import Holds
from xingtan.core.verdicts import ReasonCode

CATEGORY, LEAVE, ARRIVED = "category", "leave", "arrived"
NO_END = 9_999_999
_YES = frozenset({"", "1", "yes", "true", "是"})
_NO = frozenset({"0", "no", "false", "否"})


class DatedFact(NamedTuple):
    """A fact of a person from a day to a day, both ordinals and both included; `NO_END` when it goes on."""

    name: str
    value: str
    from_day: int
    to_day: int = NO_END


class Days(NamedTuple):
    """The days of a training year that facts are asked on, as ordinals."""

    first: int
    last: int
    opens: int
    closes: int

    def span(self, holds: Holds) -> tuple[int, int, bool]:
        """First and last day that are meant, and whether all of them or any."""
        match holds:
            case Holds.ANY_DAY:
                return self.opens, self.closes, False
            case Holds.WHOLE_YEAR:
                return self.opens, self.closes, True
            case Holds.FIRST_DAY:
                return self.first, self.first, True
            case Holds.LAST_DAY:
                return self.last, self.last, True
            case Holds.STUDY_OPENS:
                return self.opens, self.opens, True


class Flag(NamedTuple):
    """One name of the formulas, and the facts that set it: name, values (None for any), and when they have to hold."""

    name: str
    fact: str
    values: frozenset[str]
    holds: Holds


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person's facts say of a year."""

    item: int
    leave_ground: str | None
    held: frozenset[str]
    unclear: tuple[Reason, ...]


@lru_cache(maxsize=1024)
def days_of(policy: Policy, year: int) -> Days:
    """The year's own days and the days of its study."""
    first, last = policy.year_days(year)
    opens, closes = policy.study_days(year)
    return Days(first.toordinal(), last.toordinal(), opens.toordinal(), closes.toordinal())


@lru_cache(maxsize=64)
def flags_of(policy: Policy) -> tuple[Flag, ...]:
    """Every flag of the policy's formulas, in their order, then one per item for the category of a year."""
    offset = policy.offset
    return (
        *(Flag(f"leave_{one.code}", LEAVE, frozenset({one.code}), Holds.ANY_DAY) for one in policy.leave),
        *(Flag(f"rank_{one.code}", "rank", frozenset({one.code}), Holds.ANY_DAY) for one in (offset.ranks if offset else ())),
        *((Flag(f"duty_{offset.duty.code}", "duty", frozenset({offset.duty.code}), Holds.ANY_DAY),) if offset else ()),
        *(
            Flag(f"{fact.code}_{value.code}", fact.code, frozenset({value.code}), fact.holds)
            for fact in policy.facts
            for value in fact.values
        ),
        *(Flag(fact.code, fact.code, _YES, fact.holds) for fact in policy.facts if not fact.values),
        *(Flag(f"{CATEGORY}_{item.number}", CATEGORY, frozenset({str(item.number)}), Holds.STUDY_OPENS) for item in policy.items),
    )


def known_values(policy: Policy) -> Mapping[str, frozenset[str]]:
    """The facts that a policy knows, each with the values it may have; `arrived` has none."""
    known: dict[str, set[str]] = {CATEGORY: set(), LEAVE: set(), "rank": set(), "duty": set(), ARRIVED: {""}}
    for flag in flags_of(policy):
        known.setdefault(flag.fact, set()).update(flag.values)
    for fact in policy.facts:
        if not fact.values:
            known[fact.code] |= _NO
    return {name: frozenset(values) for name, values in known.items()}


def standing_in(policy: Policy, year: int, facts: Iterable[DatedFact], item_given: int) -> Standing:
    """What holds in the year; a category of the year's own goes over the one given for the person (0 for none)."""
    days, rows = days_of(policy, year), list(facts)
    held = frozenset(flag.name for flag in flags_of(policy) if any(_holds(flag, row, days) for row in rows))
    items = [item.number for item in policy.items if f"{CATEGORY}_{item.number}" in held]
    grounds = [ground.code for ground in policy.leave if f"leave_{ground.code}" in held]
    unclear = [] if len(items) < 2 else [Reason(ReasonCode.FACTS_CONTRADICT, {"what": CATEGORY})]
    values = {
        fact.code: sum(f"{fact.code}_{value.code}" in held for value in fact.values) or int(fact.code in held) for fact in policy.facts
    }
    clashing = [fact.code for fact in policy.facts if fact.is_single and values[fact.code] > 1]
    missing = [fact.code for fact in policy.facts if fact.is_required and not values[fact.code]]
    unclear += [Reason(ReasonCode.FACTS_CONTRADICT, {"what": code}) for code in clashing]
    unclear += [Reason(ReasonCode.FACT_MISSING, {"fact": code}) for code in missing]
    return Standing(max(items, default=item_given), grounds[0] if grounds else None, held, tuple(unclear))


def _holds(flag: Flag, row: DatedFact, days: Days) -> bool:
    if row.name != flag.fact or row.value not in flag.values:
        return False
    first, last, is_whole = days.span(flag.holds)
    return (row.from_day <= first and row.to_day >= last) if is_whole else (row.from_day <= last and row.to_day >= first)

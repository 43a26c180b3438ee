"""What a batch computes of each year and of the cycle: the texts of the formulas, pruned by what the evidence can tell at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache

from xingtan.core.determination.batch.columns import Api, Plan, plan_of
from xingtan.core.determination.holding import CATEGORY
from xingtan.core.policy import Policy
from xingtan.core.policy.cycle_formulas import cycle_formulas, person_formulas, settling_formulas, verdict_of_row
from xingtan.core.policy.formulas import year_formulas
from xingtan.core.policy.handing_on import states
from xingtan.core.policy.text import total

# Before the formulas that ask for it: each formula uses only what stands above it.
UNCLEAR = "unclear = item_unknown + 2 * fact_missing + 4 * fact_clash"
Known = tuple[tuple[str, int], ...]
# What decides the words of a year, and the amounts of a year, each with the column that holds it.
DECIDED = ("row", "also", "unclear", "made_up")
TOLD = {"required": "shown_required", "recognised": "shown_recognised", "carried": "shown_carried", "credited": "settled_credited"}


@lru_cache(maxsize=256)
def year_plan(api: Api, policy: Policy, year: int, on: date, known: Known) -> Plan:
    """A year's formulas from slots, flags, days and what the year before handed on, to what `kept_of_year` names."""
    text = "\n".join((_standing(policy), person_formulas(policy, year, on), UNCLEAR, year_formulas(policy), _shown(policy)))
    return plan_of(api, text, known, (*kept_of_year(policy), *(f"next_{name}" for name in states(policy))))


def cycle_plan(api: Api, policies: Mapping[int, Policy], known: Known) -> Plan:
    """The formulas from all years' columns, the year at the end of their names, to what `kept_of_cycle` names."""
    years = sorted(policies)
    last = policies[years[-1]]
    text = "\n".join((*_cycle_sums(policies, years), settling_formulas(last, years), cycle_formulas(last)))
    return plan_of(api, text, known, kept_of_cycle(last, years))


def _standing(policy: Policy) -> str:
    """What the facts of the year say beside their flags: the item, the leave, what contradicts itself or is missing."""
    items = {item.number: f"{CATEGORY}_{item.number}" for item in policy.items}
    leaves = [f"leave_{ground.code}" for ground in policy.leave]
    held = {fact.code: [f"{fact.code}_{value.code}" for value in fact.values] or [fact.code] for fact in policy.facts}
    clashes = [f"({total(items.values())} > 1)", *(f"({total(held[fact.code])} > 1)" for fact in policy.facts if fact.is_single)]
    missing = [f"({total(held[fact.code])} == 0)" for fact in policy.facts if fact.is_required]
    of_year = "".join(f"{number} if {name} == 1 else " for number, name in sorted(items.items(), reverse=True))
    any_of = " or ".join
    return "\n".join(
        (
            f"item_given = {of_year}item_of_person",
            "item_missing = 1 if item_given == 0 else 0",
            f"on_leave = 1 if {total(leaves)} > 0 else 0",
            f"fact_clash = 1 if {any_of(clashes)} else 0",
            f"fact_missing = {f'1 if {any_of(missing)} else 0' if missing else 0}",
        )
    )


def _shown(policy: Policy) -> str:
    """What a verdict shows; nothing where there is none."""
    amounts = {name: name for name in ("required", "recognised", "carried")}
    amounts |= {f"of_{one.code}": f"{one.code}_recognised" for one in policy.all_buckets}
    amounts |= {f"verified_{one.code}": f"{one.code}_verified" for one in policy.all_buckets}
    amounts |= {f"earmarked_{one.code}": f"{one.code}_checked" for one in policy.earmarks}
    return "\n".join(
        (
            *(f"shown_{name} = {of} if row >= 0 else 0" for name, of in amounts.items()),
            f"verdict = {verdict_of_row(policy)}",
        )
    )


@lru_cache(maxsize=64)
def kept_of_year(policy: Policy) -> tuple[str, ...]:
    """The columns of a judged year that anything later reads."""
    names = ["row", "verdict", "also", "unclear", "owes", "debt_number", "credited", "on_roster", "is_new_hire"]
    names += ["retires_in_cycle", "shown_required", "shown_recognised", "shown_carried"]
    names += [f"{shown}_{one.code}" for one in policy.all_buckets for shown in ("shown_of", "shown_verified")]
    names += [f"shown_earmarked_{one.code}" for one in policy.earmarks]
    return tuple(names)


def kept_of_cycle(policy: Policy, years: Sequence[int]) -> tuple[str, ...]:
    """What the cycle's formulas are worked out for: the settled years and the cycle's own row."""
    settled = (f"{name}_{year}" for year in years for name in ("made_up", "settled_credited"))
    return (*settled, "row", "also", "required", "credited", "cycle_carried", *(f"cycle_of_{one.code}" for one in policy.all_buckets))


def told_of_year(policy: Policy) -> tuple[str, ...]:
    """The columns of a settled year that its row is told from."""
    return ("on_roster", *DECIDED, *TOLD.values(), *(f"shown_of_{one.code}" for one in policy.all_buckets))


def _cycle_sums(policies: Mapping[int, Policy], years: Sequence[int]) -> list[str]:
    """What the cycle's formulas start from, as formulas of its years."""
    last = policies[years[-1]]

    def summed(shown: str, code: str) -> str:
        return total(f"shown_{shown}_{code}_{year}" for year in years if f"shown_{shown}_{code}" in kept[year])

    kept = {year: frozenset(kept_of_year(policies[year])) for year in years}
    return [
        f"is_new_hire = is_new_hire_{years[-1]}",
        f"retires_in_cycle = retires_in_cycle_{years[-1]}",
        "debts_cleared = debts_cleared_in_all",
        f"cycle_carried = {total(f'shown_carried_{year}' for year in years)}",
        *(f"required_{year} = shown_required_{year}" for year in years),
        *(f"cycle_of_{one.code} = {summed('of', one.code)}" for one in last.all_buckets),
        *(f"{one.code}_credited = {summed('verified', one.code)}" for one in last.all_buckets),
        *(f"{one.code}_credited = {summed('earmarked', one.code)}" for one in last.earmarks),
    ]

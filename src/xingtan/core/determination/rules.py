"""A policy's formulas, compiled once for any number of teachers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from xingtan.core.policy import Policy
from xingtan.core.policy.expressions import compile_formulas
from xingtan.core.policy.formulas import CYCLE_INPUTS, cycle_formulas, year_formulas, year_inputs


@dataclass(frozen=True, slots=True)
class ComponentSlots:
    """Where a component's and its parts' sums stand among a year's inputs, and the names its numbers have."""

    code: str
    short: str
    surplus: str
    learned: int
    checked: int
    parts: dict[str, int]
    work: tuple[str, ...]
    minimums: dict[str, int]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a determination runs: two functions of whole numbers, and how facts become their arguments."""

    policy: Policy
    judge_year: Callable[..., dict[str, int]]
    judge_cycle: Callable[..., dict[str, int]]
    slots: dict[str, ComponentSlots]
    width: int
    items: frozenset[int]
    default_item: int
    new_hire_item: int
    leave_grounds: frozenset[str]


@lru_cache(maxsize=64)
def rules_of(policy: Policy) -> Rules:
    """The policy's formulas, compiled; the same object for the same policy."""
    inputs = year_inputs(policy)
    at = {name: index for index, name in enumerate(inputs)}
    slots = {
        one.code: ComponentSlots(
            code=one.code,
            short=f"{one.code}_short",
            surplus=f"{one.code}_surplus",
            learned=at[f"{one.code}_learned"],
            checked=at[f"{one.code}_checked"],
            parts={part.code: at[f"{one.code}_{part.code}_learned"] for part in one.parts},
            work=tuple(work.value for work in one.work),
            minimums={part.code: part.minimum_centi for part in one.parts},
        )
        for one in policy.components
    }
    return Rules(
        policy=policy,
        judge_year=compile_formulas(f"{policy.code} year", inputs, year_formulas(policy)),
        judge_cycle=compile_formulas(f"{policy.code} cycle", CYCLE_INPUTS, cycle_formulas(policy)),
        slots=slots,
        width=len(inputs),
        items=frozenset(item.number for item in policy.items),
        default_item=policy.default_item.number,
        new_hire_item=policy.new_hire_item.number,
        leave_grounds=frozenset(ground.code for ground in policy.leave),
    )

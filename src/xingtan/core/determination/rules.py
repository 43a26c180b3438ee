"""A policy's formulas, compiled once for any number of teachers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from xingtan.core.policy import Policy
from xingtan.core.policy.cycle_formulas import (
    PERSON_INPUTS,
    cycle_formulas,
    cycle_inputs,
    person_formulas,
    settling_formulas,
    settling_inputs,
)
from xingtan.core.policy.expressions import compile_formulas
from xingtan.core.policy.formulas import also_tests, year_formulas, year_inputs
from xingtan.core.policy.kinds import How
from xingtan.core.policy.slots import slots_of
from xingtan.core.verdicts import ReasonCode

Judge = Callable[..., dict[str, int]]


@dataclass(frozen=True, slots=True)
class Rules:
    """What a determination runs: functions of whole numbers, and how facts become their arguments."""

    policy: Policy
    judge_year: Judge
    judge_cycle: Judge
    at: Mapping[str, int]
    blank: tuple[int, ...]
    source_caps: Mapping[str, int]
    best: frozenset[str]
    counted: frozenset[str]
    also: tuple[ReasonCode, ...]
    items: frozenset[int]
    default_item: int
    new_hire_item: int
    leave_grounds: frozenset[str]


@lru_cache(maxsize=64)
def rules_of(policy: Policy) -> Rules:
    """The policy's formulas, compiled; the same object for the same policy."""
    inputs, slots = year_inputs(policy), slots_of(policy).all
    best = frozenset(slot.name for slot in slots if slot.how is How.BEST)
    return Rules(
        policy=policy,
        judge_year=compile_formulas(f"{policy.code} year", inputs, year_formulas(policy)),
        judge_cycle=compile_formulas(f"{policy.code} cycle", cycle_inputs(policy), cycle_formulas(policy)),
        at={name: index for index, name in enumerate(inputs)},
        blank=tuple(-1 if name in best else 0 for name in inputs),
        source_caps={slot.name: slot.source_cap for slot in slots if slot.source_cap is not None},
        best=best,
        counted=frozenset(slot.name for slot in slots if slot.how is How.COUNT),
        also=tuple(code for code, _ in also_tests(policy)),
        items=frozenset(item.number for item in policy.items),
        default_item=policy.default_item.number,
        new_hire_item=policy.new_hire_item.number,
        leave_grounds=frozenset(ground.code for ground in policy.leave),
    )


@lru_cache(maxsize=256)
def person_of(policy: Policy, year: int, on: date) -> Judge:
    """What a person's own days say of a training year, judged on a day."""
    return compile_formulas(f"{policy.code} person {year}", PERSON_INPUTS, person_formulas(policy, year, on))


@lru_cache(maxsize=64)
def settling_of(policy: Policy, years: tuple[int, ...]) -> Judge:
    """How the debts of these years settle, and the sums of their cycle."""
    inputs = ("is_new_hire", *settling_inputs(years))
    return compile_formulas(f"{policy.code} settling", inputs, settling_formulas(policy, years))

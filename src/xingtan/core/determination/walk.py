"""The walk through a policy's decision table: which rows were tried before one held, and the numbers that each looked at."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple

from xingtan.core.determination.findings import YearVerdict
from xingtan.core.policy import DecisionRow, Policy
from xingtan.core.policy.expressions import compile_formulas
from xingtan.core.policy.formulas import OTHERWISE

Judge = Callable[..., dict[str, int]]


class RowTried(NamedTuple):
    """A row of the decision table, whether its condition held, and the value of each name in it."""

    row: DecisionRow
    holds: bool
    numbers: Mapping[str, int]


def rows_tried(policy: Policy, verdict: YearVerdict) -> tuple[RowTried, ...]:
    """The rows from the first to the decisive one; none where no row decided."""
    found = []
    for index in range(verdict.row + 1):
        names, judge = _judge(policy, index)
        numbers = {name: verdict.numbers[name] for name in names}
        found.append(RowTried(policy.decide[index], bool(judge(*numbers.values())["answer"]), numbers))
    return tuple(found)


@lru_cache(maxsize=1024)
def _judge(policy: Policy, index: int) -> tuple[tuple[str, ...], Judge]:
    """The names of a row's condition, and the condition as a function of them."""
    when = policy.decide[index].when.strip()
    if when == OTHERWISE:
        return (), lambda: {"answer": 1}
    tree = ast.parse(when, mode="eval")
    names = tuple(dict.fromkeys(node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id not in {"min", "max"}))
    return names, compile_formulas(f"{policy.code} row {index}", names, f"answer = 1 if {ast.unparse(tree)} else 0")

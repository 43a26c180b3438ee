"""Pieces of formulas' text that several formulas share."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence

from xingtan.core.policy.model import Policy
from xingtan.core.policy.parts import DecisionRow
from xingtan.core.verdicts import Verdict


def decisive_row(rows: Sequence[DecisionRow]) -> str:
    """The number of the first row whose condition holds, as one expression; the last row holds otherwise."""
    tests = "".join(f"{index} if {plain(row.when)} else " for index, row in enumerate(rows[:-1]))
    return f"{tests}{len(rows) - 1}"


def plain(condition: str) -> str:
    """The condition as Python writes it back: no comment and no line break of the pack's can reach a formula."""
    return ast.unparse(ast.parse(condition.strip(), mode="eval"))


def total(names: Iterable[str]) -> str:
    """The sum of the names; nothing for none."""
    return " + ".join(names) or "0"


def whole(parts: str, scale: int) -> str:
    """Hundredths of these parts, floored: the one division per bucket and year."""
    return parts if scale == 1 else f"({parts}) // {scale}"


def rows_of(policy: Policy, verdicts: Iterable[Verdict]) -> list[int]:
    """The numbers of the decision rows that say one of these verdicts."""
    wanted = set(verdicts)
    return [index for index, row in enumerate(policy.decide) if row.verdict in wanted]


def is_row(rows: Sequence[int]) -> str:
    """The condition that one of these rows decided."""
    return " or ".join(f"row == {index}" for index in rows) or "0 == 1"


def not_row(rows: Sequence[int]) -> str:
    """The condition that none of these rows decided."""
    return " and ".join(f"row != {index}" for index in rows) or "0 == 0"

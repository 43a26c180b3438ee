"""A problem of a pack's meaning, before it has its line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xingtan.core.policy.expressions import check
from xingtan.core.policy.places import Path


class Flaw(NamedTuple):
    """A problem that has no line yet."""

    path: Path
    found: str
    expected: str
    code: str


def listed(words: Iterable[str]) -> str:
    """The words as one text; `nothing` for none."""
    return ", ".join(map(str, words)) or "nothing"


def names_of(text: str, inputs: Sequence[str]) -> list[str]:
    """The inputs and every name that the formulas define; `ExpressionError` when they are not in the language."""
    check(text, inputs)
    return [*inputs, *(line.split(" = ", 1)[0] for line in text.splitlines())]

"""Everything that is wrong with a pack, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Problem(NamedTuple):
    """One thing to mend: where it stands, what stands there and what was expected. `code` is for whoever words it in another language."""

    file: str
    line: int
    field: str
    found: str
    expected: str
    code: str = ""

    def __str__(self) -> str:
        """One line for a terminal."""
        return f"{self.file}:{self.line}: {self.field}: found {self.found}, expected {self.expected}"


class PolicyError(ValueError):
    """The pack is refused; `problems` lists all that was found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)

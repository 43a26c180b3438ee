"""What is wrong with files that were handed in: all of it counted, the first hundred told."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

MOST_TOLD = 100
LONGEST_FOUND = 40


class Flaw(NamedTuple):
    """One thing to mend: the file, its line (0 for the file as a whole), the column, what stands there and what was expected."""

    file: str
    line: int
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        """One line for a terminal."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.column + ': ' if self.column else ''}found {self.found}, expected {self.expected}"


def shown(text: str | None) -> str:
    """A value as an error shows it: quoted, and not longer than a line bears."""
    if not text:
        return "nothing"
    return repr(text if len(text) <= LONGEST_FOUND else text[: LONGEST_FOUND - 1] + "…")


class TablesRefused(ValueError):
    """The files are not used; `flaws` are the first that were found, `count` is how many there are."""

    def __init__(self, flaws: Iterable[Flaw], count: int) -> None:
        self.flaws = tuple(flaws)
        self.count = count
        super().__init__("\n".join(map(str, self.flaws)))


class Flaws:
    """The flaws found so far, in the order of reading."""

    def __init__(self) -> None:
        self.told: list[Flaw] = []
        self.count = 0

    @property
    def room(self) -> int:
        """How many more are told."""
        return MOST_TOLD - len(self.told)

    def add(self, flaws: Iterable[Flaw], count: int | None = None) -> None:
        """These are noted; `count` is how many they stand for when not all of them are given."""
        given = list(flaws)
        self.told += given[: self.room]
        self.count += len(given) if count is None else count

    def refuse(self) -> None:
        """Nothing, or `TablesRefused` when anything was found."""
        if self.count:
            raise TablesRefused(self.told, self.count)

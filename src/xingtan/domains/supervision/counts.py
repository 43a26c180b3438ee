"""The seven counts as values, and how branches are added up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class SevenCounts(NamedTuple):
    """Seven different counts of teachers in a year; what each means stands in the room's README."""

    planned: int = 0
    registered: int = 0
    selected: int = 0
    paid: int = 0
    studying: int = 0
    assessed: int = 0
    qualified: int = 0

    @property
    def rate(self) -> int | None:
        """Qualified of planned in tenths of a percent, rounded down; None where nobody is planned."""
        return self.share("qualified")

    def share(self, name: str) -> int | None:
        """This count of the planned in tenths of a percent, rounded down, 1000 at most: it counts some of them; None where nobody is planned."""
        found: int = getattr(self, name)
        return found * 1000 // self.planned if self.planned else None


def summed(counts: Iterable[SevenCounts]) -> SevenCounts:
    """All of them together, count by count; nothing for none."""
    return SevenCounts(*map(sum, zip(*counts, strict=True))) if (counts := list(counts)) else SevenCounts()

"""The dashboard's rows: a branch's counts this year beside last year's, measured by what is due by today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from xingtan.domains.supervision import api as supervision
from xingtan.foundation.scope.models import Organisation


@dataclass(frozen=True)
class Below:
    """The parts of a branch with their counts, this year and the year before, and which count the rates measure."""

    now: Sequence[supervision.Branch]
    before: Sequence[supervision.Branch]
    measure: str = "qualified"

    @cached_property
    def total(self) -> supervision.SevenCounts:
        """All parts together."""
        return supervision.summed(branch.counts for branch in self.now)

    @cached_property
    def total_before(self) -> supervision.SevenCounts | None:
        """All parts together a year earlier; None where there was no year."""
        return supervision.summed(branch.counts for branch in self.before) if self.before else None

    @cached_property
    def rates_before(self) -> dict[int, int | None]:
        """The measured count of the planned a year earlier, in tenths of a percent, by the organisation's id."""
        return {branch.organisation.pk: branch.counts.share(self.measure) for branch in self.before}


@dataclass(frozen=True, slots=True)
class Row:
    """A part with its counts, its rate (the measured count of the planned) and how the rate changed, in tenths of a percent."""

    organisation: Organisation
    counts: supervision.SevenCounts
    rate: int | None
    change: int | None

    @property
    def rate_text(self) -> str:
        """The rate with one decimal; empty where nobody is planned."""
        return "" if self.rate is None else tenths(self.rate)

    @property
    def change_text(self) -> str:
        """The change with its sign as a triangle, readable without colour; empty where there is nothing to compare."""
        if self.change is None:
            return ""
        return f"{'▲' if self.change > 0 else '▼' if self.change < 0 else '='}{tenths(abs(self.change))}"

    @property
    def is_worse(self) -> bool:
        """True when the rate fell."""
        return self.change is not None and self.change < 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits, how much of it, and with whom."""

    label: str
    count: int
    holder: str
    url: str = ""


def tenths(number: int) -> str:
    """Tenths of a percent as percent with one decimal."""
    return f"{number // 10}.{number % 10}"


def branch_rows(below: Below) -> list[Row]:
    """Every part with counts of its own or none, in the tree's order."""
    return [_row(branch, below.measure, below.rates_before.get(branch.organisation.pk)) for branch in below.now]


def behind(below: Below, most: int) -> list[Row]:
    """The parts with the lowest rates, the lowest first; parts without planned teachers are not ranked."""
    ranked = [row for row in branch_rows(below) if row.rate is not None]
    return sorted(ranked, key=lambda row: (row.rate or 0, -row.counts.planned))[:most]


def _row(branch: supervision.Branch, measure: str, before: int | None) -> Row:
    rate = branch.counts.share(measure)
    return Row(branch.organisation, branch.counts, rate, None if rate is None or before is None else rate - before)

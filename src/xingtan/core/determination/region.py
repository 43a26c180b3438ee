"""Targets of a region: averages over all its teachers, beside the verdicts of persons (Zibo: 30 hours a year on average)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from xingtan.core.policy import Policy, Words
from xingtan.core.policy.kinds import Span, Whose


class Counted(NamedTuple):
    """How many verdicts of a year, or of the cycle, and the sum of what they recognise, in hundredths."""

    verdicts: int = 0
    recognised_centi: int = 0

    def plus(self, verdicts: int, recognised_centi: int) -> Counted:
        """Both together."""
        return Counted(self.verdicts + verdicts, self.recognised_centi + recognised_centi)


class Standing(NamedTuple):
    """A target of the region and what it stands at; the average is floored to a hundredth, `is_met` is exact."""

    code: str
    label: Words
    span: Span
    least_centi: int
    average_centi: int
    is_met: bool


def region_standings(policy: Policy, counted: Mapping[str, Counted]) -> list[Standing]:
    """Where the region stands to its targets: `counted` by year as text, and `cycle`; a target of the year is an average of all its years."""
    found = []
    for target in policy.targets:
        if target.whose is not Whose.REGION:
            continue
        parts = [one for year, one in counted.items() if (year == "cycle") == (target.span is Span.CYCLE)]
        verdicts, recognised = sum(one.verdicts for one in parts), sum(one.recognised_centi for one in parts)
        if verdicts:
            is_met = recognised >= target.least_centi * verdicts
            found.append(Standing(target.code, target.label, target.span, target.least_centi, recognised // verdicts, is_met))
    return found

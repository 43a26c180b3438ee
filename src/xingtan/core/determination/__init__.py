"""Determination of a year and of a cycle: pure, facts in, verdicts with reason codes out."""

from __future__ import annotations

from xingtan.core.determination.cycle import cycle_required, determine_cycle
from xingtan.core.determination.facts import ActivityFact, HourFact, PastYear, Reason, ResultFact, YearFacts
from xingtan.core.determination.findings import (
    ComponentAmount,
    CycleVerdict,
    Node,
    NodeCode,
    NodeState,
    Recognition,
    YearStanding,
    YearVerdict,
)
from xingtan.core.determination.recognition import recognise, required_of
from xingtan.core.determination.year import determine_many, determine_year
from xingtan.core.verdicts import ReasonCode, Verdict

__all__ = [
    "ActivityFact",
    "ComponentAmount",
    "CycleVerdict",
    "HourFact",
    "Node",
    "NodeCode",
    "NodeState",
    "PastYear",
    "Reason",
    "ReasonCode",
    "Recognition",
    "ResultFact",
    "Verdict",
    "YearFacts",
    "YearStanding",
    "YearVerdict",
    "cycle_required",
    "determine_cycle",
    "determine_many",
    "determine_year",
    "recognise",
    "required_of",
]

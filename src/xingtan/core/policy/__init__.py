"""Policy packs: the rules of a region as data, read into frozen values."""

from __future__ import annotations

from xingtan.core.policy.chain import ReviewClock, ReviewRule
from xingtan.core.policy.counting import Assessment, Bucket, Conversion, Earmark, FactRule, Measure, Split, Target, Term
from xingtan.core.policy.earning import conversion_for, row_of, way_of, worth_centi
from xingtan.core.policy.kinds import EntryStep, FeeUnit, Level, Party, Payer, ReviewStep, Stage, WayKind, Work
from xingtan.core.policy.model import Policy, UnknownItem
from xingtan.core.policy.parts import (
    Category,
    Component,
    ComponentPart,
    Consequence,
    DecisionRow,
    Fee,
    Formula,
    Item,
    LeaveGround,
    Named,
    Reading,
    Route,
    Rule,
    Source,
    Words,
)
from xingtan.core.policy.problems import PolicyError, Problem
from xingtan.core.policy.quoting import ClausePlace, find_clause
from xingtan.core.policy.reading import bundled, bundled_documents, bundled_policy, policy_digest, read_policy
from xingtan.core.policy.ways import Proof, Way

__all__ = [
    "Assessment",
    "Bucket",
    "Category",
    "ClausePlace",
    "Component",
    "ComponentPart",
    "Consequence",
    "Conversion",
    "DecisionRow",
    "Earmark",
    "EntryStep",
    "FactRule",
    "Fee",
    "FeeUnit",
    "Formula",
    "Item",
    "LeaveGround",
    "Level",
    "Measure",
    "Named",
    "Party",
    "Payer",
    "Policy",
    "PolicyError",
    "Problem",
    "Proof",
    "Reading",
    "ReviewClock",
    "ReviewRule",
    "ReviewStep",
    "Route",
    "Rule",
    "Source",
    "Split",
    "Stage",
    "Target",
    "Term",
    "UnknownItem",
    "Way",
    "WayKind",
    "Words",
    "Work",
    "bundled",
    "bundled_documents",
    "bundled_policy",
    "conversion_for",
    "find_clause",
    "policy_digest",
    "read_policy",
    "row_of",
    "way_of",
    "worth_centi",
]

"""Policy packs: the rules of a region as data, read into frozen values."""

from __future__ import annotations

from xingtan.core.policy.kinds import EntryStep, FeeUnit, Level, Payer, ReviewStep, Stage, Work
from xingtan.core.policy.model import Policy, UnknownItem
from xingtan.core.policy.parts import (
    Category,
    Component,
    ComponentPart,
    Consequence,
    DecisionRow,
    Fee,
    Item,
    LeaveGround,
    Named,
    Reading,
    ReviewRule,
    Route,
    Rule,
    Source,
    Words,
)
from xingtan.core.policy.problems import PolicyError, Problem
from xingtan.core.policy.quoting import ClausePlace, find_clause
from xingtan.core.policy.reading import bundled, bundled_documents, bundled_policy, policy_digest, read_policy

__all__ = [
    "Category",
    "ClausePlace",
    "Component",
    "ComponentPart",
    "Consequence",
    "DecisionRow",
    "EntryStep",
    "Fee",
    "FeeUnit",
    "Item",
    "LeaveGround",
    "Level",
    "Named",
    "Payer",
    "Policy",
    "PolicyError",
    "Problem",
    "Reading",
    "ReviewRule",
    "ReviewStep",
    "Route",
    "Rule",
    "Source",
    "Stage",
    "UnknownItem",
    "Words",
    "Work",
    "bundled",
    "bundled_documents",
    "bundled_policy",
    "find_clause",
    "policy_digest",
    "read_policy",
]

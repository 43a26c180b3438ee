"""The determination of a training year: facts in, one verdict with its reasons, its tree and its numbers out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from xingtan.core.determination.facts import YearFacts
from xingtan.core.determination.findings import Node, NodeCode, NodeState, Reason, YearVerdict
from xingtan.core.determination.reasons import reasons_of
from xingtan.core.determination.rules import Rules, rules_of
from xingtan.core.determination.tree import tree_of
from xingtan.core.policy import Policy
from xingtan.core.policy.formulas import YEAR_INPUTS
from xingtan.core.verdicts import ReasonCode, Verdict

NO_ROW = -1


def determine_year(policy: Policy, facts: YearFacts) -> YearVerdict:
    """The verdict of one training year by the policy's decision table; the same facts always give the same verdict."""
    return _determine(rules_of(policy), facts)


def determine_many(policy: Policy, years: Iterable[YearFacts]) -> Iterator[YearVerdict]:
    """The verdicts of any number of teacher-years, in their order; the policy's formulas are compiled once."""
    rules = rules_of(policy)
    for facts in years:
        yield _determine(rules, facts)


def _determine(rules: Rules, facts: YearFacts) -> YearVerdict:
    if (unclear := _unclear(rules, facts)) is not None:
        return _undetermined(facts, unclear)
    arguments, without_rule = _arguments(rules, facts)
    numbers = rules.judge_year(*arguments)
    index = numbers["row"]
    row = rules.policy.decide[index]
    return YearVerdict(
        facts.year,
        row.verdict,
        row.route,
        row.clause,
        index,
        numbers["required"],
        numbers["recognised"],
        numbers["verified"],
        numbers["by_exam"],
        reasons_of(rules, facts, row, numbers, without_rule),
        numbers,
        partial(tree_of, rules, facts, row, numbers),
    )


def _unclear(rules: Rules, facts: YearFacts) -> Reason | None:
    """The fact that no rule of the policy knows, if there is one."""
    if facts.item is not None and facts.item not in rules.items:
        return Reason(ReasonCode.ITEM_UNKNOWN, {"item": facts.item})
    if facts.leave_ground is not None and facts.leave_ground not in rules.leave_grounds:
        return Reason(ReasonCode.LEAVE_GROUND_UNKNOWN, {"ground": facts.leave_ground})
    return None


def _undetermined(facts: YearFacts, why: Reason) -> YearVerdict:
    tree = Node(NodeCode.YEAR, "", NodeState.WAITING, 0, 0)
    numbers: Mapping[str, int] = {}
    return YearVerdict(facts.year, Verdict.UNDETERMINED, 0, "", NO_ROW, 0, 0, 0, 0, (why,), numbers, lambda: tree)


def _arguments(rules: Rules, facts: YearFacts) -> tuple[list[int], int]:
    """The facts as the compiled function takes them, and the hours that no component takes."""
    item = facts.item
    if item is None:
        item = rules.new_hire_item if facts.is_new_hire and facts.first_year else rules.default_item
    arguments = [
        item,
        1 if facts.is_new_hire else 0,
        1 if facts.first_year else 0,
        0 if facts.leave_ground is None else 1,
        facts.assignments_required,
        facts.assignments_passed,
        facts.assignments_waiting,
        facts.work_products_required,
        facts.work_products_passed,
        facts.work_products_waiting,
        1 if facts.took_part else 0,
        1 if facts.study_closed else 0,
        0 if facts.exam_score is None else 1,
        facts.exam_score or 0,
        *[0] * (rules.width - len(YEAR_INPUTS)),
    ]
    without_rule = 0
    for hour in facts.hours:
        slots = rules.slots.get(hour.component)
        if slots is None:
            without_rule += hour.learned_centi
            continue
        arguments[slots.learned] += hour.learned_centi
        if hour.verified:
            arguments[slots.checked] += hour.learned_centi
        if hour.part in slots.parts:
            arguments[slots.parts[hour.part]] += hour.learned_centi
    return arguments, without_rule

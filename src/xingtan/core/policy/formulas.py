"""The formulas a policy says, as text of the small language: what a year's and a cycle's determination computes, in order."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Sequence

from xingtan.core.policy.model import Policy
from xingtan.core.policy.parts import DecisionRow
from xingtan.core.verdicts import Verdict

OTHERWISE = "otherwise"

YEAR_INPUTS = (
    "item",
    "is_new_hire",
    "first_year",
    "on_leave",
    "assignments_required",
    "assignments_passed",
    "assignments_waiting",
    "work_products_required",
    "work_products_passed",
    "work_products_waiting",
    "took_part",
    "study_closed",
    "exam_taken",
    "exam_score",
)
CYCLE_INPUTS = ("years", "years_known", "required", "credited", *(f"n_{verdict.value}" for verdict in Verdict))


def year_inputs(policy: Policy) -> tuple[str, ...]:
    """The facts that a year's formulas start from, in the order of the compiled function's arguments."""
    amounts = (f"{one.code}_{amount}" for one in policy.components for amount in ("learned", "checked"))
    parts = (f"{one.code}_{part.code}_learned" for one in policy.components for part in one.parts)
    return (*YEAR_INPUTS, *amounts, *parts)


def year_measures(policy: Policy) -> str:
    """A year's formulas up to the decision table: required, recognised, verified and short per component, part and in all."""
    lines: list[str] = []
    for one in policy.components:
        code = one.code
        lines += [
            f"{code}_required = {_required(policy, code)}",
            f"{code}_recognised = min({code}_learned, {code}_required)",
            f"{code}_verified = min({code}_checked, {code}_required)",
            f"{code}_short = {code}_required - {code}_recognised",
            f"{code}_surplus = {code}_learned - {code}_recognised",
            *(f"{code}_{part.code}_short = max({part.minimum_centi} - {code}_{part.code}_learned, 0)" for part in one.parts),
        ]
    for whole in ("required", "recognised", "verified"):
        lines.append(f"{whole} = {_sum(f'{one.code}_{whole}' for one in policy.components)}")
    lines += [
        f"hours_short = {_sum(f'{one.code}_short' for one in policy.components)}",
        f"parts_short = {_sum(f'{one.code}_{part.code}_short' for one in policy.components for part in one.parts)}",
        "unverified = recognised - verified",
        "assignments_short = max(assignments_required - assignments_passed, 0)",
        "work_products_short = max(work_products_required - work_products_passed, 0)",
        "work_short = assignments_short + work_products_short",
        "unmarked_short = max(assignments_short - assignments_waiting, 0) + max(work_products_short - work_products_waiting, 0)",
        f"exam_pass_score = {policy.exam.pass_score}",
    ]
    return "\n".join(lines)


def year_formulas(policy: Policy) -> str:
    """A year's formulas, all of them: the measures, the decisive row, the hours that the exam grants."""
    granting = [index for index, row in enumerate(policy.decide) if row.grants_missing_hours]
    granted = f"hours_short if {' or '.join(f'row == {index}' for index in granting)} else 0" if granting else "0"
    return "\n".join((year_measures(policy), f"row = {decisive_row(policy.decide)}", f"by_exam = {granted}"))


def cycle_formulas(policy: Policy) -> str:
    """A cycle's formulas: what is short, and the decisive row."""
    return f"short = max(required - credited, 0)\nrow = {decisive_row(policy.cycle.decide)}"


def decisive_row(rows: Sequence[DecisionRow]) -> str:
    """The number of the first row whose condition holds, as one expression; the last row holds otherwise."""
    tests = "".join(f"{index} if {_plain(row.when)} else " for index, row in enumerate(rows[:-1]))
    return f"{tests}{len(rows) - 1}"


def _plain(condition: str) -> str:
    """The condition as Python writes it back: no comment and no line break of the pack's can reach a formula."""
    return ast.unparse(ast.parse(condition.strip(), mode="eval"))


def _required(policy: Policy, component: str) -> str:
    """What a component requires by item; the commonest amount stands last, the others name their items."""
    amounts = {item.number: item.required_centi[component] for item in policy.items}
    usual = Counter(amounts.values()).most_common(1)[0][0]
    tests = [
        f"{item.first_year_centi[component]} if item == {item.number} and is_new_hire == 1 and first_year == 1 else "
        for item in policy.items
        if item.first_year_centi and item.first_year_centi[component] != amounts[item.number]
    ]
    tests += [f"{amount} if item == {number} else " for number, amount in amounts.items() if amount != usual]
    return f"{''.join(tests)}{usual}"


def _sum(names: Iterable[str]) -> str:
    return " + ".join(names) or "0"

"""The determination of a training year: facts in, one verdict with its reasons, its tree and its numbers out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial

from xingtan.core.determination.facts import Reason, YearFacts
from xingtan.core.determination.findings import YearVerdict
from xingtan.core.determination.reasons import reasons_of
from xingtan.core.determination.rules import Rules, rules_of
from xingtan.core.determination.tree import tree_of
from xingtan.core.policy import Policy
from xingtan.core.policy.formulas import OWED, ROSTER_INPUTS
from xingtan.core.policy.slots import ResultKind, hour_shares, result_shares_of, shares_of
from xingtan.core.verdicts import ReasonCode, Verdict


def determine_year(policy: Policy, facts: YearFacts) -> YearVerdict:
    """The verdict of one training year by the policy's decision table; the same facts always give the same verdict."""
    return _determine(rules_of(policy), facts)


def determine_many(policy: Policy, years: Iterable[YearFacts]) -> Iterator[YearVerdict]:
    """The verdicts of any number of teacher-years, in their order; the policy's formulas are compiled once."""
    rules = rules_of(policy)
    for facts in years:
        yield _determine(rules, facts)


def _determine(rules: Rules, facts: YearFacts) -> YearVerdict:
    unclear = unclear_of(rules, facts)
    numbers = rules.judge_year(*arguments_of(rules, facts, unclear))
    index = numbers["row"]
    if index < 0:
        return _without_row(facts, numbers, unclear)
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
        reasons_of(rules, facts, row, numbers),
        numbers,
        carried_centi=numbers["carried"],
        credited_centi=numbers["credited"],
        make_tree=partial(tree_of, rules, facts, row, numbers),
    )


def unclear_of(rules: Rules, facts: YearFacts) -> tuple[Reason, ...]:
    """The facts that no rule of the policy knows, that are missing or that contradict each other."""
    found = list(facts.unclear)
    if facts.item is not None and facts.item not in rules.items:
        found.append(Reason(ReasonCode.ITEM_UNKNOWN, {"item": facts.item}))
    if facts.leave_ground is not None and facts.leave_ground not in rules.leave_grounds:
        found.append(Reason(ReasonCode.LEAVE_GROUND_UNKNOWN, {"ground": facts.leave_ground}))
    return tuple(found)


def _without_row(facts: YearFacts, numbers: Mapping[str, int], unclear: tuple[Reason, ...]) -> YearVerdict:
    """A year that cannot be determined, or one that is not owed: a batch has no row for it, a page says why."""
    if not facts.on_roster:
        reasons = (Reason(ReasonCode.NOT_OWED, {}),)
        return YearVerdict(facts.year, Verdict.EXEMPT, 0, "", numbers["row"], 0, 0, 0, 0, reasons, numbers)
    why = unclear
    if not why:
        negative = min(value for name, value in numbers.items() if name.endswith(("_learned", "_checked"))) < 0
        why = (Reason(ReasonCode.FACTS_CONTRADICT, {"what": "hours" if negative else "results"}),)
    return YearVerdict(facts.year, Verdict.UNDETERMINED, 0, "", numbers["row"], 0, 0, 0, 0, why, numbers)


def arguments_of(rules: Rules, facts: YearFacts, unclear: Collection[Reason] = ()) -> list[int]:
    """The facts as the compiled function takes them."""
    arguments, at = list(rules.blank), rules.at
    item = facts.item
    if item is None:
        item = rules.new_hire_item if facts.is_new_hire and facts.first_year else rules.default_item
    arguments[: len(ROSTER_INPUTS)] = (
        item,
        1 if facts.is_new_hire else 0,
        1 if facts.first_year else 0,
        1 if facts.on_roster else 0,
        1 if facts.retires_in_cycle else 0,
        1 if facts.study_closed else 0,
        1 if facts.took_part else 0,
        0 if facts.leave_ground is None else 1,
        len(unclear),
        1 if facts.item is None else 0,
    )
    for name in facts.held:
        if name in at:
            arguments[at[name]] = 1
    if f"leave_{facts.leave_ground}" in at:
        arguments[at[f"leave_{facts.leave_ground}"]] = 1
    for name, value in facts.states.items():
        if name in at:
            arguments[at[name]] = value
    if facts.carried and not facts.states:
        arguments[at["debts_made"]] = sum(1 for _, verdict in facts.carried if verdict in OWED)
    for name in _WORK:
        arguments[at[name]] = getattr(facts, name)
    _add_rows(rules, facts, arguments)
    return arguments


_WORK = (
    "assignments_required",
    "assignments_passed",
    "assignments_waiting",
    "work_products_required",
    "work_products_passed",
    "work_products_waiting",
)


def _add_rows(rules: Rules, facts: YearFacts, arguments: list[int]) -> None:
    """Every row of the teacher goes into its slots."""
    policy, at = rules.policy, rules.at
    for hour in facts.hours:
        for name, parts in hour_shares(policy, hour.component, hour.part, is_verified=hour.verified):
            arguments[at[name]] += hour.learned_centi * parts
    _add_activities(rules, facts, arguments)
    for result in facts.results:
        for name in result_shares_of(policy, ResultKind(result.assessment, result.passed, result.status)):
            _add(rules, arguments, name, result.score_centi)


def _add_activities(rules: Rules, facts: YearFacts, arguments: list[int]) -> None:
    by_source: dict[tuple[str, int], int] = {}
    for one in facts.activities:
        for name, parts in shares_of(rules.policy, one.kind):
            if name in rules.source_caps:
                by_source[name, one.source] = by_source.get((name, one.source), 0) + one.amount_centi * parts
            else:
                _add(rules, arguments, name, one.amount_centi * parts)
    for (name, _), parts in by_source.items():
        arguments[rules.at[name]] += min(parts, rules.source_caps[name])


def _add(rules: Rules, arguments: list[int], name: str, amount: int) -> None:
    index = rules.at[name]
    if name in rules.best:
        arguments[index] = max(arguments[index], amount)
    else:
        arguments[index] += 1 if name in rules.counted else amount

"""Why a year's verdict is what it is: the decisive row's reason first, then all that is short, waiting or left over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from xingtan.core.determination.facts import YearFacts
from xingtan.core.determination.findings import Reason
from xingtan.core.determination.rules import ComponentSlots, Rules
from xingtan.core.policy import DecisionRow
from xingtan.core.verdicts import ReasonCode, Verdict

Numbers = Mapping[str, int]


def reasons_of(rules: Rules, facts: YearFacts, row: DecisionRow, numbers: Numbers, without_rule: int) -> tuple[Reason, ...]:
    """The row's own reason, then every other one once."""
    found = [Reason(row.reason, _params(row.reason, facts, numbers))]
    if row.verdict is not Verdict.DEFERRED:
        found += [reason for reason in _lacking(rules, numbers) if reason.code is not row.reason]
    for slots in rules.slots.values():
        if surplus := numbers[slots.surplus]:
            found.append(Reason(ReasonCode.SURPLUS, {"component": slots.code, "centi": surplus}))
    if without_rule:
        found.append(Reason(ReasonCode.HOURS_WITHOUT_RULE, {"centi": without_rule}))
    if facts.item is None:
        found.append(Reason(ReasonCode.ITEM_NOT_CHOSEN, {}))
    for year, verdict in facts.carried:
        if verdict in {Verdict.MAKE_UP_REQUIRED, Verdict.NOT_QUALIFIED}:
            found.append(Reason(ReasonCode.EARLIER_YEAR_OWED, {"year": year}))
    return tuple(found)


def _lacking(rules: Rules, numbers: Numbers) -> Iterator[Reason]:
    """What is short and what waits for somebody."""
    if numbers["hours_short"] or numbers["parts_short"]:
        for slots in rules.slots.values():
            yield from _short(slots, numbers)
    if short := numbers["assignments_short"]:
        yield Reason(ReasonCode.ASSIGNMENTS_SHORT, {"short": short})
    if short := numbers["work_products_short"]:
        yield Reason(ReasonCode.WORK_PRODUCTS_SHORT, {"short": short})
    if waiting := _waiting(numbers):
        yield Reason(ReasonCode.AWAITING_MARKING, {"waiting": waiting})
    if unverified := numbers["unverified"]:
        yield Reason(ReasonCode.AWAITING_VERIFICATION, {"centi": unverified})


def _short(slots: ComponentSlots, numbers: Numbers) -> Iterator[Reason]:
    code = slots.code
    if short := numbers[slots.short]:
        yield Reason(ReasonCode.HOURS_SHORT, {"component": code, "short_centi": short})
    for part in slots.parts:
        if short := numbers[f"{code}_{part}_short"]:
            yield Reason(ReasonCode.PART_SHORT, {"component": code, "part": part, "short_centi": short})


def _waiting(numbers: Numbers) -> int:
    """Work that was handed in and is not marked, as far as it is needed."""
    return min(numbers["assignments_waiting"], numbers["assignments_short"]) + min(
        numbers["work_products_waiting"], numbers["work_products_short"]
    )


def _params(code: ReasonCode, facts: YearFacts, numbers: Numbers) -> Mapping[str, int | str]:
    if code is ReasonCode.AWAITING_VERIFICATION:
        return {"centi": numbers["unverified"]}
    if code is ReasonCode.AWAITING_MARKING:
        return {"waiting": _waiting(numbers)}
    if code in {ReasonCode.EXAM_PASSED, ReasonCode.EXAM_FAILED}:
        return {"score": numbers["exam_score"]}
    if code is ReasonCode.ON_LEAVE:
        return {"ground": facts.leave_ground or ""}
    return {}

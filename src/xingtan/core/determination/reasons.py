"""Why a year's verdict is what it is: the decisive row's reason first, then all that is short, waiting or left over.

Which reasons there are is decided by the formulas (`policy.formulas.also_tests`), for one teacher and for a province alike; here they
get their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from xingtan.core.determination.facts import Reason, YearFacts
from xingtan.core.determination.rules import Rules
from xingtan.core.policy import DecisionRow, Policy
from xingtan.core.policy.formulas import OWED
from xingtan.core.policy.kinds import Span, Whose
from xingtan.core.verdicts import ReasonCode

Numbers = Mapping[str, int]
Params = Mapping[str, int | str]


def reasons_of(rules: Rules, facts: YearFacts, row: DecisionRow, numbers: Numbers) -> tuple[Reason, ...]:
    """The row's own reason, then every other one once, components and years apart."""
    policy = rules.policy
    found = [Reason(row.reason, next(params_of(row.reason, policy, facts, numbers), {}))]
    for index, code in enumerate(rules.also):
        if numbers["also"] >> index & 1 and code is not row.reason:
            found += [Reason(code, params) for params in params_of(code, policy, facts, numbers)]
    return tuple(found)


def params_of(code: ReasonCode, policy: Policy, facts: YearFacts, numbers: Numbers) -> Iterator[Params]:
    """The numbers of a reason; several times where it holds of several components, buckets or years."""
    make = _PARAMS.get(code)
    return iter(({},)) if make is None else make(policy, facts, numbers)


def score(centi: int) -> int | str:
    """A score as people write it: whole points, or two decimals."""
    whole, rest = divmod(centi, 100)
    return whole if not rest else f"{whole}.{rest:02d}"


def _one(name: str, key: str) -> Callable[[Policy, YearFacts, Numbers], Iterator[Params]]:
    return lambda policy, facts, numbers: iter(({key: numbers[name]},))


def _hours_short(policy: Policy, facts: YearFacts, numbers: Numbers) -> Iterator[Params]:
    for one in policy.components:
        if short := numbers[f"{one.code}_short"]:
            yield {"component": one.code, "short_centi": short}


def _parts_short(policy: Policy, facts: YearFacts, numbers: Numbers) -> Iterator[Params]:
    for one in policy.components:
        for part in one.parts:
            if short := numbers[f"{one.code}_{part.code}_short"]:
                yield {"component": one.code, "part": part.code, "short_centi": short}


def _floors_short(policy: Policy, facts: YearFacts, numbers: Numbers) -> Iterator[Params]:
    for one in policy.all_buckets:
        if short := numbers.get(f"{one.code}_floor_short", 0):
            yield {"bucket": one.code, "short_centi": short}


def _targets_short(policy: Policy, facts: YearFacts, numbers: Numbers) -> Iterator[Params]:
    for one in policy.targets:
        if one.span is Span.YEAR and one.whose is Whose.PERSON and (short := numbers[f"{one.code}_short"]):
            yield {"target": one.code, "short_centi": short}


def _surplus(policy: Policy, facts: YearFacts, numbers: Numbers) -> Iterator[Params]:
    for one in policy.components:
        if (surplus := numbers[f"{one.code}_surplus"]) > 0:
            yield {"component": one.code, "centi": surplus}


def _waiting(policy: Policy, facts: YearFacts, numbers: Numbers) -> Iterator[Params]:
    """Work that was handed in and is not marked, as far as it is needed."""
    yield {"waiting": sum(min(numbers[f"{one.code}_waiting"], numbers[f"{one.code}_short"]) for one in policy.works)}


def _scored(policy: Policy, facts: YearFacts, numbers: Numbers) -> Iterator[Params]:
    taken = [one for one in policy.tests if numbers[f"{one.code}_taken"]]
    exam = next((one for one in taken if one.code == "exam"), taken[0] if taken else None)
    yield {"score": score(numbers[f"{exam.code}_score"])} if exam else {}


def _assessed(policy: Policy, facts: YearFacts, numbers: Numbers) -> Iterator[Params]:
    """The assessments that are missing or failed, named."""
    for one in policy.tests:
        if not numbers[f"{one.code}_passed"]:
            yield {"assessment": one.code}


def _owed(policy: Policy, facts: YearFacts, numbers: Numbers) -> Iterator[Params]:
    yield from ({"year": year} for year, verdict in facts.carried if verdict in OWED)


_PARAMS: Mapping[ReasonCode, Callable[[Policy, YearFacts, Numbers], Iterator[Params]]] = {
    ReasonCode.HOURS_SHORT: _hours_short,
    ReasonCode.PART_SHORT: _parts_short,
    ReasonCode.FLOOR_SHORT: _floors_short,
    ReasonCode.TARGET_SHORT: _targets_short,
    ReasonCode.SURPLUS: _surplus,
    ReasonCode.AWAITING_MARKING: _waiting,
    ReasonCode.EXAM_PASSED: _scored,
    ReasonCode.EXAM_FAILED: _scored,
    ReasonCode.ASSESSMENT_MISSING: _assessed,
    ReasonCode.ASSESSMENT_FAILED: _assessed,
    ReasonCode.EARLIER_YEAR_OWED: _owed,
    ReasonCode.AWAITING_VERIFICATION: _one("unverified", "centi"),
    ReasonCode.ASSIGNMENTS_SHORT: _one("assignments_short", "short"),
    ReasonCode.WORK_PRODUCTS_SHORT: _one("work_products_short", "short"),
    ReasonCode.OFFSET_USED: _one("offset_used", "centi"),
    ReasonCode.CARRIED_OVER: _one("carried", "centi"),
    ReasonCode.HOURS_WITHOUT_RULE: _one("without_rule", "centi"),
    ReasonCode.ON_LEAVE: lambda policy, facts, numbers: iter(({"ground": facts.leave_ground or ""},)),
}

"""Steps that change a year's facts: hours learned and verified, work passed, entries verified, assessments passed, a make-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from xingtan.core.determination.facts import ActivityFact, HourFact, ResultFact, YearFacts
from xingtan.core.determination.findings import YearVerdict
from xingtan.core.policy import Policy
from xingtan.core.policy.handing_on import states
from xingtan.core.policy.slots import FINAL, STANDING, VERIFIED, VOIDED, WAITING, Kind, bucket_of, conversion_of
from xingtan.core.units import HUNDREDTHS

PIECES = {"assignments": "assignments", "work_products": "work_products"}


class StepKind(StrEnum):
    """What is done: learned, handed in and passed, marked by others, verified by offices, an assessment passed, at a second try, a make-up."""

    HOURS = "hours"
    WORK = "work"
    MARKING = "marking"
    VERIFY = "verify"
    ASSESSMENT = "assessment"
    RESIT = "resit"
    MAKE_UP = "make_up"


class Step(NamedTuple):
    """One step: `subject` is the bucket, assessment or component; `amount` hundredths of hours or of points, or pieces of work."""

    kind: StepKind
    subject: str
    amount: int
    part: str = ""


def reaches(policy: Policy, code: str) -> Iterator[str]:
    """The buckets that hours may be learned for: the bucket of this code, those of the component, or all."""
    for bucket in policy.all_buckets:
        if code in ("", bucket.code, bucket.component):
            yield bucket.code


def applied(policy: Policy, facts: YearFacts, steps: Iterable[Step]) -> YearFacts:
    """The facts as they are once these steps are done; nothing else changes."""
    for number, step in enumerate(steps):
        facts = _DONE[step.kind](policy, facts, step, number)
    return facts


def _learn(policy: Policy, facts: YearFacts, step: Step, number: int) -> YearFacts:
    bucket = next(one for one in policy.all_buckets if one.code == step.subject)
    topics = [step.part] if step.part else list(bucket.topic or [""])
    fact = HourFact(f"step{number}", bucket.component, step.amount, _day(facts), True, True, topics[0])
    if bucket_of(policy, Kind(bucket.component, topic=topics[0])) == bucket:
        return replace(facts, hours=(*facts.hours, fact), took_part=True)
    for kind in _kinds(policy, bucket.component, bucket.tier or ("",), topics):
        conversion = conversion_of(policy, kind)
        if conversion is not None and bucket_of(policy, kind) == bucket and conversion.year_cap_centi is None:
            amount = -(-step.amount * conversion.per * HUNDREDTHS // conversion.gives_centi) if conversion.gives_centi else 0
            return replace(facts, activities=(*facts.activities, ActivityFact(kind, amount)), took_part=True)
    return facts


def _kinds(policy: Policy, component: str, tiers: Sequence[str], topics: Sequence[str]) -> Iterator[Kind]:
    """Kinds of rows that a conversion of the pack takes, for a component, its tiers and topics."""
    for one in policy.converting:
        first = {name: next(iter(getattr(one, name) or [""]), "") for name in ("mode", "activity", "result", "role")}
        for tier in tiers:
            for topic in topics:
                yield Kind(component, tier=tier, topic=topic, unit=one.unit.value, status=VERIFIED, **first)


def _verify(policy: Policy, facts: YearFacts, step: Step, number: int) -> YearFacts:
    hours = tuple(one._replace(verified=True, entered=True) for one in facts.hours)
    activities = tuple(
        one._replace(kind=one.kind._replace(status=VERIFIED)) if one.kind.status in STANDING else one for one in facts.activities
    )
    return replace(facts, hours=hours, activities=activities)


def _work(policy: Policy, facts: YearFacts, step: Step, number: int) -> YearFacts:
    return _pieces(facts, step, from_waiting=False)


def _marking(policy: Policy, facts: YearFacts, step: Step, number: int) -> YearFacts:
    return _pieces(facts, step, from_waiting=True)


def _pieces(facts: YearFacts, step: Step, *, from_waiting: bool) -> YearFacts:
    """So many more pieces are passed: those that wait for marking, or those that were not handed in or failed."""
    code, left = step.subject, step.amount
    if code in PIECES and (required := getattr(facts, f"{code}_required")):
        passed, waiting = getattr(facts, f"{code}_passed"), getattr(facts, f"{code}_waiting")
        more = min(left, waiting if from_waiting else max(required - passed - waiting, 0))
        left -= more
        waiting -= more if from_waiting else 0
        facts = replace(facts, **{f"{code}_passed": passed + more, f"{code}_waiting": waiting}, took_part=True)
    results = []
    for one in facts.results:
        is_open = one.assessment == code and one.status != VOIDED and not (one.status == FINAL and one.passed == 1)
        if left and is_open and (one.status == WAITING) == from_waiting:
            results.append(one._replace(passed=1, status=FINAL))
            left -= 1
        else:
            results.append(one)
    return replace(facts, results=tuple(results))


def _assess(policy: Policy, facts: YearFacts, step: Step, number: int) -> YearFacts:
    return replace(facts, results=(*facts.results, ResultFact(step.subject, step.amount, 1, FINAL)))


def _make_up(policy: Policy, facts: YearFacts, step: Step, number: int) -> YearFacts:
    """Hours of a make-up count for the debt and not for the year in which they are learned."""
    if policy.make_up is None:
        return facts
    bucket = next(one for one in policy.all_buckets if one.component == step.subject)
    for kind in _kinds(policy, step.subject, bucket.tier or ("",), list(bucket.topic or [""])):
        made = kind._replace(activity=policy.make_up.activity)
        conversion = conversion_of(policy, made)
        if conversion is not None and bucket_of(policy, made) is not None and conversion.gives_centi:
            amount = -(-step.amount * conversion.per * HUNDREDTHS // conversion.gives_centi)
            return replace(facts, activities=(*facts.activities, ActivityFact(made, amount)))
    return facts


_DONE = {
    StepKind.HOURS: _learn,
    StepKind.WORK: _work,
    StepKind.MARKING: _marking,
    StepKind.VERIFY: _verify,
    StepKind.ASSESSMENT: _assess,
    StepKind.RESIT: _assess,
    StepKind.MAKE_UP: _make_up,
}


def make_up_facts(policy: Policy, facts: YearFacts, verdict: YearVerdict, steps: Iterable[Step]) -> YearFacts | None:
    """A next year that begins with what this one hands on, in which these make-up steps are done; None where the policy has no make-up."""
    if policy.make_up is None or not policy.make_up.is_open:
        return None
    following = YearFacts(
        year=facts.year + 1,
        item=facts.item,
        is_new_hire=facts.is_new_hire,
        held=facts.held,
        states={name: verdict.numbers[f"next_{name}"] for name in states(policy)},
        carried=(*facts.carried, (facts.year, verdict.verdict)),
    )
    return applied(policy, following, steps)


def _day(facts: YearFacts) -> date:
    return date(facts.year, 12, 31)

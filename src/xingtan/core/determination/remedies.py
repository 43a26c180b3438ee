"""What would make a year qualified: the smallest sets of steps, each proved by determining the year again with its facts changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from xingtan.core.determination.facts import YearFacts
from xingtan.core.determination.findings import YearVerdict
from xingtan.core.determination.steps import Step, StepKind, applied, make_up_facts, reaches
from xingtan.core.determination.year import determine_year
from xingtan.core.policy import Policy
from xingtan.core.policy.formulas import OWED
from xingtan.core.verdicts import Verdict

SETTLED = frozenset({Verdict.QUALIFIED, Verdict.EXEMPT})
WHILE_STUDY = frozenset(StepKind) - {StepKind.RESIT, StepKind.MAKE_UP}
AFTER_STUDY = frozenset({StepKind.VERIFY, StepKind.MARKING, StepKind.ASSESSMENT})
MEASURED = frozenset({StepKind.HOURS, StepKind.WORK, StepKind.MARKING})
MOST_STEPS = 4
MOST_REMEDIES = 4


class Prospect(StrEnum):
    """What can be done about a year's verdict."""

    NOTHING_NEEDED = "nothing_needed"
    WAIT = "wait"
    THIS_YEAR = "this_year"
    NEXT_YEAR = "next_year"
    FACTS_FIRST = "facts_first"
    NO_KNOWN_WAY = "no_known_way"


class Remedy(NamedTuple):
    """Steps that together make the year qualified, none of which may be left out, and the verdict that they lead to."""

    steps: tuple[Step, ...]
    verdict: YearVerdict


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would make it qualified: remedies of this year, the fewest steps first; else the make-up that would clear it next year.

    `facts` are those that the remedies were tried on; `after_study` when they tell only once study has closed.
    """

    verdict: YearVerdict
    facts: YearFacts
    prospect: Prospect
    remedies: tuple[Remedy, ...] = ()
    after_study: bool = False
    next_year: tuple[Step, ...] = ()


def outlook(policy: Policy, facts: YearFacts, *, open_steps: Collection[StepKind] | None = None) -> Outlook:
    """What would make the year qualified; `open_steps` are the kinds that can still be done (by default: study as long as it is open).

    Everything it names was tried: with the steps the year is qualified, without any one of them it is not.
    """
    verdict = determine_year(policy, facts)
    if verdict.verdict in SETTLED or verdict.verdict is Verdict.DEFERRED:
        return Outlook(verdict, facts, Prospect.NOTHING_NEEDED)
    if not facts.on_roster or verdict.row < 0:
        return Outlook(verdict, facts, Prospect.FACTS_FIRST)
    kinds = frozenset(open_steps) if open_steps is not None else AFTER_STUDY if facts.study_closed else WHILE_STUDY
    if found := tuple(remedies(policy, facts, kinds)):
        return Outlook(verdict, facts, Prospect.THIS_YEAR, found)
    if not facts.study_closed:
        return _once_closed(policy, facts, verdict, kinds)
    steps = _next_year(policy, facts, verdict)
    return Outlook(verdict, facts, Prospect.NEXT_YEAR if steps else Prospect.NO_KNOWN_WAY, next_year=steps)


def _once_closed(policy: Policy, facts: YearFacts, verdict: YearVerdict, kinds: Collection[StepKind]) -> Outlook:
    """While study is open no step shows yet: what does it once study has closed."""
    closed = replace(facts, study_closed=True)
    if _qualifies(policy, closed, ()):
        return Outlook(verdict, closed, Prospect.WAIT, after_study=True)
    found = tuple(remedies(policy, closed, kinds))
    return Outlook(verdict, closed, Prospect.THIS_YEAR if found else Prospect.NO_KNOWN_WAY, found, after_study=True)


def remedies(policy: Policy, facts: YearFacts, kinds: Collection[StepKind]) -> Iterator[Remedy]:
    """The smallest sets of steps of these kinds that make the year qualified, the fewest steps first."""
    universe = tuple(step for step in candidates(policy, facts) if step.kind in kinds)
    found: list[frozenset[Step]] = []
    for steps in _sets(policy, facts, universe):
        if any(smaller <= frozenset(steps) for smaller in found) or not _qualifies(policy, facts, steps):
            continue
        found.append(frozenset(steps))
        least = tuple(_least(policy, facts, steps))
        yield Remedy(least, determine_year(policy, applied(policy, facts, least)))
        if len(found) == MOST_REMEDIES:
            return


def candidates(policy: Policy, facts: YearFacts) -> Iterator[Step]:
    """Every step that fills something that is missing, each given those before it: parts, floors, components, work, proof, assessments."""
    yield from _hours(policy, facts)
    numbers = determine_year(policy, facts).numbers
    for one in policy.works:
        short, waiting = numbers[f"{one.code}_short"], numbers[f"{one.code}_waiting"]
        if marked := min(short, waiting):
            yield Step(StepKind.MARKING, one.code, marked)
        if short > waiting:
            yield Step(StepKind.WORK, one.code, short - waiting)
    if unverified := numbers["unverified"]:
        yield Step(StepKind.VERIFY, "", unverified)
    for test in policy.tests:
        if not numbers[f"{test.code}_passed"]:
            kind = StepKind.RESIT if numbers[f"{test.code}_taken"] else StepKind.ASSESSMENT
            yield Step(kind, test.code, test.pass_score_centi)


def _hours(policy: Policy, facts: YearFacts) -> Iterator[Step]:
    """Hours for each part, floor, component and target that is short, once those before are filled."""
    for name, code, part in _shortages(policy):
        numbers = determine_year(policy, facts).numbers
        if not numbers.get(name, 0):
            continue
        for bucket in reaches(policy, code):
            step = Step(StepKind.HOURS, bucket, numbers[name], part)
            after = determine_year(policy, applied(policy, facts, [step])).numbers
            if after[name] < numbers[name]:
                yield step
                facts, numbers = applied(policy, facts, [step]), after
            if not numbers[name]:
                break


def _shortages(policy: Policy) -> Iterator[tuple[str, str, str]]:
    """The names of what may be short, each with the component or bucket whose hours fill it, and the part."""
    for one in policy.components:
        yield from ((f"{one.code}_{part.code}_short", one.code, part.code) for part in one.parts)
    yield from ((f"{bucket.code}_floor_short", bucket.code, "") for bucket in policy.all_buckets if bucket.year_floor_centi)
    yield from ((f"{one.code}_short", one.code, "") for one in policy.components)
    if policy.targets:
        yield "targets_short", "", ""


def _sets(policy: Policy, facts: YearFacts, universe: Sequence[Step]) -> Iterator[tuple[Step, ...]]:
    """Sets of few steps by size, then everything together with what is not needed left out."""
    for size in range(1, min(MOST_STEPS, len(universe)) + 1):
        yield from combinations(universe, size)
    if len(universe) > MOST_STEPS and _qualifies(policy, facts, universe):
        yield tuple(_needed(policy, facts, universe))


def _needed(policy: Policy, facts: YearFacts, steps: Sequence[Step]) -> list[Step]:
    """The steps without those that can be left out; assessments are tried first, so that study comes before an exam where both serve."""
    kept = list(steps)
    for step in sorted(steps, key=lambda one: one.kind is not StepKind.ASSESSMENT):
        without = [one for one in kept if one != step]
        if without and _qualifies(policy, facts, without):
            kept = without
    return kept


def _least(policy: Policy, facts: YearFacts, steps: Sequence[Step]) -> list[Step]:
    """The same steps, each with the smallest amount that still does it."""
    held = list(steps)
    for place, step in enumerate(held):
        if step.kind not in MEASURED:
            continue
        low, high = 1, step.amount
        while low < high:
            middle = (low + high) // 2
            held[place] = step._replace(amount=middle)
            low, high = (low, middle) if _qualifies(policy, facts, held) else (middle + 1, high)
        held[place] = step._replace(amount=high)
    return held


def _qualifies(policy: Policy, facts: YearFacts, steps: Sequence[Step]) -> bool:
    return determine_year(policy, applied(policy, facts, steps)).verdict is Verdict.QUALIFIED


def _next_year(policy: Policy, facts: YearFacts, verdict: YearVerdict) -> tuple[Step, ...]:
    """The make-up that clears the debt in a next year that is itself qualified, tried with the engine; nothing when it does not."""
    if verdict.verdict not in OWED:
        return ()
    steps = tuple(
        Step(StepKind.MAKE_UP, one.code, required) for one in policy.components if (required := verdict.numbers[f"{one.code}_required"])
    )
    following = make_up_facts(policy, facts, verdict, steps)
    if following is None:
        return ()
    own = [step for step in candidates(policy, following) if step.kind is not StepKind.ASSESSMENT]
    after = determine_year(policy, applied(policy, following, own))
    return steps if after.verdict is Verdict.QUALIFIED and after.numbers["clears"] else ()

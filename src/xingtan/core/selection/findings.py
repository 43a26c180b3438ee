"""What stands between a candidate and a project: one pure function for the page, the bulk check and the API."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from xingtan.core.verdicts import Verdict

from .conditions import Code, Conditions, Pause, rank
from .facts import Candidate, Completed, full_years, years_before

PASSED = frozenset({Verdict.QUALIFIED.value, Verdict.EXEMPT.value})

Value: TypeAlias = str | int | bool | Sequence[str] | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing against a candidate. What the register does not say (`is_unknown`) is for a person to look at and never blocks."""

    code: Code
    is_blocking: bool
    values: Mapping[str, Value] = field(default_factory=dict)
    is_unknown: bool = False


def findings(candidate: Candidate, conditions: Conditions, on: date) -> tuple[Finding, ...]:
    """Everything that stands against taking part on this day, what blocks first; empty when every condition is met."""
    found = [] if candidate.is_in_post else [Finding(Code.IN_POST, is_blocking=True)]
    for check in CHECKS:
        found += check(candidate, conditions, on)
    return tuple(sorted((_weighed(one, conditions) for one in found), key=lambda one: not one.is_blocking))


def _weighed(one: Finding, conditions: Conditions) -> Finding:
    return replace(one, is_blocking=False) if one.is_unknown or one.code in conditions.advisory else one


def _against(code: Code, **values: Value) -> Finding:
    return Finding(code, is_blocking=True, values=values)


def _unknown(code: Code, **values: Value) -> Finding:
    return Finding(code, is_blocking=False, values=values, is_unknown=True)


def _lists(candidate: Candidate, conditions: Conditions, _on: date) -> Iterator[Finding]:
    asked: tuple[tuple[Code, Collection[str], str], ...] = (
        (Code.STAGES, conditions.stages, candidate.stage),
        (Code.SUBJECTS, conditions.subjects, candidate.subject),
        (Code.HONOURS_ANY, conditions.honours_any, candidate.honour),
        (Code.POSITIONS_ANY, conditions.positions_any, candidate.position),
    )
    for code, wanted, held in asked:
        if wanted and held not in wanted:
            yield _against(code, any=tuple(wanted), held=held)


def _titles(candidate: Candidate, conditions: Conditions, _on: date) -> Iterator[Finding]:
    held = rank(candidate.title)
    if conditions.title_at_least and held < rank(conditions.title_at_least):
        yield _against(Code.TITLE_AT_LEAST, title=conditions.title_at_least, held=candidate.title)
    if conditions.title_at_most and held > rank(conditions.title_at_most):
        yield _against(Code.TITLE_AT_MOST, title=conditions.title_at_most, held=candidate.title)


def _age(candidate: Candidate, conditions: Conditions, on: date) -> Iterator[Finding]:
    most = conditions.age_at_most
    if most is None:
        return
    if candidate.born_on is None:
        yield _unknown(Code.AGE_AT_MOST, years=most)
    elif (age := full_years(candidate.born_on, on)) > most:
        yield _against(Code.AGE_AT_MOST, years=most, held=age)


def _service(candidate: Candidate, conditions: Conditions, on: date) -> Iterator[Finding]:
    held = max(0, full_years(candidate.hired_on, on))
    least, most = conditions.service_years_at_least, conditions.service_years_at_most
    if least is not None and held < least:
        yield _against(Code.SERVICE_YEARS_AT_LEAST, years=least, held=held)
    if most is not None and held > most:
        yield _against(Code.SERVICE_YEARS_AT_MOST, years=most, held=held)


def _place(candidate: Candidate, conditions: Conditions, _on: date) -> Iterator[Finding]:
    if conditions.is_rural is not None and candidate.is_rural is not conditions.is_rural:
        yield _against(Code.IS_RURAL, wanted=conditions.is_rural)
    if conditions.needs_online and candidate.is_online is None:
        yield _unknown(Code.NEEDS_ONLINE)
    elif conditions.needs_online and not candidate.is_online:
        yield _against(Code.NEEDS_ONLINE)


def _past(candidate: Candidate, conditions: Conditions, on: date) -> Iterator[Finding]:
    pause = conditions.not_trained_within
    if pause and (newest := _newest(candidate.completed, pause, on)):
        yield _against(
            Code.NOT_TRAINED_WITHIN, kinds=pause.kinds, years=pause.years, held=newest.kind, ended_on=newest.ended_on.isoformat()
        )
    done = {one.kind for one in candidate.completed if one.ended_on <= on}
    if missing := tuple(kind for kind in conditions.ladder if kind not in done):
        yield _against(Code.LADDER, kinds=missing)


def _newest(completed: Sequence[Completed], pause: Pause, on: date) -> Completed | None:
    since = years_before(on, pause.years)
    counted = (one for one in completed if since < one.ended_on <= on and (not pause.kinds or one.kind in pause.kinds))
    return max(counted, key=lambda one: (one.ended_on, one.kind), default=None)


def _verdict(candidate: Candidate, conditions: Conditions, _on: date) -> Iterator[Finding]:
    if not conditions.last_verdict_qualified:
        return
    if candidate.last_verdict is None:
        yield _unknown(Code.LAST_VERDICT_QUALIFIED)
    elif candidate.last_verdict not in PASSED:
        yield _against(Code.LAST_VERDICT_QUALIFIED, year=candidate.last_year, verdict=candidate.last_verdict)


Check: TypeAlias = Callable[[Candidate, Conditions, date], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (_lists, _titles, _age, _service, _place, _past, _verdict)

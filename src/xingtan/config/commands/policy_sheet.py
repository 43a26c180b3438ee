"""What a pack says, as a sheet of sections and lines: all that a stranger needs to write the files of `xingtan determine` for it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

from xingtan.core.policy import DecisionRow, Policy, Words
from xingtan.core.policy.counting import COLUMNS, Filters
from xingtan.core.policy.counting_flaws import known_codes
from xingtan.core.policy.cycle_formulas import CYCLE_ALSO
from xingtan.core.policy.formulas import also_tests
from xingtan.core.policy.kinds import Whose
from xingtan.core.units import format_hours_exact
from xingtan.core.verdicts import ReasonCode, Verdict

Details = dict[str, object]
PLAIN_FACTS = ("category", "leave", "rank", "duty", "arrived")
_WHILE_UNCLEAR = (ReasonCode.ITEM_UNKNOWN, ReasonCode.FACT_MISSING, ReasonCode.FACTS_CONTRADICT)


class Line(NamedTuple):
    """A code with its name in both languages, and what else is said of it: text, or amounts as text with two decimals."""

    code: str
    label: Words
    details: Mapping[str, object] = {}


class Section(NamedTuple):
    """A part of the sheet; a section without lines is left out."""

    code: str
    label: Words
    lines: tuple[Line, ...]


@cache
def words() -> Mapping[str, Mapping[str, Words]]:
    """The words beside a pack's own names, by group and code."""
    text = (resources.files(__package__) / "policy_words.toml").read_text(encoding="utf-8")
    return {group: {code: Words(**label) for code, label in codes.items()} for group, codes in tomllib.loads(text).items()}


def sheet_of(policy: Policy) -> tuple[Section, ...]:
    """Everything a pack says, section by section; empty ones left out."""
    labels = words()["section"]
    sections = (Section(code, labels[code], tuple(lines(policy))) for code, lines in _SECTIONS.items())
    return tuple(section for section in sections if section.lines)


def reasons_of(policy: Policy) -> tuple[ReasonCode, ...]:
    """Every reason that a year or a cycle under this pack can be given, in the order of the one list."""
    own = {row.reason for row in (*policy.decide, *policy.cycle.decide)}
    beside = (*(code for code, _ in also_tests(policy)), *(code for code, _ in CYCLE_ALSO), *_WHILE_UNCLEAR)
    possible = _possible(policy)
    return tuple(code for code in ReasonCode if code in own or ((code in beside or code in possible) and possible.get(code, True)))


def _possible(policy: Policy) -> Mapping[ReasonCode, bool]:
    """Reasons that only some packs can give, and whether this one can."""
    makes_up = policy.make_up is not None and policy.make_up.is_open
    buckets = policy.all_buckets
    return {
        ReasonCode.HOURS_SHORT: any(any(item.required_centi.values()) for item in policy.items),
        ReasonCode.PART_SHORT: any(part.minimum_centi for one in policy.components for part in one.parts),
        ReasonCode.FLOOR_SHORT: any(bucket.year_floor_centi or bucket.cycle_floor_centi for bucket in buckets),
        ReasonCode.TARGET_SHORT: any(target.whose is Whose.PERSON for target in policy.targets),
        ReasonCode.EARMARK_SHORT: bool(policy.earmarks),
        ReasonCode.OFFSET_USED: policy.offset is not None and policy.offset.is_open,
        ReasonCode.CARRIED_OVER: policy.surplus.carries_over,
        ReasonCode.MADE_UP: makes_up,
        ReasonCode.MAKE_UP_PASSED: makes_up,
        ReasonCode.LEAVE_GROUND_UNKNOWN: bool(policy.leave),
    }


def _documents(policy: Policy) -> Iterator[Line]:
    return (Line(one.code, one.title) for one in policy.sources)


def _calendar(policy: Policy) -> Iterator[Line]:
    cycle, labels = policy.cycle, words()
    last = cycle.anchor_year + cycle.years - 1
    first_year = {"new_hire": _amount(cycle.new_hire_required_centi)} if cycle.new_hire_required_centi else {}
    unit = {"unit": policy.unit.value}
    yield Line(
        "cycle", labels["of"]["cycle"], {"is": f"{cycle.anchor_year}-{last}", "asks": _amount(cycle.required_centi), **first_year, **unit}
    )
    if (made_for := policy.effective) is not None:
        yield Line("effective", labels["of"]["effective"], {"is": f"{made_for.from_year or ''}-{made_for.to_year or ''}"})
    yield Line("year", labels["of"]["year"], {"is": f"{policy.year.first_day} - {policy.year.last_day}"})
    for window in policy.year.windows:
        yield Line(window.kind.value, labels["window"][window.kind.value], {"is": f"{window.opens} - {window.closes}"})


def _components(policy: Policy) -> Iterator[Line]:
    for one in policy.components:
        yield Line(one.code, one.label)
        for part in one.parts:
            yield Line(f"  {part.code}", part.label, _given(least=part.minimum_centi))


def _buckets(policy: Policy) -> Iterator[Line]:
    for one in policy.all_buckets:
        floors = _given(year_floor=one.year_floor_centi, cycle_floor=one.cycle_floor_centi)
        caps = _given(year_cap=one.year_cap_centi, cycle_cap=one.cycle_cap_centi)
        where = {name: _listed(codes) for name, codes in (("tier", one.tier), ("topic", one.topic)) if codes is not None}
        yield Line(one.code, one.label, {"component": one.component, **where, **floors, **caps})


def _items(policy: Policy) -> Iterator[Line]:
    for item in policy.items:
        details: Details = {"asks": _amounts(item.required_centi)}
        if item.first_year_centi:
            details["first_year"] = _amounts(item.first_year_centi)
        details |= {name: True for name, holds in (("usual", item.is_default), ("provisional", item.is_trial)) if holds}
        yield Line(str(item.number), item.label, details)


def _codes(policy: Policy) -> Iterator[Line]:
    named = {(term.column.value, term.code): term.label for term in policy.terms}
    named |= {("topic", part.code): part.label for one in policy.components for part in one.parts}
    named |= {("component", one.code): one.label for one in policy.components}
    if policy.offset is not None:
        named.setdefault(("activity", policy.offset.activity), policy.offset.duty.label)
    for column, codes in known_codes(policy).items():
        for code in codes:
            yield Line(f"{column} = {code}", named.get((column, code), words()["section"]["special"]))


def _conversions(policy: Policy) -> Iterator[Line]:
    for one in policy.converting:
        unit = words()["unit"][one.unit.value]
        gives = f"{one.per} {one.unit.value} = {_amount(one.gives_centi)} {policy.unit.value}"
        caps = _given(year_cap=one.year_cap_centi, cycle_cap=one.cycle_cap_centi, source_cap=one.source_cap_centi)
        yield Line(one.code, one.label, {"gives": gives, **_filters(one), **caps, "unit": f"{one.unit.value} {unit.zh} {unit.en}"})


def _facts(policy: Policy) -> Iterator[Line]:
    labels, offset = words()["fact"], policy.offset
    values: dict[str, Iterable[tuple[str, Words]]] = {
        "leave": [(one.code, one.label) for one in policy.leave],
        "rank": [(one.code, one.label) for one in (offset.ranks if offset else ())],
        "duty": [(offset.duty.code, offset.duty.label)] if offset else [],
    }
    for name in PLAIN_FACTS:
        if name in values and not values[name]:
            continue
        yield Line(name, labels[name], {"always": True})
        yield from (Line(f"  {code}", label, {"value": code}) for code, label in values.get(name, ()))
    for fact in policy.facts:
        holds = words()["holds"][fact.holds.value]
        yield Line(fact.code, fact.label, {"holds": f"{holds.zh} {holds.en}", **({} if fact.values else {"value": "yes, no"})})
        yield from (Line(f"  {value.code}", value.label, {"value": value.code}) for value in fact.values)


def _assessments(policy: Policy) -> Iterator[Line]:
    yield from (Line(one.code, one.label, {"pass_score": _amount(one.pass_score_centi)}) for one in policy.tests)
    yield from (Line(one.code, one.label, {"each_piece": True}) for one in policy.works)


def _measures(policy: Policy) -> Iterator[Line]:
    for one in policy.measures:
        unit = {"unit": one.unit.value} if one.unit else {}
        tests = {"assessment": _listed(one.assessment)} if one.assessment else {}
        checked = {"verified_only": True} if one.verified_only else {}
        yield Line(one.code, one.label, {"is": f"{one.how.value} ({one.over.value})", **_filters(one), **unit, **tests, **checked})


def _formulas(policy: Policy) -> Iterator[Line]:
    return (Line(one.code, one.label, {"is": one.expression}) for one in (*policy.formulas, *policy.cycle.formulas))


def _targets(policy: Policy) -> Iterator[Line]:
    labels = words()["of"]
    for one in policy.targets:
        span, whose = labels[one.span.value], labels[one.whose.value]
        yield Line(one.code, one.label, {"least": _amount(one.least_centi), "of": f"{whose.zh}{span.zh} {whose.en} {span.en}"})
    for mark in policy.earmarks:
        yield Line(mark.code, mark.label, {"cycle_least": _amount(mark.cycle_centi), **_filters(mark)})


def _special(policy: Policy) -> Iterator[Line]:
    yes_no = {True: Words(zh="是", en="yes"), False: Words(zh="否", en="no")}
    yield Line("surplus.carries_over", yes_no[policy.surplus.carries_over])
    yield Line("surplus.counts_in_cycle", yes_no[policy.surplus.counts_in_cycle])
    if (offset := policy.offset) is not None:
        details = {"fill_order": _listed(offset.fill_order), "never": _listed(offset.never), "year_cap": _amount(offset.cap_centi)}
        yield Line(offset.activity, offset.duty.label, {**details, **({} if offset.is_open else {"not_open": True})})
    if (online := policy.online) is not None:
        told = {name: str(value) for name, value in online.model_dump(exclude={"clause", "source", "reading"}).items()}
        yield Line("learned_time", Words(zh="在线计时", en="time on line"), told)
    if (make_up := policy.make_up) is not None:
        label = next((term.label for term in policy.terms if term.code == make_up.activity), yes_no[make_up.is_open])
        details = {"payer": make_up.payer.value, "passed": make_up.passed}
        yield Line(make_up.activity, label, {**details, **({} if make_up.is_open else {"not_open": True})})


def _routes(policy: Policy) -> Iterator[Line]:
    return (Line(str(one.number), one.label, {} if one.is_open else {"not_open": True}) for one in policy.routes)


def _rows(rows: Sequence[DecisionRow]) -> Iterator[Line]:
    for number, row in enumerate(rows, 1):
        route = {"route": str(row.route)} if row.route else {}
        grants = {"grants": True} if row.grants_missing_hours else {}
        verdict = words()["verdict"][row.verdict.value]
        yield Line(f"{number} {row.verdict.value}", verdict, {"reason": row.reason.value, **route, **grants, "when": row.when})


def _verdicts(policy: Policy) -> Iterator[Line]:
    own = {row.verdict for row in (*policy.decide, *policy.cycle.decide)} | {Verdict.UNDETERMINED}
    return (Line(one.value, words()["verdict"][one.value]) for one in Verdict if one in own)


def _consequences(policy: Policy) -> Iterator[Line]:
    for one in policy.consequences:
        until = {"until": one.until.value} if one.until else {}
        yield Line(one.code, one.label, {"verdict": _listed(one.verdicts), "applied_by": _listed(one.applied_by), **until})


def _fees(policy: Policy) -> Iterator[Line]:
    for fee in policy.fees:
        details = {"yuan": f"{_amount(fee.fen)} / {fee.unit.value}", "payer": fee.payer.value, "charged": "yes" if fee.is_charged else "no"}
        yield Line(fee.code, fee.label, details)
        for share in policy.splits:
            if share.fee == fee.code:
                whose = share.payer or share.level
                yield Line(f"  {whose.value if whose else ''}", share.label, {"share": f"{share.parts}/{share.of_parts}"})


def _readings(policy: Policy) -> Iterator[Line]:
    return (Line(one.code, Words(zh=one.zh, en=one.en)) for one in policy.readings)


_SECTIONS = {
    "documents": _documents,
    "calendar": _calendar,
    "components": _components,
    "buckets": _buckets,
    "items": _items,
    "codes": _codes,
    "conversions": _conversions,
    "facts": _facts,
    "assessments": _assessments,
    "measures": _measures,
    "formulas": _formulas,
    "targets": _targets,
    "special": _special,
    "routes": _routes,
    "year_rows": lambda policy: _rows(policy.decide),
    "cycle_rows": lambda policy: _rows(policy.cycle.decide),
    "verdicts": _verdicts,
    "reasons": lambda policy: (Line(code.value, words()["reason"][code.value]) for code in reasons_of(policy)),
    "consequences": _consequences,
    "fees": _fees,
    "readings": _readings,
}


def _filters(one: Filters) -> dict[str, str]:
    return {name: _listed(one.wanted[name] or ()) for name in COLUMNS if one.wanted[name] is not None}


def _given(**amounts: int | None) -> dict[str, str]:
    """The amounts that say something."""
    return {name: _amount(centi) for name, centi in amounts.items() if centi}


def _amount(centi: int) -> str:
    return format_hours_exact(centi)


def _amounts(amounts: Mapping[str, int]) -> str:
    return ", ".join(f"{component} {_amount(centi)}" for component, centi in amounts.items())


def _listed(codes: Iterable[str]) -> str:
    return ", ".join(str(code) or '""' for code in codes)

"""A policy pack as a book to read: chapters of rules, each with its words, its clause and its reading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from xingtan.core.policy import DecisionRow, Policy, Rule, Words
from xingtan.domains.determination import api as determination_room
from xingtan.domains.policies import api as policies
from xingtan.web.parts.formats import hours2, yuan

from .words import CYCLE_YEARS, DECIDING, ENTRY_STEPS, LEVELS, PAYERS, UNITS


@dataclass(frozen=True, slots=True)
class Line:
    """One rule: its name, what it says, the exact sentence of the source, our reading."""

    label: str
    value: str
    clause: str = ""
    reading: str = ""
    chip: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Rules that belong together."""

    key: str
    title: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item of training: number, category, name, hours per component and in all."""

    number: int
    category: str
    label: str
    hours: Sequence[str]
    total: str
    first_year: str
    is_trial: bool


def said(words: Words) -> str:
    """The words in the language of the page."""
    return words.en if (get_language() or "").startswith("en") else words.zh


def chapters(policy: Policy) -> list[Chapter]:
    """The pack's rules in the order in which a year meets them."""
    found = [
        Chapter("cycle", _("Cycle and year"), _cycle(policy)),
        Chapter("windows", _("Proposed windows"), _windows(policy)),
        Chapter("components", _("What a year is made of"), _components(policy)),
        Chapter("entry", _("Way in and review"), _entry(policy)),
        Chapter("routes", _("Routes of a year"), _routes(policy)),
        Chapter("decide", _("Determination of a year"), _decide(policy)),
        Chapter("fees", _("Fees"), _fees(policy)),
        Chapter("consequences", _("Consequences"), _consequences(policy)),
        Chapter("readings", _("Readings"), _readings(policy)),
    ]
    return [replace(chapter, lines=_each_reading_once(chapter.lines)) for chapter in found]


def _each_reading_once(lines: Sequence[Line]) -> list[Line]:
    """A reading that several rules of a chapter share stands at the first of them."""
    seen: set[str] = set()
    shown = []
    for line in lines:
        shown.append(replace(line, reading="") if line.reading in seen else line)
        seen.add(line.reading)
    return shown


def items_table(policy: Policy) -> list[ItemRow]:
    """The items by number; a number that the source leaves out is not there."""
    return [_item(policy, item.number) for item in sorted(policy.items, key=lambda item: item.number)]


def component_names(policy: Policy) -> list[str]:
    """The components' names, in the pack's order."""
    return [said(component.label) for component in policy.components]


def _item(policy: Policy, number: int) -> ItemRow:
    item = policy.item(number)
    amounts = [item.required_centi.get(component.code, 0) for component in policy.components]
    first = sum(item.first_year_centi.values())
    return ItemRow(
        number=number,
        category=said(policy.category(item.category).label),
        label=said(item.label),
        hours=[hours2(amount) for amount in amounts],
        total=hours2(sum(amounts)),
        first_year=hours2(first) if first else "",
        is_trial=item.is_trial,
    )


def _cycle(policy: Policy) -> list[Line]:
    length = str(CYCLE_YEARS) % {"years": policy.cycle.years, "anchor": policy.cycle.anchor_year}
    hires = _("New hires")
    return [
        _line(policy, _("Cycle"), length, policy.cycle),
        Line(_("Hours of a cycle"), f"{hours2(policy.cycle.required_centi)} ({hires}: {hours2(policy.cycle.new_hire_required_centi)})"),
        _line(policy, _("Training year"), f"{policy.year.first_day} – {policy.year.last_day}", policy.year),
        Line(_("Seconds of an hour"), str(policy.seconds_per_hour)),
        _line(policy, _("Surplus"), _("carries over") if policy.surplus.carries_over else _("does not carry over"), policy.surplus),
    ]


def _windows(policy: Policy) -> list[Line]:
    return [_line(policy, str(policies.WINDOW_LABELS[days.kind]), f"{days.opens} – {days.closes}", days) for days in policy.year.windows]


def _components(policy: Policy) -> list[Line]:
    lines: list[Line] = []
    for component in policy.components:
        default = policy.default_item.required_centi.get(component.code, 0)
        lines.append(_line(policy, said(component.label), _("%(hours)s hours a year") % {"hours": hours2(default)}, component))
        parts = [(said(part.label), hours2(part.minimum_centi), part) for part in component.parts]
        lines += [_line(policy, name, _("at least %(hours)s hours") % {"hours": least}, part) for name, least, part in parts]
    return [*lines, _line(policy, _("Assignments and work products"), _("all that the chosen courses require"), policy.work)]


def _entry(policy: Policy) -> list[Line]:
    order = " → ".join(str(ENTRY_STEPS[step]) for step in policy.entry.order)
    opens = Line(_("Study opens with"), str(ENTRY_STEPS[policy.entry.study_opens_on]))
    reviews = [_line(policy, said(review.label), str(LEVELS[review.level]), review) for review in policy.reviews]
    teaching = [_line(policy, said(one.label), _("taught by: %(level)s") % {"level": LEVELS[one.level]}, one) for one in policy.teaching]
    return [_line(policy, _("Order"), order, policy.entry), opens, *reviews, *teaching]


def _routes(policy: Policy) -> list[Line]:
    marks = "①②③④"
    return [
        _line(policy, f"{marks[route.number - 1]} {said(route.label)}", _("open") if route.is_open else _("not open yet"), route)
        for route in policy.routes
    ]


def _decide(policy: Policy) -> list[Line]:
    return [
        replace(_line(policy, str(determination_room.VERDICTS[row.verdict]), _deciding(row), row), code=row.when) for row in policy.decide
    ]


def _deciding(row: DecisionRow) -> str:
    return str(DECIDING.get(row.reason, row.reason))


def _fees(policy: Policy) -> list[Line]:
    return [
        _line(
            policy,
            said(fee.label),
            _("%(yuan)s yuan %(unit)s, %(payer)s") % {"yuan": yuan(fee.fen), "unit": UNITS[fee.unit], "payer": PAYERS[fee.payer]},
            fee,
            chip="charged" if fee.is_charged else "named",
        )
        for fee in policy.fees
    ]


def _consequences(policy: Policy) -> list[Line]:
    return [
        _line(
            policy,
            said(one.label),
            f"{_joined(determination_room.VERDICTS[v] for v in one.verdicts)} · {_joined(LEVELS[level] for level in one.applied_by)}",
            one,
        )
        for one in policy.consequences
    ]


def _readings(policy: Policy) -> list[Line]:
    return [Line(one.code, _either(one.zh, one.en), one.clause, chip="reading") for one in policy.readings]


def _joined(words: Iterable[object]) -> str:
    return ", ".join(map(str, words))


def _either(zh: str, en: str) -> str:
    return en if (get_language() or "").startswith("en") else zh


def _line(policy: Policy, label: str, value: str, rule: Rule, chip: str = "") -> Line:
    reading = policy.reading(rule.reading) if rule.reading else None
    return Line(label, value, rule.clause, _either(reading.zh, reading.en) if reading else "", chip)

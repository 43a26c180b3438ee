"""A teacher's record of a year: the own one, and what every page that shows one needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.core.determination import Node, NodeCode, NodeState
from xingtan.core.policy import Policy, Rule, Words
from xingtan.core.units import format_hours, format_hours_exact
from xingtan.core.verdicts import Verdict
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.eligibility import api as eligibility
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.http import Request

from .told import told_words

Hours = Callable[[int], str]


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the record in words."""

    row: determination_room.Row
    title: str
    on: date
    provider: str
    kind: str | Promise
    learned: str
    recognised: str
    state: str | Promise
    chip: str
    seconds: int
    items: list[tuple[str, int]]
    entries: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class SectionView:
    """A component of the record in words."""

    label: str
    amount: credits_room.Amount
    recognised: str
    required: str
    short: str
    surplus: str
    clause: str
    reading: str
    source: str
    remainder_s: int
    rows: list[RowView]


@require_safe
@allowed(credits_room.SEE_OWN_RECORD)
def record(request: Request) -> HttpResponse:
    """The teacher's own record of the year that the address names."""
    teacher_id = request.actor.teacher_id
    if teacher_id is None:
        raise NotInScope
    learning.tell_learned(request.now)
    return render(request, "trainee/record.html", record_page(request, teacher_id, policies.years_for(request.actor), format_hours))


def record_page(request: Request, teacher_id: int, years: Iterable[policies.TrainingYear], hours: Hours) -> dict[str, Any]:
    """Everything that a record's page shows; `year` is None while no year was opened."""
    known = list(years)
    year = chosen_year(known, request.GET.get("year", ""))
    if year is None:
        return {"record": None, "years": known, "year": None}
    found = determination_room.record_of(teacher_id, year.pk, request.today)
    return {
        "record": found,
        "year": year,
        "years": known,
        "item": _item_word(found.policy, found.item),
        "sections": [_section(found, one, hours) for one in found.sections],
        "total": {name: hours(getattr(found.amounts.total, name)) for name in ("learned", "recognised", "entered", "verified", "required")},
        "work": [(_title(one.title, one.title_en), credits_room.KINDS[credits_room.EvidenceKind(one.kind)], one) for one in found.work],
        **told_words(teacher_id, year, found.policy),
        **verdict_words(found, hours),
        "outlook": eligibility.outlook_told(found.policy, eligibility.outlook_of(found), hours),
        "why_url": _why_url(request, found),
    }


def _why_url(request: Request, found: determination_room.Record) -> str:
    """The page that explains this verdict: the teacher's own, or the offices'."""
    own = found.teacher.pk == request.actor.teacher_id
    place = reverse("trainee:why") if own else reverse("bureau:why", args=[found.teacher.public_id])
    return f"{place}?year={found.training_year.year}"


def chosen_year(years: list[policies.TrainingYear], wanted: str) -> policies.TrainingYear | None:
    """The year that the address names; without a name the latest open one."""
    if wanted:
        found = next((year for year in years if str(year.year) == wanted), None)
        if found is None:
            raise NotInScope
        return found
    return next((year for year in years if year.state == policies.YearState.OPEN), years[0] if years else None)


def _item_word(policy: Policy, item: int | None) -> str:
    return credits_room.word_of(policy.item(item).label) if item else ""


def _title(title: str, title_en: str) -> str:
    return title_en if title_en and (get_language() or "").startswith("en") else title


def _section(found: determination_room.Record, section: determination_room.Section, hours: Hours) -> SectionView:
    amount = found.amounts.by_component.get(section.component, credits_room.Amount())
    clause, reading, source = rule_words(found.policy, section.rule)
    return SectionView(
        label=credits_room.component_word(found.policy, section.component),
        amount=amount,
        recognised=hours(amount.recognised),
        required=hours(amount.required),
        short=hours(amount.remaining) if amount.remaining else "",
        surplus=hours(amount.surplus) if amount.surplus else "",
        clause=clause,
        reading=reading,
        source=source,
        remainder_s=section.studied.remainder_seconds,
        rows=[_row(row, hours) for row in section.rows],
    )


def _row(row: determination_room.Row, hours: Hours) -> RowView:
    state = row.state
    return RowView(
        row=row,
        title=_title(row.title, row.title_en),
        on=row.on,
        provider=row.provider,
        kind=credits_room.KINDS.get(row.kind, row.kind),
        learned=hours(row.learned_centi),
        recognised=hours(row.recognised_centi),
        state=credits_room.STATES[state] if state else _("Not entered"),
        chip=credits_room.STATE_CHIPS[state] if state else "plain",
        seconds=row.evidence.learned_s if row.evidence else 0,
        items=[(_title(title, title_en), seconds) for title, title_en, seconds in row.items],
        entries=[entry_words(view, hours) for view in row.entries],
    )


def entry_words(view: determination_room.EntryView, hours: Hours) -> dict[str, Any]:
    """A ledger line with its chain in words."""
    reasons = {one.value: label for one, label in credits_room.RETURN_REASONS.items()}
    return {
        "learned": hours(view.entry.learned_centi),
        "recognised": hours(view.entry.recognised_centi),
        "batch": view.entry.reason,
        "state": credits_room.STATES[view.state],
        "chip": credits_room.STATE_CHIPS[view.state],
        "is_opening": view.entry.kind == credits_room.EntryKind.OPENING,
        "is_late": view.entry.kind == credits_room.EntryKind.LATE,
        "number": view.entry.public_id,
        "chain": [(credits_room.STEPS[step.step], step, reasons.get(step.reason_code, "")) for step in view.chain],
    }


def rule_words(policy: Policy, rule: Rule) -> tuple[str, str, str]:
    """A rule's clause, our reading of it, and the document it is taken from."""
    reading = ""
    if rule.reading:
        found = policy.reading(rule.reading)
        reading = credits_room.word_of(Words(zh=found.zh, en=found.en))
    return rule.clause, reading, credits_room.word_of(policy.source_of(rule).title)


def verdict_words(found: determination_room.Record, hours: Hours) -> dict[str, Any]:
    """The verdict, its reasons, its tree, and what follows if nothing more is done, in words."""
    verdict, policy = found.verdict, found.policy
    final = found.determination if found.determination and found.determination.examined_at else None
    shown = Verdict(final.verdict) if final else verdict.verdict
    reasons = [determination_room.reason_sentence(policy, one.code, one.params) for one in verdict.reasons]
    otherwise = found.otherwise.verdict if found.otherwise and found.otherwise.verdict is not verdict.verdict else None
    follows = policy.consequences_of(otherwise or shown)
    row = policy.decide[found.otherwise.row] if otherwise and found.otherwise else None
    return {
        "final": final,
        "verdict": determination_room.VERDICTS[shown],
        "verdict_chip": determination_room.VERDICT_CHIPS[shown],
        "reasons": reasons,
        "answer": reasons[0] if reasons else "",
        "tree": [_node(found, verdict.tree, hours)],
        "clause": verdict.clause,
        "otherwise": determination_room.VERDICTS[otherwise] if otherwise else "",
        "otherwise_clause": row.clause if row else "",
        "consequences": [(credits_room.word_of(one.label), one.clause) for one in follows],
        "cycle_verdict": determination_room.VERDICTS[found.cycle.verdict],
        "cycle_chip": determination_room.VERDICT_CHIPS[found.cycle.verdict],
        "cycle_credited": hours(found.cycle.credited_centi),
        "cycle_required": hours(found.cycle.required_centi),
        "cycle_reasons": [determination_room.reason_sentence(policy, one.code, one.params) for one in found.cycle.reasons],
        "required": hours(verdict.required_centi),
        "recognised": hours(verdict.recognised_centi),
        "hours_decimals": 2 if hours is format_hours_exact else 1,
    }


def _node(found: determination_room.Record, node: Node, hours: Hours) -> dict[str, Any]:
    """A node of the reason tree as `{% tree %}` takes it."""
    is_count = node.code in (NodeCode.ASSIGNMENTS, NodeCode.WORK_PRODUCTS, NodeCode.EXAM)
    have, need = (str(node.have), str(node.need)) if is_count else (hours(node.have), hours(node.need))
    note = ""
    if node.code is NodeCode.COMPONENT and node.short:
        note = determination_room.reason_sentence(found.policy, "hours_short", {"component": node.subject, "short_centi": node.short})
    if node.code is NodeCode.PROCEDURE and node.state is NodeState.WAITING:
        own = _("The offices have it; nothing for you to do.")
        note = _("The offices have it; the teacher has nothing to do.") if hours is format_hours_exact else own
    return {
        "state": node.state.value,
        "label": _node_label(found.policy, node),
        "value": have if not node.need else f"{have} / {need}",
        "note": note,
        "children": [_node(found, child, hours) for child in node.children if child.code is not NodeCode.PART or child.need],
    }


def _node_label(policy: Policy, node: Node) -> str:
    if node.code is NodeCode.COMPONENT:
        return credits_room.component_word(policy, node.subject)
    if node.code is NodeCode.PART:
        return next(
            (
                credits_room.part_word(policy, one.code, node.subject)
                for one in policy.components
                for part in one.parts
                if part.code == node.subject
            ),
            node.subject,
        )
    return str(determination_room.NODES[node.code.value])

"""Writing a plan: begun, saved as a whole table, copied from the year before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from xingtan.domains.plans.access import WRITE_PLANS
from xingtan.domains.plans.models import Plan, PlanLine, asked_sum
from xingtan.domains.plans.queries.plans import lines_of, plan_before, plan_of
from xingtan.domains.plans.rules import MOST_LINES, refuse_size, refuse_writing
from xingtan.domains.plans.states import PlanState, Term
from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .holding import held_lines, own, refuse_closed

FIELDS = ("what", "area", "way", "stage", "subject", "category", "head_count", "hours_centi", "budget_fen", "target")


class Wanted(NamedTuple):
    """A line as typed; `line_id` names the line that it changes, None for a new one."""

    what: str = ""
    area: str = ""
    way: str = "run"
    stage: str = ""
    subject: str = ""
    category: str = ""
    head_count: int = 0
    hours_centi: int = 0
    budget_fen: int = 0
    target: str = ""
    line_id: int | None = None


@atomic
def start_plan(*, actor: Actor, training_year_id: int, term: Term | str = Term.YEAR, now: datetime) -> Plan:
    """The actor's office has a plan for this year and term; a second time it is the same one."""
    require(actor, WRITE_PLANS)
    if actor.organisation_id is None:
        raise NotInScope
    year = policies.year_by_id(actor, training_year_id)
    standing = plan_of(actor.organisation_id, year.pk, Term(term))
    if standing is not None:
        return standing
    refuse_closed(year)
    values = {"organisation_id": actor.organisation_id, "training_year": year, "term": Term(term).value}
    plan, is_new = Plan.everywhere.get_or_create(**values, defaults={"made_at": now, "changed_at": now})
    if is_new:
        record(actor, "plans.started", "plan", [plan.pk], now=now)
    return plan


@atomic
def save_lines(*, actor: Actor, plan_id: int, version: int, goals: str, lines: Sequence[Wanted], now: datetime) -> Plan:
    """The plan consists of these lines in this order; half-filled ones stay half-filled until it goes up. Lines that are projects stay.

    Whoever saw an older version is refused; the same table again changes nothing.
    """
    require(actor, WRITE_PLANS)
    plan = own(actor, plan_id)
    if why := refuse_writing(PlanState(plan.state)):
        raise Refused(why)
    if version != plan.version:
        raise Refused("stale")
    if why := refuse_size(len(lines)):
        raise Refused(why, most=MOST_LINES)
    before = {line.pk: line for line in held_lines(plan)}
    changed = _removed(before, lines) | _written(plan, before, lines) | (plan.goals != goals.strip())
    if changed:
        plan.goals, plan.changed_at, plan.version = goals.strip(), now, plan.version + 1
        plan.save(update_fields=["goals", "changed_at", "version"])
        sums = asked_sum(PlanLine.objects.filter(plan=plan))
        record(actor, "plans.saved", "plan", [plan.pk], now=now, detail={"lines": sums.lines, "heads": sums.heads, "fen": sums.fen})
    return plan


def _removed(before: dict[int, PlanLine], lines: Sequence[Wanted]) -> bool:
    kept = {line.line_id for line in lines}
    gone = [line for pk, line in before.items() if pk not in kept]
    for line in gone:
        _refuse_project(line)
    PlanLine.objects.filter(gathered_into__in=gone).update(gathered_into=None)
    PlanLine.objects.filter(pk__in=[line.pk for line in gone]).delete()
    return bool(gone)


def _written(plan: Plan, before: dict[int, PlanLine], lines: Sequence[Wanted]) -> bool:
    changed = False
    for position, wanted in enumerate(lines, start=1):
        line = before.get(wanted.line_id or 0) or PlanLine(plan=plan)
        if line.pk and all(getattr(line, name) == getattr(wanted, name) for name in FIELDS) and line.position == position:
            continue
        if line.way != wanted.way:
            _refuse_project(line)
        line.position = position
        for name in FIELDS:
            setattr(line, name, getattr(wanted, name))
        line.save()
        changed = True
    return changed


def _refuse_project(line: PlanLine) -> None:
    if line.project_id is not None:
        raise Refused("plan_line_is_project", what=line.what)


@atomic
def copy_last_year(*, actor: Actor, plan_id: int, now: datetime) -> Plan:
    """The empty plan has the lines of the unit's plan of the year before, with what was accepted where something was."""
    require(actor, WRITE_PLANS)
    plan = own(actor, plan_id)
    if why := refuse_writing(PlanState(plan.state)):
        raise Refused(why)
    if held_lines(plan):
        raise Refused("plan_has_lines")
    before = plan_before(plan)
    lines = lines_of([before.pk])[before.pk] if before else []
    if before is None or not lines:
        raise Refused("plan_nothing_before")
    PlanLine.objects.bulk_create([_copied(plan, line) for line in lines])
    plan.goals, plan.changed_at, plan.version = plan.goals or before.goals, now, plan.version + 1
    plan.save(update_fields=["goals", "changed_at", "version"])
    record(actor, "plans.copied", "plan", [plan.pk], now=now, detail={"from": before.pk, "lines": len(lines)})
    return plan


def _copied(plan: Plan, line: PlanLine) -> PlanLine:
    values = {name: getattr(line, name) for name in ("position", *FIELDS)}
    if line.accepted_count is not None:
        values |= {"head_count": line.accepted_count, "budget_fen": line.accepted_fen}
    return PlanLine(plan=plan, **values)

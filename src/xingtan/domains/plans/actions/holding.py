"""What the verbs share: a plan held, its step written, its unit told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from xingtan.domains.plans.models import Plan, PlanLine, PlanStep, accepted_sum, asked_sum
from xingtan.domains.plans.rules import refuse_act
from xingtan.domains.plans.states import MOVES, PlanAct, PlanState
from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.log import record
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import BUREAU, SCHOOL, Actor
from xingtan.foundation.refusal import NotInScope, Refused


def held(actor: Actor, plan_id: int) -> Plan:
    """The branch's plan, locked until the transaction ends; its year is open."""
    found = Plan.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk=plan_id)
    plan: Plan | None = found.select_related("organisation__parent", "training_year", "above").first()
    if plan is None:
        raise NotInScope
    refuse_closed(plan.training_year)
    return plan


def own(actor: Actor, plan_id: int) -> Plan:
    """The same of the actor's own office; another unit's plan is not written by an office above."""
    plan = held(actor, plan_id)
    if plan.organisation_id != actor.organisation_id:
        raise NotInScope
    return plan


def below(actor: Actor, plan_id: int) -> Plan:
    """The same of a unit below, whose plan came to the actor's office or to one under it."""
    plan = held(actor, plan_id)
    if plan.above is None or plan.organisation_id == actor.organisation_id or not actor.scope.holds(plan.above.path):
        raise NotInScope
    return plan


def held_lines(plan: Plan) -> list[PlanLine]:
    """The plan's lines in their order, locked."""
    return list(PlanLine.objects.select_for_update().filter(plan=plan).order_by("position", "pk"))


def move(plan: Plan, act: PlanAct, *, actor: Actor, now: datetime, words: str = "", lines: Sequence[PlanLine]) -> None:
    """The plan is in the state that the act leads to; trail and audit say so."""
    state = PlanState(plan.state)
    if why := refuse_act(state, act):
        raise Refused(why)
    plan.state, plan.changed_at, plan.version = MOVES[state][act].value, now, plan.version + 1
    plan.save()
    sums = [*asked_sum(lines), *accepted_sum(lines)]
    step = {"act": act.value, "at": now, "account_id": actor.account_id, "organisation_id": actor.organisation_id}
    PlanStep.objects.create(plan=plan, words=words, sums=sums, **step)
    record(actor, f"plans.{act.value}", "plan", [plan.pk], now=now, detail={"lines": sums[0], "heads": sums[1], "fen": sums[3]})


def tell_office(plan: Plan, organisation_id: int | None, code: str, *, now: datetime) -> None:
    """Everyone who works in the office knows."""
    day = now.date()
    people = Grant.objects.filter(organisation_id=organisation_id or 0, role__in=SCHOOL | BUREAU, ended_at=None, from_on__lte=day)
    accounts = set(people.exclude(to_on__lt=day).values_list("account_id", flat=True))
    params = {"unit": plan.organisation.name, "year": plan.training_year.year}
    source = f"{code}:{plan.pk}:{plan.version}"
    tell(accounts, code, source=source, params=params, link=f"/bureau/plans/{plan.public_id}/", now=now)


def refuse_closed(year: policies.TrainingYear) -> None:
    """Nothing changed; raises when the year is closed."""
    if year.state == policies.YearState.CLOSED:
        raise Refused("plan_year_closed", year=year.year)

"""A plan goes up, comes back, is accepted: what the unit does, and what the level above answers."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from xingtan.core.calendar import local_day
from xingtan.domains.plans.access import ANSWER_PLANS, SUBMIT_PLANS
from xingtan.domains.plans.models import Plan, PlanLine
from xingtan.domains.plans.queries.due import dues_of
from xingtan.domains.plans.rules import lacking, refuse_late
from xingtan.domains.plans.states import PlanAct
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused

from .holding import below, held_lines, move, own, tell_office


class Answer(NamedTuple):
    """What of a line is accepted: heads, fen, and a word to it."""

    head_count: int
    fen: int
    words: str = ""


@atomic
def submit(*, actor: Actor, plan_id: int, now: datetime) -> Plan:
    """The plan lies with the office above, which is told; every line is whole and its last day is not over."""
    require(actor, SUBMIT_PLANS)
    plan = own(actor, plan_id)
    lines = held_lines(plan)
    if plan.organisation.parent_id is None:
        raise Refused("plan_without_above")
    due_on = dues_of([plan.organisation], plan.training_year, plan.term).get(plan.organisation_id)
    if due_on and (why := refuse_late(due_on, local_day(now))):
        raise Refused(why, due_on=due_on.isoformat())
    _refuse_unfinished(lines)
    plan.above, plan.submitted_at = plan.organisation.parent, now
    move(plan, PlanAct.SUBMIT, actor=actor, now=now, lines=lines)
    tell_office(plan, plan.above_id, "plan_submitted", now=now)
    return plan


@atomic
def adopt(*, actor: Actor, plan_id: int, now: datetime) -> Plan:
    """The plan of an office without a level above is accepted as it is."""
    require(actor, SUBMIT_PLANS)
    plan = own(actor, plan_id)
    if plan.organisation.parent_id is not None:
        raise Refused("plan_not_the_top")
    lines = held_lines(plan)
    _refuse_unfinished(lines)
    _answer(lines, {})
    plan.decided_at = now
    move(plan, PlanAct.ADOPT, actor=actor, now=now, lines=lines)
    return plan


@atomic
def take_back(*, actor: Actor, plan_id: int, now: datetime) -> Plan:
    """The plan is being written again; the office above has not decided yet."""
    require(actor, SUBMIT_PLANS)
    plan = own(actor, plan_id)
    move(plan, PlanAct.TAKE_BACK, actor=actor, now=now, lines=held_lines(plan))
    return plan


@atomic
def accept(*, actor: Actor, plan_ids: Collection[int], answers: Mapping[int, Answer], words: str = "", now: datetime) -> int:
    """The plans are accepted and their units told; a line without an answer of its own is accepted as asked. Returns how many were new."""
    require(actor, ANSWER_PLANS)
    count = 0
    for plan_id in sorted(set(plan_ids)):
        plan = below(actor, plan_id)
        lines = held_lines(plan)
        _answer(lines, answers)
        plan.decided_at, plan.reply = now, words.strip()
        move(plan, PlanAct.ACCEPT, actor=actor, now=now, words=words.strip(), lines=lines)
        tell_office(plan, plan.organisation_id, "plan_accepted", now=now)
        count += 1
    return count


@atomic
def return_plan(*, actor: Actor, plan_id: int, words: str, now: datetime) -> Plan:
    """The plan is with its unit again, with what to change in words."""
    return _back(actor, plan_id, PlanAct.RETURN, "plan_returned", words, now)


@atomic
def reopen(*, actor: Actor, plan_id: int, words: str, now: datetime) -> Plan:
    """The accepted plan may be changed by its unit again; what has become a project stays."""
    return _back(actor, plan_id, PlanAct.REOPEN, "plan_reopened", words, now)


def _back(actor: Actor, plan_id: int, act: PlanAct, code: str, words: str, now: datetime) -> Plan:
    require(actor, ANSWER_PLANS)
    plan = own(actor, plan_id) if act is PlanAct.REOPEN and _is_top(actor, plan_id) else below(actor, plan_id)
    if not words.strip():
        raise Refused("plan_reply_missing")
    plan.decided_at, plan.reply = now, words.strip()
    move(plan, act, actor=actor, now=now, words=words.strip(), lines=held_lines(plan))
    tell_office(plan, plan.organisation_id, code, now=now)
    return plan


def _is_top(actor: Actor, plan_id: int) -> bool:
    return (
        Plan.objects.within(actor.scope).filter(pk=plan_id, organisation_id=actor.organisation_id or 0, organisation__parent=None).exists()
    )


def _refuse_unfinished(lines: Sequence[PlanLine]) -> None:
    if not lines:
        raise Refused("plan_empty")
    for place, line in enumerate(lines, start=1):
        why = lacking(what=line.what, area=line.area, head_count=line.head_count, hours_centi=line.hours_centi)
        if why:
            raise Refused(why, line=place)


def _answer(lines: Sequence[PlanLine], answers: Mapping[int, Answer]) -> None:
    for line in lines:
        told = answers.get(line.pk) or Answer(line.head_count, line.budget_fen)
        line.accepted_count, line.accepted_fen, line.answer = told.head_count, told.fen, told.words.strip()
    PlanLine.objects.bulk_update(lines, ["accepted_count", "accepted_fen", "answer"])

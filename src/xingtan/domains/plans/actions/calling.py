"""An office asks the units below for their plans until a day, and gives one of them longer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from xingtan.core.calendar import local_day
from xingtan.domains.plans.access import ANSWER_PLANS
from xingtan.domains.plans.models import PlanCall
from xingtan.domains.plans.states import Level, Term
from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation

from .holding import refuse_closed


class Call(NamedTuple):
    """Which plans are asked for, until which day (included), and what is said to it."""

    training_year_id: int
    term: str
    level: str
    due_on: date
    words: str = ""


@atomic
def call_for_plans(*, actor: Actor, call: Call, now: datetime) -> PlanCall:
    """The units of that level in the branch hand up their plans until the day; calling again changes day and words."""
    year = _year(actor, call, now)
    named = {
        "organisation_id": actor.organisation_id,
        "training_year": year,
        "term": Term(call.term).value,
        "level": Level(call.level).value,
    }
    return _kept(actor, named | {"unit": None}, call, now)


@atomic
def extend(*, actor: Actor, unit_id: int, call: Call, now: datetime) -> PlanCall:
    """The one unit of the branch has until this day, with the reason on record."""
    year = _year(actor, call, now)
    unit = Organisation.objects.within(actor.scope).filter(pk=unit_id).exclude(pk=actor.organisation_id or 0).first()
    if unit is None:
        raise NotInScope
    if not call.words.strip():
        raise Refused("plan_reply_missing")
    named = {"organisation_id": actor.organisation_id, "training_year": year, "term": Term(call.term).value, "unit": unit}
    return _kept(actor, named, call, now)


def _year(actor: Actor, call: Call, now: datetime) -> policies.TrainingYear:
    require(actor, ANSWER_PLANS)
    if actor.organisation_id is None:
        raise NotInScope
    year = policies.year_by_id(actor, call.training_year_id)
    refuse_closed(year)
    if call.due_on < local_day(now):
        raise Refused("plan_call_past")
    return year


def _kept(actor: Actor, named: Mapping[str, Any], call: Call, now: datetime) -> PlanCall:
    values = {"due_on": call.due_on, "words": call.words.strip(), "called_at": now, "called_by_id": actor.account_id}
    made, _is_new = PlanCall.everywhere.update_or_create(**named, defaults={"level": Level(call.level).value, **values})
    detail = {"due_on": call.due_on.isoformat(), "unit": made.unit_id}
    record(actor, "plans.extended" if made.unit_id else "plans.called", "plan_call", [made.pk], now=now, detail=detail)
    return made

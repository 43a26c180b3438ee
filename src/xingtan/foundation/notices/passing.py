"""Objections that pass from one handler to another."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.scope.branch import Scope

from .models import Objection, ObjectionStep
from .states import OPEN, StepKind


def objections_held(scope: Scope, handler_id: int) -> QuerySet[Objection]:
    """The branch's objections that this person has to answer."""
    states = [state.value for state in OPEN]
    return Objection.objects.within(scope).filter(handler_id=handler_id, state__in=states)


@atomic
def pass_objections(*, actor: Actor, holder_id: int, successor_id: int, now: datetime) -> int:
    """The open objections of the branch have the successor as handler, which their trail says; what was asked of others stays asked."""
    ids = list(objections_held(actor.scope, holder_id).values_list("pk", flat=True))
    steps = [
        ObjectionStep(
            objection_id=pk, kind=StepKind.ASSIGNED.value, at=now, account_id=actor.account_id,
            organisation_id=actor.organisation_id, to_account_id=successor_id,
        )
        for pk in ids
    ]  # fmt: skip
    ObjectionStep.objects.bulk_create(steps)
    return Objection.everywhere.filter(pk__in=ids).update(handler_id=successor_id)

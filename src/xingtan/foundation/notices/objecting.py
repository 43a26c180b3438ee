"""The life of an objection: filed, assigned, referred for another office's word, decided, withdrawn; every step stays in its trail."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Max

from xingtan.core.calendar import local_day
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation

from .models import Objection, ObjectionStep
from .posting import held_notice
from .rules import refuse_decision, refuse_move, refuse_objection
from .states import OPEN, DecisionReason, NoticeState, ObjectionState, StepKind

LINK = "/objections/"


@dataclass(frozen=True, slots=True)
class Concern:
    """Whom an objection concerns: the row of the notice's kind, the person's account and name, their office, what the notice says of them."""

    row_id: int
    account_id: int
    name: str
    organisation_id: int
    claim: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Decision:
    """Upheld or not, why, and the answer to the person."""

    is_upheld: bool
    reason: DecisionReason
    words: str


@atomic
def object_to(*, actor: Actor, notice_id: int, concern: Concern, text: str, file: StoredFile | None = None, now: datetime) -> Objection:
    """The objection is filed within the notice's days, numbered, and whom it concerns is told when an office files it for them."""
    notice = held_notice(notice_id)
    today = local_day(now)
    if why := refuse_objection(NoticeState(notice.state), notice.days, text=text, today=today):
        raise Refused(why, opens_on=notice.opens_on.isoformat(), until=notice.objections_until.isoformat())
    before = Objection.everywhere.filter(notice=notice)
    if before.filter(concern_id=concern.row_id, state__in=[state.value for state in OPEN]).exists():
        raise Refused("objection_one_at_a_time")
    is_by_office = actor.account_id != concern.account_id
    made: Objection = Objection.everywhere.create(
        notice=notice,
        number=(before.aggregate(last=Max("number"))["last"] or 0) + 1,
        organisation_id=concern.organisation_id,
        concern_id=concern.row_id,
        concern_name=concern.name,
        account_id=concern.account_id,
        claim=dict(concern.claim),
        text=text.strip(),
        file=file,
        filed_by_id=actor.account_id or 0,
        is_by_office=is_by_office,
        filed_at=now,
        due_on=today + timedelta(days=notice.answer_days),
    )
    _step(made, StepKind.FILED, actor, now)
    if is_by_office:
        _tell(made, concern.account_id, "objection_filed_for_you", now)
    return made


@atomic
def assign(*, actor: Actor, objection_ids: Collection[int], handler_id: int, now: datetime) -> int:
    """These objections have this handler, who is told; returns how many changed hands. The room has checked that the handler may decide."""
    rows = _held(actor, objection_ids)
    moved = [row for row in rows if row.handler_id != handler_id or row.state != ObjectionState.ASSIGNED]
    for row in moved:
        _move(row, ObjectionState.ASSIGNED)
        row.handler_id, row.asked = handler_id, None
        row.save(update_fields=["state", "handler", "asked"])
        _step(row, StepKind.ASSIGNED, actor, now, to_account_id=handler_id)
        if handler_id != actor.account_id:
            _tell(row, handler_id, "objection_assigned", now, due_on=row.due_on.isoformat())
    return len(moved)


@atomic
def refer(
    *, actor: Actor, objection_id: int, organisation: Organisation, words: str, account_ids: Collection[int], now: datetime
) -> Objection:
    """The office is asked for its word, and its people are told; the handler stays the same."""
    (row,) = _held(actor, [objection_id])
    if row.handler_id != actor.account_id:
        raise Refused("objection_not_yours")
    _move(row, ObjectionState.REFERRED)
    row.asked = organisation
    row.save(update_fields=["state", "asked"])
    _step(row, StepKind.REFERRED, actor, now, words=words, to_organisation_id=organisation.pk)
    for account_id in account_ids:
        _tell(row, account_id, "objection_referred", now)
    return row


@atomic
def reply(*, actor: Actor, objection_id: int, words: str, now: datetime) -> Objection:
    """The office that was asked has said its word; the objection is with its handler again."""
    (row,) = _held(actor, [objection_id])
    if row.state != ObjectionState.REFERRED:
        raise Refused("objection_wrong_state")
    if row.asked_id != actor.organisation_id:
        raise Refused("notice_not_for_you")
    if len(words.strip()) < 5:
        raise Refused("objection_says_nothing")
    _move(row, ObjectionState.ASSIGNED)
    row.save(update_fields=["state"])
    _step(row, StepKind.REPLIED, actor, now, words=words)
    return row


@atomic
def decide(*, actor: Actor, objection_id: int, decision: Decision, now: datetime) -> Objection:
    """The objection is upheld or not, with reason and answer, and whom it concerns is told; only its handler decides, and never who filed it."""
    (row,) = _held(actor, [objection_id])
    to = ObjectionState.UPHELD if decision.is_upheld else ObjectionState.NOT_UPHELD
    _move(row, to)
    why = refuse_decision(
        is_upheld=decision.is_upheld,
        reason=decision.reason,
        words=decision.words,
        handler_id=row.handler_id,
        decider_id=actor.account_id,
        filed_by_id=row.filed_by_id,
    )
    if why:
        raise Refused(why)
    row.decided_at, row.reason_code, row.answer = now, decision.reason.value, decision.words.strip()
    row.save(update_fields=["state", "decided_at", "reason_code", "answer"])
    _step(row, StepKind(to.value), actor, now, words=row.answer)
    _tell(row, row.account_id, f"objection_{to.value}", now)
    return row


@atomic
def withdraw(*, actor: Actor, objection_id: int, now: datetime) -> Objection:
    """Whoever filed the objection, or whom it concerns, took it back."""
    row = Objection.everywhere.select_for_update().filter(pk=objection_id).first()
    if row is None or actor.account_id not in (row.filed_by_id, row.account_id):
        raise NotInScope
    _move(row, ObjectionState.WITHDRAWN)
    row.save(update_fields=["state"])
    _step(row, StepKind.WITHDRAWN, actor, now)
    return row


@atomic
def note_effect(*, actor: Actor, objection_id: int, effect: Mapping[str, Any], now: datetime) -> Objection:
    """It is known what followed from upholding the objection."""
    (row,) = _held(actor, [objection_id])
    if row.state != ObjectionState.UPHELD:
        raise Refused("objection_wrong_state")
    row.effect = dict(effect)
    row.save(update_fields=["effect"])
    _step(row, StepKind.FOLLOWED, actor, now)
    return row


def _held(actor: Actor, ids: Collection[int]) -> list[Objection]:
    """These objections of the actor's branch, locked in the order of their ids; `NotInScope` when one is not there."""
    rows = list(Objection.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk__among=ids).order_by("pk"))
    if len(rows) != len(set(ids)):
        raise NotInScope
    return rows


def _move(row: Objection, to: ObjectionState) -> None:
    if why := refuse_move(ObjectionState(row.state), to):
        raise Refused(why)
    row.state = to.value


def _step(row: Objection, kind: StepKind, actor: Actor, now: datetime, **more: Any) -> None:  # noqa: ANN401 -- fields of the step
    """The step stands in the trail and, without its words, in the audit log."""
    ObjectionStep.objects.create(
        objection=row, kind=kind.value, at=now, account_id=actor.account_id, organisation_id=actor.organisation_id, **more
    )
    record(actor, f"notices.objection_{kind.value}", "objection", [row.pk], now=now)


def _tell(row: Objection, account_id: int, code: str, now: datetime, **params: str) -> None:
    if Account.objects.filter(pk=account_id).exists():
        source = f"{code}:{row.pk}:{now.isoformat()}"
        tell([account_id], code, source=source, params={"number": row.number, **params}, link=f"{LINK}{row.public_id}/", now=now)

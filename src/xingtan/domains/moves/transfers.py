"""A teacher moves to another school: both sides agree, or an office above both carries it out."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import F, Q, QuerySet

from xingtan.core.calendar import local_day
from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.api import FactKind, Status, Teacher
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import BUREAU, Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.models import Kind, Organisation

from . import access
from .models import Transfer
from .rules import GONE, refuse_day, refuse_transfer
from .states import TransferState
from .turning import refuse, standing_since, tell_moved, told_reason, turn

SCHOOLS = (Kind.SCHOOL, Kind.TEACHING_POINT)


class Terms(NamedTuple):
    """Since when a move holds, and why."""

    since: date
    reason: str


@atomic
def offer_transfer(*, actor: Actor, teacher_id: int, to_school: str, terms: Terms, now: datetime) -> Transfer:
    """The teacher of the branch is offered to the school with this code or name; carried out at once where the actor looks after both.

    Asking for the same again answers the same.
    """
    require(actor, access.MOVE)
    [teacher] = teachers.teachers_held(actor.scope, [teacher_id])
    return _ask(actor, teacher, school_named(to_school), terms, now)


@atomic
def request_transfer(*, actor: Actor, name: str, number: str, to_school_id: int, terms: Terms, now: datetime) -> Transfer | None:
    """The person with this name and number is asked for by a school of the branch. None, and nothing told, where there is no such person."""
    require(actor, access.MOVE)
    told_reason(terms.reason)
    school = Organisation.objects.within(actor.scope).filter(pk=to_school_id, kind__in=SCHOOLS).first()
    if school is None:
        raise NotInScope
    found = Teacher.everywhere.select_for_update(of=("self",)).filter(number_index=teachers.number_index(teachers.normal_number(number)))
    teacher = found.exclude(status=Status.MERGED).exclude(school=school).first()
    if teacher is None or teacher.name != teachers.normal_name(name):
        return None
    return _ask(actor, teacher, school, terms, now)


def school_named(text: str) -> Organisation:
    """The one open school with this code or whole name, wherever it is; refused where there is none or several."""
    found = Organisation.everywhere.filter(Q(code=text.strip()) | Q(name=text.strip()), kind__in=SCHOOLS, closed_on=None)[:2]
    if not text.strip() or len(found) != 1:
        raise Refused("school_several" if found else "school_not_found", found=text.strip()[:60])
    return found[0]


def _ask(actor: Actor, teacher: Teacher, school: Organisation, terms: Terms, now: datetime) -> Transfer:
    since, why = terms.since, told_reason(terms.reason)
    refuse(refuse_transfer(teacher.status, from_school=teacher.school_id, to_school=school.pk, is_closed=school.closed_on is not None))
    refuse(refuse_day(since, standing_since=standing_since([teacher.pk], FactKind.SCHOOL).get(teacher.pk), today=local_day(now)))
    waiting = Transfer.objects.select_for_update().filter(teacher=teacher, state=TransferState.WAITING).first()
    if waiting is not None and waiting.to_school_id != school.pk:
        raise Refused("transfer_waits_already")
    asked = waiting or Transfer.objects.create(
        teacher=teacher, from_school_id=teacher.school_id, to_school=school, effective_on=since, reason=why,
        asked_at=now, asked_by_id=actor.account_id,
    )  # fmt: skip
    if waiting is None:
        record(actor, "moves.transfer_asked", "teacher", [teacher.pk], now=now, detail={"transfer": asked.pk, "to": school.pk})
    return _agree(actor, asked, teacher, now)


def _agree(actor: Actor, asked: Transfer, teacher: Teacher, now: datetime) -> Transfer:
    """The actor's word counts for every side that lies in the actor's branch; with both sides' word it is carried out.

    Who has left is free: nobody has to let go. But then an office, not the school alone, must take the person in.
    """
    is_gone = teacher.status in GONE
    if asked.released_at is None and (is_gone or actor.scope.holds(asked.from_school.path)):
        asked.released_at, asked.released_by_id = now, None if is_gone else actor.account_id
    may_receive = actor.scope.holds(asked.to_school.path) and (not is_gone or actor.role in BUREAU)
    if asked.received_at is None and may_receive:
        asked.received_at, asked.received_by_id = now, actor.account_id
    if asked.released_at and asked.received_at:
        _carry_out(actor, asked, teacher, now)
    asked.save()
    return asked


def _carry_out(actor: Actor, asked: Transfer, teacher: Teacher, now: datetime) -> None:
    if teacher.school_id != asked.from_school_id or asked.to_school.closed_on is not None:
        raise Refused("transfer_overtaken")
    values = {"school": str(asked.to_school_id)} | ({"status": Status.IN_POST.value} if teacher.status in GONE else {})
    turn([teacher], values, since=asked.effective_on, actor=actor, now=now)
    asked.state, asked.ended_at, asked.ended_by_id = TransferState.DONE.value, now, actor.account_id
    tell_moved([teacher.pk], {teacher.pk: asked.to_school_id}, since=asked.effective_on, now=now)
    told = {"transfer": asked.pk, "from": asked.from_school_id, "to": asked.to_school_id}
    record(actor, "moves.carried_out", "teacher", [teacher.pk], now=now, detail=told)


@atomic
def agree_to_transfer(*, actor: Actor, public_id: str, now: datetime) -> Transfer:
    """The actor's side has agreed; carried out with the other's word. One that is done already stays as it is."""
    asked, teacher = _held(actor, public_id)
    return _agree(actor, asked, teacher, now) if asked.state == TransferState.WAITING else asked


@atomic
def end_transfer(*, actor: Actor, public_id: str, answer: str, now: datetime) -> Transfer:
    """The move is off: withdrawn by the side that asked, refused by the other, with a reason. What is done stays done."""
    asked, teacher = _held(actor, public_id)
    if asked.state != TransferState.WAITING:
        raise Refused("transfer_overtaken")
    is_own = asked.asked_by_id == actor.account_id
    asked.answer = answer.strip()[:200] if is_own else told_reason(answer)
    asked.state = (TransferState.WITHDRAWN if is_own else TransferState.REFUSED).value
    asked.ended_at, asked.ended_by_id = now, actor.account_id
    asked.save()
    record(actor, f"moves.transfer_{asked.state}", "teacher", [teacher.pk], now=now, detail={"transfer": asked.pk})
    return asked


def _held(actor: Actor, public_id: str) -> tuple[Transfer, Teacher]:
    require(actor, access.MOVE)
    asked = transfers_in(actor.scope).filter(public_id=public_id).first()
    if asked is None:
        raise NotInScope
    # The teacher's row first, as everywhere: two sides that agree at once meet there.
    teacher = Teacher.everywhere.select_for_update(of=("self",)).get(pk=asked.teacher_id)
    asked.refresh_from_db()
    return asked, teacher


def transfers_in(scope: Scope) -> QuerySet[Transfer]:
    """Moves from or to a school of the branch, those that wait first, then the newest, with teacher and schools."""
    inside = Q(from_school__path__gte=scope.first, from_school__path__lt=scope.beyond)
    inside |= Q(to_school__path__gte=scope.first, to_school__path__lt=scope.beyond)
    found = Transfer.objects.filter(inside).select_related("teacher", "from_school", "to_school")
    return found.order_by(F("ended_at").desc(nulls_first=True), "-asked_at", "-pk")


def waits_for(actor: Actor, asked: Transfer) -> bool:
    """True when the move waits for this actor's word."""
    if asked.state != TransferState.WAITING or not actor.may(access.MOVE):
        return False
    releases = asked.released_at is None and actor.scope.holds(asked.from_school.path)
    receives = asked.received_at is None and actor.scope.holds(asked.to_school.path)
    return releases or (receives and (actor.role in BUREAU or asked.teacher.status not in GONE))

"""The teacher's statement and appeal, and the higher office's word on the appeal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Sum

from xingtan.core.calendar import local_day
from xingtan.domains.anomalies.access import ANSWER, DECIDE, DECIDE_APPEAL
from xingtan.domains.anomalies.models import Aside, Concern
from xingtan.domains.anomalies.rules import LEAST_WORDS, refuse_act
from xingtan.domains.anomalies.states import MOVES, Act, State
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.grants import office_holders
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .deciding import locked, note, put_aside, refuse_closed, settle, tell_teacher


@atomic
def answer(*, actor: Actor, public_id: str, words: str, now: datetime) -> Concern:
    """The teacher's statement stands beside the evidence and the office knows; the same statement sent twice is one."""
    one = _own(actor, public_id)
    if one.state == State.ANSWERED and one.statement == words.strip():
        return one
    _refuse(one, Act.ANSWER, words)
    one.statement = words.strip()
    _move(actor, one, Act.ANSWER, words, now)
    _tell_office(one, "anomaly_answered", [one.case.county_id], now)
    return one


@atomic
def appeal(*, actor: Actor, public_id: str, words: str, now: datetime) -> Concern:
    """The appeal lies with the next higher office, once and within the time; until it is decided the time stays set aside."""
    one = _own(actor, public_id)
    if one.state == State.APPEALED and one.appeal == words.strip():
        return one
    _refuse(one, Act.APPEAL, words)
    if one.due_on is not None and local_day(now) > one.due_on:
        raise Refused("anomaly_appeal_late", due=one.due_on)
    one.appeal, one.due_on = words.strip(), None
    _move(actor, one, Act.APPEAL, words, now)
    _tell_office(one, "anomaly_appealed", [one.appeal_to_id or 0], now)
    return one


@atomic
def decide_appeal(*, actor: Actor, concern_id: int, is_accepted: bool, words: str, now: datetime) -> Concern:
    """The appeal is decided by the office it went to and by another person; accepted, the time counts again."""
    require(actor, DECIDE_APPEAL)
    [one] = locked(actor, [concern_id])
    act = Act.ACCEPT if is_accepted else Act.REJECT
    if one.state == MOVES[State.APPEALED][act]:
        return one
    _refuse(one, act, words)
    if one.appeal_to_id != actor.organisation_id:
        raise Refused("anomaly_appeal_elsewhere", office=str(one.appeal_to))
    if one.decided_by_id == actor.account_id:
        raise Refused("anomaly_same_person")
    teachers.refuse_own(actor, [one.teacher_id])
    seconds = Aside.objects.filter(concern=one).aggregate(s=Sum("seconds"))["s"] or 0
    one.verdict = words.strip()
    if is_accepted:
        refuse_closed(one)
    _move(actor, one, act, words, now)
    if is_accepted:
        put_aside(one, {}, now)
    tell_teacher(one, "anomaly_accepted" if is_accepted else "anomaly_rejected", now, seconds=seconds)
    record(actor, f"anomalies.{act.value}", "anomaly_concern", [one.pk], now=now)
    return one


def _own(actor: Actor, public_id: str) -> Concern:
    require(actor, ANSWER)
    rows = Concern.everywhere.select_for_update(of=("self",)).filter(teacher_id=actor.teacher_id or 0, is_told=True)
    one = rows.filter(case__public_id=public_id).select_related("case__training_year", "teacher").first()
    if one is None:
        raise NotInScope
    return one


def _refuse(one: Concern, act: Act, words: str) -> None:
    if why := refuse_act(State(one.state), act):
        raise Refused(why)
    if len(words.strip()) < LEAST_WORDS:
        raise Refused("anomaly_needs_statement")


def _move(actor: Actor, one: Concern, act: Act, words: str, now: datetime) -> None:
    one.state, one.changed_at = MOVES[State(one.state)][act].value, now
    one.save()
    note(actor, one, act, now, words=words)
    settle([one], now)
    if act in (Act.ANSWER, Act.APPEAL):
        record(actor, f"anomalies.{act.value}", "anomaly_concern", [one.pk], now=now)


def _tell_office(one: Concern, code: str, offices: Iterable[int], now: datetime) -> None:
    """Whoever decides in these offices knows."""
    for office_id in offices:
        organisation = one.case.county if office_id == one.case.county_id else one.appeal_to
        if organisation is None:
            continue
        roles = [role.value for role in (DECIDE if office_id == one.case.county_id else DECIDE_APPEAL).roles]
        people = office_holders(organisation.scope, local_day(now)).filter(organisation=organisation, role__in=roles)
        params = {"first": one.case.first_on.isoformat(), "last": one.case.last_on.isoformat()}
        link, source = f"/bureau/anomalies/{one.case.public_id}/", f"{code}:{one.pk}:{int(now.timestamp())}"
        tell(list(people.values_list("account_id", flat=True)), code, source=source, params=params, link=link, now=now)

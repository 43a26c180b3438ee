"""Late entries: a school asks with a reason, an office one level higher than usual decides, the hours go into the year they belong to."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from xingtan.core.calendar import Position, WindowKind, local_day
from xingtan.core.policy import Level, Policy
from xingtan.domains.credits import api as credits_room
from xingtan.domains.credits.api import Outcome, State, Step
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews.access import ASK_LATE, DECIDE_LATE
from xingtan.domains.reviews.models import LateEntry
from xingtan.domains.reviews.offices import ABOVE, offices_of
from xingtan.domains.reviews.rules import refuse_words
from xingtan.domains.reviews.states import LateReason, LateState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, Role, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.tree import counties_of

from .posting import Said, locked, move, post_decisions

ABOVE_ALL = (Role.PROVINCE_OFFICER, Role.OPERATOR)


class Told(NamedTuple):
    """What a school says of hours that come late."""

    component: str
    title: str
    centi: int
    on: date
    reason_code: LateReason
    reason: str
    document_id: int | None = None


@atomic
def ask_late(*, actor: Actor, teacher_id: int, training_year_id: int, told: Told, now: datetime) -> LateEntry:
    """The request waits for the office above the one that verifies; the same again changes nothing.

    Refused while the ordinary window is open, after the pack's days, for a day outside the year, and without evidence or reason.
    """
    require(actor, ASK_LATE)
    teacher = teachers.teachers_in(actor.scope).filter(pk=teacher_id).first()
    year = policies.TrainingYear.everywhere.select_related("pack").filter(pk=training_year_id).first()
    if teacher is None or year is None:
        raise NotInScope
    policy = policies.policy_of(year)
    if why := refuse_words(told.reason) or _refuse_told(policy, year, told, local_day(now)):
        raise Refused(why)
    office = _office_of(policy, year, teacher.stage, teacher.school_id)
    values = {"component": told.component, "centi": told.centi, "reason_code": told.reason_code.value, "reason": told.reason.strip()}
    one, is_new = LateEntry.everywhere.get_or_create(
        teacher=teacher,
        training_year=year,
        title=told.title.strip(),
        happened_on=told.on,
        state__in=[LateState.ASKED, LateState.GRANTED],
        defaults={
            **values,
            "state": LateState.ASKED.value,
            "school_id": teacher.school_id,
            "office_id": office,
            "document_id": told.document_id,
            "asked_at": now,
            "asked_by_id": actor.account_id,
        },
    )
    if is_new:
        record(actor, "reviews.late_asked", "late_entry", [one.pk], now=now, detail={"year": year.year})
    return one


def _refuse_told(policy: Policy, year: policies.TrainingYear, told: Told, today: date) -> str:
    if told.component not in {one.code for one in policy.components} or told.centi <= 0 or not told.title.strip():
        return "late_incomplete"
    if told.document_id is None:
        return "late_needs_document"
    if not year.first_on <= told.on <= year.last_on:
        return "late_outside_year"
    if year.state != policies.YearState.CLOSED and policies.window_state(year, WindowKind.ENTRY, today) is not Position.AFTER:
        return "late_not_yet"
    return "late_too_late" if today > year.last_on + timedelta(days=policy.review_clock.late_days) else ""


def _office_of(policy: Policy, year: policies.TrainingYear, stage: str, school_id: int) -> int:
    """One level above the one that verifies; in a closed year the province."""
    county = counties_of([school_id])[school_id]
    usual = next((rule.level_for(stage) for rule in policy.reviews if rule.makes_verified), Level.COUNTY)
    level = Level.PROVINCE if year.state == policies.YearState.CLOSED else ABOVE[usual]
    return offices_of(level, [county])[county]


@atomic
def decide_late(*, actor: Actor, late_id: int, is_granted: bool, answer: str, now: datetime) -> LateEntry:
    """The request is granted, and its hours stand verified in the year they belong to and marked late; or refused with an answer.

    Refused `same_person` for who asked, `own_hours` for whom it is about.
    """
    require(actor, DECIDE_LATE)
    one = (
        LateEntry.objects.within(actor.scope)
        .select_for_update(of=("self",))
        .select_related("training_year__pack")
        .filter(pk=late_id)
        .first()
    )
    if one is None:
        raise NotInScope
    wanted = LateState.GRANTED if is_granted else LateState.REFUSED
    if one.state != LateState.ASKED:
        if one.state == wanted:
            return one
        raise Refused("stale")
    if one.office_id != actor.organisation_id and actor.role not in ABOVE_ALL:
        raise Refused("not_your_level")
    if one.asked_by_id is not None and one.asked_by_id == actor.account_id:
        raise Refused("same_person", count=1)
    teachers.refuse_own(actor, [one.teacher_id])
    if not is_granted and (why := refuse_words(answer)):
        raise Refused(why)
    if is_granted:
        one.entry_id = _enter(actor, one, now)
    one.state, one.decided_at, one.decided_by_id, one.answer = wanted.value, now, actor.account_id, answer.strip()
    one.save()
    record(actor, f"reviews.late_{wanted.value}", "late_entry", [one.pk], now=now)
    if one.asked_by_id is not None:
        tell([one.asked_by_id], f"late_{wanted.value}", source=f"late:{one.pk}", params={"title": one.title}, now=now)
    return one


def _enter(actor: Actor, one: LateEntry, now: datetime) -> int:
    source = f"late:{one.public_id}"
    late = credits_room.Late(source, one.teacher_id, one.school_id, one.school_id, one.component, one.title, one.centi, one.happened_on)
    lines = credits_room.enter_late(late, one.training_year, actor=actor, now=now)
    if not lines:
        raise Refused("late_nothing_left")
    held = locked(actor, [line.pk for line in lines])
    post_decisions(actor, held, Said(Step.VERIFY, Outcome.PASSED), now)
    move(actor, [row.pk for row in held], State.VERIFIED, now)
    return lines[0].pk


@atomic
def withdraw_late(*, actor: Actor, late_id: int, now: datetime) -> None:
    """The school's request waits no more."""
    require(actor, ASK_LATE)
    one = LateEntry.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk=late_id).first()
    if one is None:
        raise NotInScope
    if one.state == LateState.WITHDRAWN:
        return
    if one.state != LateState.ASKED:
        raise Refused("stale")
    one.state, one.decided_at, one.decided_by_id = LateState.WITHDRAWN.value, now, actor.account_id
    one.save(update_fields=["state", "decided_at", "decided_by_id"])
    record(actor, "reviews.late_withdrawn", "late_entry", [one.pk], now=now)

"""Attendance becomes hours: a recognised claim a member, never more than was planned, again and again as lists come in late."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from xingtan.core.calendar import local_day
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition.access import DECLARE
from xingtan.domains.recognition.models import Attendance, Claim, Document, Meeting, Training, TrainingMember
from xingtan.domains.recognition.rules import attended_amount, refuse_training_act, within_plan
from xingtan.domains.recognition.states import Act, ClaimState, TrainingState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import Refused

from .declaring import held_trainings, refuse_missing
from .keeping import keep_steps, known_way, refuse_closed
from .recognising import tell_ledger, weigh


@atomic
def set_work(*, actor: Actor, training_id: int, teacher_ids: set[int], now: datetime) -> None:
    """Exactly these members have handed in the work that the way asks for; refused where the actor's own would change."""
    require(actor, DECLARE)
    [row] = held_trainings(actor, [training_id])
    changed = [one for one in TrainingMember.objects.filter(training=row) if one.has_work is not (one.teacher_id in teacher_ids)]
    teachers.refuse_own(actor, [one.teacher_id for one in changed])
    for member in changed:
        TrainingMember.objects.filter(pk=member.pk).update(has_work=member.teacher_id in teacher_ids)
    keep_steps(actor, Act.CHANGED, [row], now=now)


@atomic
def convert(*, actor: Actor, training_id: int, now: datetime) -> int:
    """Every member who attended has a recognised claim of the minutes that the pack counts; returns how many claims are new or changed.

    Refused before the last meeting is over, while a document is missing, and when nobody was there.
    """
    require(actor, DECLARE)
    [row] = held_trainings(actor, [training_id])
    refuse_closed(row.training_year)
    if why := refuse_training_act(TrainingState(row.state), Act.CONVERTED, reason=""):
        raise Refused(why)
    last = Meeting.objects.filter(training=row).order_by("-on").values_list("on", flat=True).first()
    if last is None or last > local_day(now):
        raise Refused("training_not_over", last=(last or row.last_on).isoformat())
    refuse_missing(row.training_year, row.way, set(Document.objects.filter(training=row).values_list("code", flat=True)))
    changed = _claims(actor, row, now)
    if not changed and row.state != TrainingState.CONVERTED:
        raise Refused("training_nobody_came")
    weigh(changed)
    _save(changed)
    Training.everywhere.filter(pk=row.pk).update(state=TrainingState.CONVERTED, changed_at=now)
    keep_steps(actor, Act.CONVERTED, [row], now=now)
    tell_ledger(changed, now)
    return len(changed)


def amounts_of(row: Training) -> dict[int, int]:
    """By teacher the amount in the way's unit that the attendance makes, within the plan; who lacks the work asked for has none."""
    way = known_way(row.training_year, row.way)
    minutes: dict[int, list[int]] = defaultdict(list)
    for teacher_id, count in Attendance.objects.filter(meeting__training=row).order_by("pk").values_list("teacher_id", "minutes"):
        minutes[teacher_id].append(count)
    members = dict(TrainingMember.objects.filter(training=row).values_list("teacher_id", "has_work"))
    policy = policies.policy_of(row.training_year)
    return {
        pk: within_plan(policy, way, attended_amount(way, minutes[pk]), row.planned_centi) if has_work or not way.result else 0
        for pk, has_work in sorted(members.items())
        if minutes[pk]
    }


def _claims(actor: Actor, row: Training, now: datetime) -> list[Claim]:
    """The claims that are new or say something else now."""
    amounts = amounts_of(row)
    people = teachers.teachers_by_id(amounts)
    held = {one.teacher_id: one for one in Claim.everywhere.select_for_update(of=("self",)).filter(training=row).order_by("pk")}
    changed = []
    for pk, amount in amounts.items():
        one = held.get(pk)
        if one is not None and (one.amount_centi == amount or one.state == ClaimState.WITHDRAWN):
            continue
        if one is None and not amount:
            continue
        changed.append(one or _blank(actor, row, people[pk], now))
        changed[-1].training_year, changed[-1].amount_centi, changed[-1].changed_at = row.training_year, amount, now
    return changed


def _blank(actor: Actor, row: Training, teacher: teachers.Teacher, now: datetime) -> Claim:
    return Claim(
        source=f"training:{row.pk}:teacher:{teacher.pk}",
        teacher=teacher,
        school_id=row.school_id,
        training_year=row.training_year,
        way=row.way,
        title=row.title,
        organiser=str(row.school),
        happened_on=row.last_on,
        training=row,
        state=ClaimState.RECOGNISED.value,
        claimed_at=now,
        claimed_by_id=actor.account_id,
    )


def _save(claims: list[Claim]) -> None:
    Claim.everywhere.bulk_create([one for one in claims if one.pk is None], batch_size=500)
    Claim.everywhere.bulk_update([one for one in claims if one.pk], ["amount_centi", "worth_centi", "changed_at"], batch_size=500)

"""Meetings of a training, and who was there."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from xingtan.core.calendar import local_day
from xingtan.domains.recognition.access import CLAIM, DECLARE
from xingtan.domains.recognition.models import Attendance, Meeting, Training, TrainingMember
from xingtan.domains.recognition.rules import Span, elsewhere_then, refuse_meeting
from xingtan.domains.recognition.states import RUNNING, Presence
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .declaring import held_trainings

EARLY, LATE = 30, 15
DIGITS = "23456789"


def span_of(meeting: Meeting) -> Span:
    """When the meeting is held."""
    return Span(meeting.on, meeting.from_minute, meeting.to_minute)


def _running(actor: Actor, training_id: int) -> Training:
    [row] = held_trainings(actor, [training_id])
    if row.state not in RUNNING:
        raise Refused("training_not_approved")
    return row


@atomic
def add_meeting(*, actor: Actor, training_id: int, span: Span, place: str = "", topic: str = "", now: datetime) -> Meeting:
    """The approved training has one more meeting, with a code of its own; the same one sent twice is one."""
    require(actor, DECLARE)
    row = _running(actor, training_id)
    same = Meeting.objects.filter(training=row, on=span.on, from_minute=span.from_minute, to_minute=span.to_minute).first()
    if same is not None:
        return same
    others = [span_of(one) for one in Meeting.objects.filter(training=row)]
    if why := refuse_meeting(span, row.first_on, row.last_on, others):
        raise Refused(why, first=row.first_on.isoformat(), last=row.last_on.isoformat())
    code = "".join(secrets.choice(DIGITS) for _ in range(6))
    made = Meeting.objects.create(training=row, **span._asdict(), place=place, topic=topic, code=code)
    record(actor, "recognition.meeting_added", "training", [row.pk], now=now)
    return made


@atomic
def drop_meeting(*, actor: Actor, meeting_id: int, now: datetime) -> None:
    """The meeting is gone; refused when somebody was there."""
    require(actor, DECLARE)
    meeting = _meeting(actor, meeting_id)
    if Attendance.objects.filter(meeting=meeting).exists():
        raise Refused("meeting_was_attended")
    record(actor, "recognition.meeting_dropped", "training", [meeting.training_id], now=now)
    meeting.delete()


def _meeting(actor: Actor, meeting_id: int) -> Meeting:
    found = Meeting.objects.filter(pk=meeting_id).first()
    if found is None:
        raise NotInScope
    _running(actor, found.training_id)
    return found


@atomic
def record_attendance(
    *, actor: Actor, meeting_id: int, minutes: Mapping[int, int], presence: Presence = Presence.KEYED, now: datetime
) -> int:
    """The meeting's attendance is exactly this: minutes by teacher, 0 for who was absent; members not named stay as they are.

    Refused for a stranger, for more minutes than the meeting has, for a day that has not come, for who was at another meeting then,
    and for own minutes that are not recorded already: another person keys them in. Returns how many were there.
    """
    require(actor, DECLARE)
    meeting = _meeting(actor, meeting_id)
    if meeting.on > local_day(now):
        raise Refused("meeting_not_yet", on=meeting.on.isoformat())
    there = {pk: count for pk, count in minutes.items() if count > 0}
    if any(not 0 <= count <= span_of(meeting).minutes for count in minutes.values()):
        raise Refused("attendance_too_long", most=span_of(meeting).minutes)
    _refuse_own(actor, meeting, minutes)
    _keep(actor, meeting, minutes, there, presence, now)
    record(actor, "recognition.attendance", "training", [meeting.training_id], now=now, detail={"meeting": meeting.pk})
    return len(there)


def _refuse_own(actor: Actor, meeting: Meeting, minutes: Mapping[int, int]) -> None:
    own = teachers.own_ids(actor) & set(minutes)
    known = dict(Attendance.objects.filter(meeting=meeting, teacher_id__in=own).values_list("teacher_id", "minutes")) if own else {}
    teachers.refuse_own(actor, [pk for pk in own if minutes[pk] != known.get(pk, 0)])


def _keep(actor: Actor, meeting: Meeting, named: Mapping[int, int], there: Mapping[int, int], presence: Presence, now: datetime) -> None:
    # The people's rows are held: two schools that key in the same person at the same hour see each other.
    list(teachers.Teacher.everywhere.select_for_update(no_key=True, of=("self",)).filter(pk__among=there).order_by("pk"))
    members = set(TrainingMember.objects.filter(training_id=meeting.training_id, teacher_id__in=named).values_list("teacher_id", flat=True))
    if strangers := set(named) - members:
        raise Refused("attendance_of_strangers", count=len(strangers))
    if both := elsewhere_then(span_of(meeting), _elsewhere(meeting, there), there):
        names = teachers.teachers_by_id(both[:3])
        raise Refused("two_places", names="、".join(one.name for one in names.values()), count=len(both))
    Attendance.objects.filter(meeting=meeting, teacher_id__in=named).delete()
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, teacher_id=pk, minutes=count, presence=presence.value, recorded_at=now, recorded_by_id=actor.account_id)
        for pk, count in sorted(there.items())
    )


def _elsewhere(meeting: Meeting, there: Mapping[int, int]) -> dict[int, list[Span]]:
    """Where these people were on that day, this meeting apart."""
    rows = Attendance.objects.filter(teacher_id__in=there, meeting__on=meeting.on).exclude(meeting=meeting).select_related("meeting")
    found: dict[int, list[Span]] = defaultdict(list)
    for row in rows:
        found[row.teacher_id].append(span_of(row.meeting))
    return found


@atomic
def check_in(*, actor: Actor, code: str, now: datetime) -> Meeting:
    """The teacher is at the meeting with this code, from half an hour before it begins until a quarter past its end; twice is once."""
    require(actor, CLAIM)
    local = timezone.localtime(now)
    minute = local.hour * 60 + local.minute
    # The planned one may be a record that was merged into the acting teacher's: attendance stands with the one who is planned.
    persons = teachers.whose([actor.teacher_id]) if actor.teacher_id else {}
    own = dict(TrainingMember.objects.filter(teacher_id__among=persons).values_list("training_id", "teacher_id"))
    meeting = Meeting.objects.filter(
        training_id__in=list(own),
        training__state__in=RUNNING,
        code=code.strip(),
        on=local_day(now),
        from_minute__lte=minute + EARLY,
        to_minute__gte=minute - LATE,
    ).first()
    if meeting is None or actor.teacher_id is None:
        raise Refused("code_not_now")
    if not Attendance.objects.filter(meeting=meeting, teacher_id__among=persons).exists():
        there = {own[meeting.training_id]: span_of(meeting).minutes}
        _keep(actor, meeting, there, there, Presence.CODE, now)
    return meeting

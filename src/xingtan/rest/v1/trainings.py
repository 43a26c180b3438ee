"""School-run trainings for programs: what a branch has, the county's decision, attendance from a school's own terminal, conversion."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.domains.recognition import api as recognition
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope

from .http import Request
from .operations import reads, writes
from .paging import Page, Paging, page_of
from .shapes import In, OrganisationOut, YearQuery, all_of, organisation, year_named

router = Router(tags=["trainings"])
decisions = Router(tags=["trainings"])
meetings = Router(tags=["trainings"])


class MeetingOut(Schema):
    """A meeting; minutes are counted from midnight of the local day."""

    id: str
    on: date
    from_minute: int
    to_minute: int
    topic: str
    place: str


class TrainingOut(Schema):
    """A training that a school runs itself."""

    id: str
    school: OrganisationOut
    year: int
    way: str = Field(description="the code of the pack's way to earn")
    title: str
    ground: str
    planned_centi: int
    first_on: date
    last_on: date
    state: str
    reason: str


class TrainingWhole(TrainingOut):
    """A training with its meetings."""

    meetings: list[MeetingOut]


class TrainingDecisionIn(In):
    """What the county decides on declared trainings; a return needs its reason."""

    trainings: list[str] = Field(min_length=1, max_length=500)
    is_approved: bool
    reason: str = Field(default="", max_length=300)


class Changed(Schema):
    """How many rows changed."""

    changed: int


class Present(In):
    """A member and the minutes that they were there; 0 for who was absent."""

    teacher: str
    minutes: int = Field(ge=0, le=1440)


class AttendanceIn(In):
    """Attendance of one meeting; members not named stay as they are."""

    present: list[Present] = Field(min_length=1, max_length=2000)


def _facts(one: recognition.Training) -> dict[str, object]:
    names = ("way", "title", "ground", "planned_centi", "first_on", "last_on", "state", "reason")
    return {
        "id": one.public_id,
        "school": organisation(one.school),
        "year": one.training_year.year,
        **{name: getattr(one, name) for name in names},
    }


def _out(rows: Sequence[recognition.Training]) -> list[TrainingOut]:
    return [TrainingOut.model_validate(_facts(one)) for one in rows]


@reads(router, "", "trainings_list", Page[TrainingOut], permission=recognition.SEE_TRAININGS)
def trainings_list(request: Request, paging: Query[Paging], asked: Query[YearQuery]) -> Page[TrainingOut]:
    """The branch's trainings of the year, those declared last first."""
    rows = recognition.trainings_in(request.actor.scope, year_named(request.actor, asked.year))
    return page_of(rows, paging, _out)


@reads(router, "/{training}", "trainings_get", TrainingWhole, permission=recognition.SEE_TRAININGS)
def trainings_get(request: Request, training: str) -> TrainingWhole:
    """One training with its meetings."""
    found = recognition.training_in(request.actor.scope, training)
    names = ("on", "from_minute", "to_minute", "topic", "place")
    held = [{"id": one.public_id, **{name: getattr(one, name) for name in names}} for one in recognition.meetings_of(found)]
    return TrainingWhole.model_validate({**_facts(found), "meetings": held})


@writes(decisions, "", "trainings_decide", Changed, permission=recognition.DECIDE_TRAININGS)
def trainings_decide(request: Request, wanted: TrainingDecisionIn) -> Changed:
    """The trainings are approved or returned; all of them or none."""
    rows = recognition.Training.objects.within(request.actor.scope).filter(public_id__in=wanted.trainings)
    ids = all_of(dict(rows.values_list("public_id", "pk")), wanted.trainings)
    done = recognition.decide_trainings(actor=request.actor, ids=ids, is_approved=wanted.is_approved, reason=wanted.reason, now=request.now)
    return Changed(changed=done)


@writes(router, "/{training}/conversion", "trainings_convert", Changed, permission=recognition.DECLARE)
def trainings_convert(request: Request, training: str) -> Changed:
    """Attendance is hours, ready to be entered; again, only the difference."""
    found = recognition.training_in(request.actor.scope, training)
    return Changed(changed=recognition.convert(actor=request.actor, training_id=found.pk, now=request.now))


@writes(meetings, "/{meeting}/attendance", "meetings_attendance", Changed, permission=recognition.DECLARE)
def meetings_attendance(request: Request, meeting: str, wanted: AttendanceIn) -> Changed:
    """Who was at the meeting, from a terminal or another program; nobody is in two places at once."""
    found = recognition.meeting_in(request.actor.scope, meeting)
    people = teachers.teachers_in(request.actor.scope).filter(public_id__in=[one.teacher for one in wanted.present])
    ids = dict(people.values_list("public_id", "pk"))
    if any(one.teacher not in ids for one in wanted.present):
        raise NotInScope
    minutes = {ids[one.teacher]: one.minutes for one in wanted.present}
    there = recognition.record_attendance(
        actor=request.actor, meeting_id=found.pk, minutes=minutes, presence=recognition.Presence.FILE, now=request.now
    )
    return Changed(changed=there)

"""What changes workshops and cohorts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from xingtan.core.calendar import local_day
from xingtan.core.units import format_hours
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, insert_objects
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Kind, Organisation

from . import access, queries
from .models import Activity, Cohort, Participation, Workshop, WorkshopMember
from .rules import SHORTEST_TEXT, Refusal, refuse_activity, refuse_decision, refuse_hand_in
from .seating import seat
from .states import State


@atomic
def add_activity(*, actor: Actor, workshop_id: int, values: Mapping[str, Any], now: datetime) -> Activity:
    """The workshop has one more activity, behind the others; the same one sent twice is one."""
    require(actor, access.LEAD_WORKSHOP)
    workshop = _own_workshop(actor, workshop_id)
    most = workshop.offer.hours_centi
    why = refuse_activity(hours_centi=values["hours_centi"], most_centi=most, opens_on=values["opens_on"], closes_on=values["closes_on"])
    if why:
        raise Refused(why, most=format_hours(most))
    if same := Activity.objects.filter(workshop=workshop, **values).first():
        return same
    place = Activity.objects.filter(workshop=workshop).count() + 1
    activity = Activity.objects.create(workshop=workshop, place=place, **values)
    record(actor, "workshops.activity_added", "activity", [activity.pk], now=now)
    return activity


def _own_workshop(actor: Actor, workshop_id: int) -> Workshop:
    """The workshop, locked; only its lead and the operator come this far."""
    workshop = Workshop.everywhere.select_for_update(of=("self",)).select_related("offer").filter(pk=workshop_id).first()
    if workshop is None or (actor.account_id is not None and workshop.lead_id != actor.account_id):
        raise NotInScope
    return workshop


@atomic
def add_cohort(*, actor: Actor, project_id: int, organisation_id: int, tutor_id: int, title: str, stage: str = "", now: datetime) -> Cohort:  # noqa: PLR0913 -- a cohort is these facts
    """The project has a cohort with this tutor; trainees of the organisation's branch who sit nowhere yet are in it."""
    require(actor, access.ARRANGE_COHORTS)
    organisation = _arranging(actor, project_id, organisation_id)
    cohort, made = Cohort.everywhere.get_or_create(
        project_id=project_id,
        title=title,
        defaults={"organisation": organisation, "tutor_id": tutor_id, "stage": stage},
    )
    if made:
        seat(project_id, enrolment.registered_teacher_ids(project_id))
        record(actor, "workshops.cohort_added", "cohort", [cohort.pk], now=now)
    return cohort


def _arranging(actor: Actor, project_id: int, organisation_id: int) -> Organisation:
    """The organisation, inside the actor's branch: an office below the project's organiser, or a provider that the project offers."""
    found: Organisation | None = Organisation.objects.within(actor.scope).filter(pk=organisation_id).first()
    project = projects.projects_by_id([project_id]).get(project_id)
    if found is None or project is None:
        raise NotInScope
    if found.kind == Kind.PROVIDER:
        is_near = any(offer.provider_id == found.pk for offer in projects.offers_of([project_id])[project_id])
    else:
        is_near = found.path.startswith(project.organiser.path)
    if not is_near:
        raise NotInScope
    return found


@atomic
def hand_in_activity(*, actor: Actor, activity_id: int, text: str, file: StoredFile | None = None, now: datetime) -> Participation:
    """The teacher's part waits for the workshop's lead; handed in again before the decision, it replaces the earlier text, and the file when there is a new one."""
    require(actor, access.TAKE_PART)
    activity = Activity.objects.select_related("workshop").filter(pk=activity_id).first()
    teacher = teachers.teachers_by_id([actor.teacher_id or 0]).get(actor.teacher_id or 0)
    if teacher is None or activity is None:
        raise NotInScope
    # The membership is what two forms at once wait for: a first part has no row to lock yet.
    persons = teachers.whose([teacher.pk])
    member = WorkshopMember.objects.select_for_update().filter(workshop_id=activity.workshop_id, teacher_id__among=persons).first()
    parts = Participation.everywhere.select_for_update(of=("self",)).filter(activity=activity, teacher_id__among=persons)
    part = max(parts, key=lambda one: (one.state == State.CONFIRMED, one.teacher_id == teacher.pk), default=None)
    part = part or Participation(activity=activity, teacher=teacher, state="")
    why = refuse_hand_in(
        State(part.state) if part.state else None,
        is_member=member is not None,
        opens_on=activity.opens_on,
        closes_on=activity.closes_on,
        today=local_day(now),
        length=len(text.strip()),
        has_file=bool(file or part.file_id),
    )
    if why:
        raise Refused(why, opens=activity.opens_on, closes=activity.closes_on, least=SHORTEST_TEXT)
    part.school_id = teacher.school_id
    part.text, part.file, part.state, part.handed_in_at = text.strip(), file or part.file, State.HANDED_IN, now
    part.save()
    return part


def confirm_participations(*, actor: Actor, participation_ids: Sequence[int], now: datetime) -> int:
    """The lead's confirmation stands; the hours go on to the ledger. Returns how many were waiting."""
    return _decide(actor, participation_ids, State.CONFIRMED, "", now)


def return_participations(*, actor: Actor, participation_ids: Sequence[int], comment: str, now: datetime) -> int:
    """The parts went back with the lead's words and may be handed in again. Returns how many were waiting."""
    return _decide(actor, participation_ids, State.RETURNED, comment, now)


@atomic
def _decide(actor: Actor, ids: Sequence[int], outcome: State, comment: str, now: datetime) -> int:
    require(actor, access.LEAD_WORKSHOP)
    found = Participation.everywhere.select_for_update(of=("self",)).filter(pk__among=ids)
    parts = list(found.select_related("activity__workshop").order_by("pk"))
    if len(parts) != len(set(ids)) or any(part.activity.workshop.lead_id != actor.account_id for part in parts):
        raise NotInScope
    waiting = [part for part in parts if part.state != outcome]
    teachers.refuse_own(actor, [part.teacher_id for part in waiting])
    for part in waiting:
        if why := refuse_decision(State(part.state), outcome, comment=comment):
            raise Refused(why)
    _apply(actor, waiting, outcome, comment, now)
    return len(waiting)


def _apply(actor: Actor, parts: Sequence[Participation], outcome: State, comment: str, now: datetime) -> None:
    if not parts:
        return
    ids = [part.pk for part in parts]
    Participation.everywhere.filter(pk__among=ids).update(
        state=outcome, decided_at=now, decided_by_id=actor.account_id, comment=comment.strip()
    )
    record(actor, f"workshops.{outcome.value}", "participation", ids, now=now)
    _tell(parts, outcome, now)
    if outcome is State.CONFIRMED:
        emit("workshops.confirmed", {"participations": ids}, now=now)


def _tell(parts: Sequence[Participation], outcome: State, now: datetime) -> None:
    accounts = {pk: teacher.account_id for pk, teacher in teachers.teachers_by_id({part.teacher_id for part in parts}).items()}
    by_activity: dict[Activity, list[Participation]] = {}
    for part in parts:
        by_activity.setdefault(part.activity, []).append(part)
    for activity, own in by_activity.items():
        tell(
            [accounts[part.teacher_id] for part in own],
            f"participation_{outcome.value}",
            source=f"participation:{activity.pk}:{outcome.value}:{now:%Y%m%d%H%M%S}",
            params={"title": activity.title, "hours": format_hours(activity.hours_centi)},
            link=f"/my/activity/{activity.public_id}/",
            now=now,
        )


@atomic
def record_attendance(*, actor: Actor, activity_id: int, teacher_ids: Sequence[int], now: datetime) -> int:
    """Members who took part on the spot stand as confirmed; whoever already was stays so. Returns how many are new."""
    require(actor, access.LEAD_WORKSHOP)
    activity = Activity.objects.select_related("workshop").filter(pk=activity_id).first()
    if activity is None:
        raise NotInScope
    _own_workshop(actor, activity.workshop_id)
    if local_day(now) < activity.opens_on:
        raise Refused(Refusal.ACTIVITY_NOT_BEGUN, opens=activity.opens_on)
    teachers.refuse_own(actor, set(teacher_ids))
    members = queries.members_held(activity.workshop_id, teacher_ids)
    if strangers := set(teacher_ids) - members:
        raise Refused(Refusal.NOT_A_MEMBER, count=len(strangers))
    held = Participation.everywhere.select_for_update(of=("self",)).filter(activity=activity, teacher_id__among=members).order_by("pk")
    parts = {part.teacher_id: part for part in held}
    waiting = [part for part in parts.values() if part.state != State.CONFIRMED]
    _apply(actor, sorted(waiting, key=lambda part: part.pk), State.CONFIRMED, "", now)
    return len(waiting) + _make_attended(actor, activity, members - set(parts), now)


def _make_attended(actor: Actor, activity: Activity, teacher_ids: set[int], now: datetime) -> int:
    """Members who handed nothing in have a confirmed part: they were there. They are not told what they know."""
    schools = {pk: teacher.school_id for pk, teacher in teachers.teachers_by_id(teacher_ids).items()}
    there = {"state": State.CONFIRMED, "handed_in_at": now, "decided_at": now, "decided_by_id": actor.account_id}
    rows = [Participation(activity_id=activity.pk, teacher_id=pk, school_id=school, **there) for pk, school in sorted(schools.items())]
    insert_objects(rows)
    made = Participation.everywhere.filter(activity=activity, teacher_id__among=schools)
    ids = sorted(made.values_list("pk", flat=True)) if rows else []
    if ids:
        record(actor, "workshops.attendance", "participation", ids, now=now, detail={"activity": activity.pk})
        emit("workshops.confirmed", {"participations": ids}, now=now)
    return len(ids)

"""What stands around an application: the project with its terms, the round that is open, the teacher's standing applications."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from xingtan.core.calendar import SHANGHAI, local_day
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation

from .models import AdmissionTerms, Application, Round
from .models.applications import STANDS
from .rules import Span, refuse_span, steps_of
from .states import RoundState, Way

LEVEL_OF = {
    Role.SCHOOL_CLERK: "school",
    Role.SCHOOL_REVIEWER: "school",
    Role.COUNTY_OFFICER: "county",
    Role.CITY_OFFICER: "city",
    Role.PROVINCE_OFFICER: "province",
    Role.OPERATOR: "province",
}


@dataclass(frozen=True, slots=True)
class Around:
    """A project with seats, its terms, and who approves."""

    project: projects.Project
    terms: AdmissionTerms
    steps: tuple[str, ...]


def around(project_id: int) -> Around:
    """The project with its terms (the usual ones where the organiser set none); `NotInScope` where it has no seats."""
    project = projects.projects_by_id([project_id]).get(project_id)
    if project is None or not project.has_seats:
        raise NotInScope
    terms = AdmissionTerms.everywhere.filter(pk=project_id).first() or AdmissionTerms(project=project)
    return Around(project, terms, steps_of(terms.steps, project.approval_steps, project.organiser.kind))


def refuse_closed(found: Around, way: Way, now: datetime) -> None:
    """Nothing happened; raises when nobody comes in this way, or not any more."""
    project = found.project
    if project.state != projects.ProjectState.PUBLISHED:
        raise Refused("admission_project_not_open")
    if project.ways and way.value not in project.ways:
        raise Refused("admission_way_closed")
    if way in (Way.OWN, Way.NOMINATION):
        _refuse_day(project, now)


def _refuse_day(project: projects.Project, now: datetime) -> None:
    day = local_day(now)
    if day < project.opens_on:
        raise Refused("admission_not_open", day=project.opens_on.isoformat())
    if day > project.closes_on:
        raise Refused("admission_closed", day=project.closes_on.isoformat())


def open_round(found: Around, *, is_first: bool, now: datetime) -> Round | None:
    """The round in which one applies now; None where the project has none at all. Refused with when it opens where none is open."""
    rounds = list(Round.everywhere.filter(project=found.project).exclude(state=RoundState.DROPPED).order_by("opens_at"))
    if not rounds:
        return None
    now_open = next((one for one in rounds if one.opens_at <= now < one.closes_at), None)
    if now_open is None:
        coming = next((one for one in rounds if one.opens_at > now), None)
        raise (
            Refused("round_not_open", opens=moment(coming.opens_at))
            if coming
            else Refused("round_closed", closed=moment(rounds[-1].closes_at))
        )
    span = Span(now_open.opens_at, now_open.closes_at, now_open.first_until)
    if why := refuse_span(span, is_first=is_first, now=now):
        raise Refused(why, until=moment(now_open.first_until))
    return now_open


def standing_of(project_id: int, teacher_ids: Collection[int]) -> dict[int, Application]:
    """Each teacher's standing application for the project, under whichever of the person's ids it was written."""
    persons = teachers.whose(set(teacher_ids))
    rows = Application.everywhere.filter(STANDS, project_id=project_id, teacher_id__among=persons)
    return {persons[row.teacher_id]: row for row in rows}


def moment(at: datetime | None) -> str:
    """A time as people here read it; "" for none."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else ""


def level_of(actor: Actor) -> str | None:
    """At which level the actor stands; None for a teacher."""
    return LEVEL_OF.get(actor.role)


def covered(project: projects.Project, school: Organisation) -> bool:
    """True when the school lies in the organiser's branch."""
    return school.path.startswith(project.organiser.path)


def held(actor: Actor, ids: Collection[int]) -> list[Application]:
    """The applications, locked, oldest first; `NotInScope` when one is unknown, outside the actor's branch or another teacher's."""
    rows = Application.everywhere.filter(pk__among=ids).order_by("pk")
    list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk", flat=True))
    found = list(rows.select_related("teacher", "school"))
    scoped = set(Application.objects.within(actor.scope).filter(pk__among=ids).values_list("pk", flat=True))
    if actor.role is Role.TEACHER:
        own = teachers.whose([actor.teacher_id] if actor.teacher_id else [])
        scoped = {row.pk for row in found if row.teacher_id in own}
    if scoped != set(ids):
        raise NotInScope
    return found

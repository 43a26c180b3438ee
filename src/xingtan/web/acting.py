"""For whom a request acts: kept in the session, looked up anew at every request, over after four hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.acting import LONGEST, SCHOOLS, for_school, for_teacher
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.scope.tree import organisation_in

from .http import Request

KEY = "acting"
SCHOOL, TEACHER = "school", "teacher"


@dataclass(frozen=True, slots=True)
class Place:
    """Whose place somebody takes: the name to show, and the actor there."""

    name: str
    actor: Actor


def place_of(own: Actor, kind: str, public_id: str) -> Place:
    """The place of a school or a teacher of the own branch; `NotInScope` for any other, `NotAllowed` without the right."""
    if kind == TEACHER:
        teacher = teachers.teacher_in(own.scope, public_id)
        return Place(teacher.name, for_teacher(own, teacher.pk, teacher.school))
    school: Organisation = organisation_in(own.scope, public_id, kinds=SCHOOLS)
    return Place(str(school), for_school(own, school))


def take(request: Request, kind: str, public_id: str) -> Place:
    """From the next request on this session acts in that place."""
    place = place_of(request.actor, kind, public_id)
    request.session[KEY] = {"kind": kind, "id": public_id, "grant": request.actor.grant_id, "since": request.now.isoformat()}
    return place


def leave(request: Request) -> None:
    """This session acts for nobody but its owner."""
    request.session.pop(KEY, None)


def in_place(request: Request) -> Actor:
    """The actor in the place that the session names, else the actor; `Refused("acting_over")` for a form sent after its end."""
    kept = request.session.get(KEY) if request.actor.role is not Role.VISITOR else None
    if not kept:
        return request.actor
    try:
        place = _kept_place(request, kept)
    except (NotInScope, NotAllowed):
        leave(request)
        if request.method == "POST":
            raise Refused("acting_over") from None
        return request.actor
    request.acted_for = place.name
    return place.actor


def _kept_place(request: Request, kept: dict[str, Any]) -> Place:
    if kept["grant"] != request.actor.grant_id or request.now - datetime.fromisoformat(kept["since"]) > LONGEST:
        raise NotInScope
    return place_of(request.actor, kept["kind"], kept["id"])

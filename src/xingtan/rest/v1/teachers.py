"""Teachers of the branch, numbers masked; rosters handed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Actor, Permission, Role
from xingtan.foundation.refusal import NotInScope

from .http import Request
from .operations import either, reads
from .paging import Page, Paging, page_of
from .shapes import OrganisationOut, organisation

router = Router(tags=["teachers"])
OWN = Permission("teachers.see_own", frozenset({Role.TEACHER}))


class TeacherOut(Schema):
    """A teacher of the register; the identity number and the phone are masked."""

    id: str
    name: str
    identity_number: str
    phone: str
    gender: teachers.Gender
    school: OrganisationOut
    stage: teachers.Stage
    subject: teachers.Subject
    position: teachers.Position
    title: str
    status: teachers.Status
    hired_on: date


class TeacherQuery(Paging):
    """Which teachers are wanted."""

    q: str = Field(default="", max_length=40, description="name, pinyin, initials or staff number")


def teacher_seen(actor: Actor, public_id: str) -> teachers.Teacher:
    """The teacher of the branch, or for a teacher oneself; `NotInScope` otherwise."""
    found = teachers.teacher_in(actor.scope, public_id)
    if actor.role is Role.TEACHER and found.pk != actor.teacher_id:
        raise NotInScope
    return found


def _rows(found: Sequence[teachers.Teacher]) -> list[TeacherOut]:
    names = ("name", "gender", "stage", "subject", "position", "title", "status", "hired_on")
    return [
        TeacherOut(
            id=one.public_id,
            identity_number=teachers.masked_number(one),
            phone=teachers.masked_phone_of(one),
            school=organisation(one.school),
            **{name: getattr(one, name) for name in names},
        )
        for one in found
    ]


@reads(router, "", "teachers_list", Page[TeacherOut], permission=teachers.SEE_TEACHERS)
def teachers_list(request: Request, wanted: Query[TeacherQuery]) -> Page[TeacherOut]:
    """The branch's teachers."""
    return page_of(teachers.search(request.actor.scope, wanted.q), wanted, _rows)


@reads(router, "/{teacher}", "teachers_get", TeacherOut, permission=either(teachers.SEE_TEACHERS, OWN))
def teachers_get(request: Request, teacher: str) -> TeacherOut:
    """One teacher of the branch, or oneself."""
    return _rows([teacher_seen(request.actor, teacher)])[0]

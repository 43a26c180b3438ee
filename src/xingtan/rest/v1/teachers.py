"""Teachers of the branch, numbers masked; rosters handed in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus

from ninja import File, Form, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from xingtan.domains.rosters import api as rosters_room
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.files.sheets import media_type_of
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.people.roles import Actor, Permission, Role
from xingtan.foundation.refusal import NotInScope

from .http import Request
from .jobs import JobStarted
from .operations import either, reads, writes
from .paging import Page, Paging, page_of
from .shapes import OrganisationOut, organisation

router = Router(tags=["teachers"])
rosters = Router(tags=["roster imports"])
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


class RosterForm(Schema):
    """How a roster is taken."""

    good_only: bool = Field(default=False, description="import the rows that are right and leave out the others; otherwise all or none")


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


@writes(rosters, "", "roster_imports_start", JobStarted, permission=rosters_room.IMPORT_ROSTER, status=HTTPStatus.ACCEPTED)
def roster_imports_start(request: Request, file: File[UploadedFile], form: Form[RosterForm]) -> JobStarted:
    """Hand in a roster (.xlsx or .csv); it is imported in the background, and the job's report holds the rows to mend."""
    name = file.name or "roster.xlsx"
    kept = keep_file(chunks_of(file.file), kind="roster", name=name, media_type=media_type_of(name), actor=request.actor, now=request.now)  # type: ignore[arg-type]  # -- Django's file is always open here
    params = {"good_only": form.good_only}
    job = start_job(actor=request.actor, kind=rosters_room.IMPORT_JOB, params=params, file=kept, now=request.now)
    return JobStarted(job=job.public_id)

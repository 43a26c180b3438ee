"""Verdicts of a branch: determine them, read them, make them final."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Literal

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.core.policy import Policy
from xingtan.core.verdicts import Verdict
from xingtan.domains.determination import api as determination_room
from xingtan.domains.policies import api as policies
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.refusal import NotInScope

from .http import Request
from .jobs import JobStarted
from .operations import reads, writes
from .paging import Page, Paging, page_of
from .records import ReasonOut, reasons_out
from .shapes import MANY, In, OrganisationOut, TeacherRef, YearQuery, organisation, organisation_named, teacher_ids, teacher_ref, year_named

router = Router(tags=["determinations"])


class DeterminationQuery(Paging, YearQuery):
    """Which verdicts are wanted."""

    span: Literal["year", "cycle"] = "year"
    verdict: Verdict | None = None
    is_examined: bool | None = None


class DeterminationOut(Schema):
    """A teacher's current verdict of a year or a cycle; final once examined."""

    id: str
    teacher: TeacherRef
    school: OrganisationOut
    verdict: Verdict
    word: str
    route: int
    required_centi: int
    learned_centi: int
    recognised_centi: int
    verified_centi: int
    reasons: list[ReasonOut]
    determined_at: datetime
    examined_at: datetime | None


class RunIn(In):
    """Which branch to determine: the own, or one within it."""

    year: int = Field(ge=2000, le=2200)
    organisation: str | None = None


class ExamineIn(In):
    """Whose settled verdicts to make final: the teachers named, or everyone of a branch (the own where none is named)."""

    year: int = Field(ge=2000, le=2200)
    organisation: str | None = None
    teachers: list[str] | None = Field(default=None, min_length=1, max_length=MANY)


class Examined(Schema):
    """How many verdicts became final."""

    examined: int


@reads(router, "", "determinations_list", Page[DeterminationOut], permission=determination_room.SEE_DETERMINATIONS)
def determinations_list(request: Request, wanted: Query[DeterminationQuery]) -> Page[DeterminationOut]:
    """The branch's current verdicts."""
    year = year_named(request.actor, wanted.year)
    verdict = wanted.verdict.value if wanted.verdict else ""
    found = determination_room.determinations_in(
        request.actor.scope, year.pk, span=wanted.span, verdict=verdict, examined=wanted.is_examined
    )
    return page_of(found, wanted, _shaped(policies.policy_of(year)))


def _shaped(policy: Policy) -> Callable[[Sequence[determination_room.Determination]], list[DeterminationOut]]:
    names = ("route", "required_centi", "learned_centi", "recognised_centi", "verified_centi", "determined_at", "examined_at")

    def rows(found: Sequence[determination_room.Determination]) -> list[DeterminationOut]:
        return [
            DeterminationOut(
                id=one.public_id,
                teacher=teacher_ref(one.teacher),
                school=organisation(one.school),
                verdict=Verdict(one.verdict),
                word=str(determination_room.VERDICTS[Verdict(one.verdict)]),
                reasons=reasons_out(policy, [(reason["code"], reason["params"]) for reason in one.reasons]),
                **{name: getattr(one, name) for name in names},
            )
            for one in found
        ]

    return rows


def _branch_id(request: Request, public_id: str | None) -> int:
    if public_id is not None:
        return organisation_named(request.actor, public_id).pk
    if request.actor.organisation_id is None:
        raise NotInScope
    return request.actor.organisation_id


@writes(router, "", "determinations_run", JobStarted, permission=determination_room.DETERMINE, status=HTTPStatus.ACCEPTED)
def determinations_run(request: Request, body: RunIn) -> JobStarted:
    """Determine a branch's verdicts in the background; examined ones stay as they are."""
    params = {"year": year_named(request.actor, body.year).pk, "organisation": _branch_id(request, body.organisation)}
    return JobStarted(job=start_job(actor=request.actor, kind=determination_room.DETERMINE_JOB, params=params, now=request.now).public_id)


@writes(router, "/examinations", "determinations_examine", Examined, permission=determination_room.EXAMINE)
def determinations_examine(request: Request, body: ExamineIn) -> Examined:
    """Make settled verdicts final; certificates follow."""
    ids = None if body.teachers is None else teacher_ids(request.actor, body.teachers)
    count = determination_room.examine(
        actor=request.actor,
        training_year_id=year_named(request.actor, body.year).pk,
        organisation_id=_branch_id(request, body.organisation),
        teacher_ids=ids,
        now=request.now,
    )
    return Examined(examined=count)

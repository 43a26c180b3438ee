"""Ways into projects, for programs: who suits, handing in, what stands, deciding, the trail."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Literal

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.domains.admissions import api as admissions
from xingtan.domains.projects import api as projects

from .http import Request
from .operations import reads, writes
from .paging import Page, Paging, page_of
from .shapes import In, OrganisationOut, TeacherRef, all_of, organisation, teacher_ids, teacher_ref
from .trainings import Changed

router = Router(tags=["admissions"])
decisions = Router(tags=["admissions"])
nominations = Router(tags=["admissions"])
checks = Router(tags=["admissions"])


class ApplicationOut(Schema):
    """A teacher's way into a project."""

    id: str
    project: str
    teacher: TeacherRef
    school: OrganisationOut
    way: str
    category: str
    offer: str = Field(description="the class or course, empty for none")
    state: str
    reason: str
    applied_at: datetime


class StepOut(Schema):
    """One act on an application."""

    act: str
    was: str
    became: str
    at: datetime
    reason: str


class ApplicationQuery(Schema):
    """Which applications are meant."""

    project: str = Field(default="", max_length=12)
    state: str = Field(default="", max_length=16)


class NominationIn(In):
    """Whom to hand in for a project, by which way."""

    project: str
    teachers: list[str] = Field(min_length=1, max_length=2000)
    offer: str = Field(default="", max_length=12)
    category: str = Field(default="", max_length=32)
    way: Literal["nomination", "placement", "national"] = "nomination"
    reason: str = Field(default="", max_length=200)


class CheckIn(In):
    """Whose conditions to look at."""

    project: str
    teachers: list[str] = Field(min_length=1, max_length=2000)


class FindingOut(Schema):
    """Something against a person: a code, the sentence, whether it shuts out."""

    code: str
    sentence: str
    is_blocking: bool


class CheckOut(Schema):
    """What stands against each person; an empty list means that every condition is met."""

    findings: dict[str, list[FindingOut]]


class ApplicationDecisionIn(In):
    """What is done to applications; all but an approval need a reason."""

    applications: list[str] = Field(min_length=1, max_length=2000)
    act: Literal["approve", "decline", "return", "withdraw", "defer"]
    reason: str = Field(default="", max_length=200)


def _out(rows: Sequence[admissions.Application]) -> list[ApplicationOut]:
    return [
        ApplicationOut(
            id=one.public_id,
            project=one.project.public_id,
            teacher=teacher_ref(one.teacher),
            school=organisation(one.school),
            way=one.way,
            category=one.category,
            offer=one.choice.public_id if one.choice else "",
            state=one.state,
            reason=admissions.reason_said(one.reason),
            applied_at=one.applied_at,
        )
        for one in rows
    ]


@reads(router, "", "applications_list", Page[ApplicationOut], permission=admissions.SEE_APPLICATIONS)
def applications_list(request: Request, paging: Query[Paging], asked: Query[ApplicationQuery]) -> Page[ApplicationOut]:
    """The branch's applications, the latest first."""
    project = projects.project_in(request.actor.scope, asked.project).pk if asked.project else None
    found = admissions.applications_in(request.actor.scope, project_id=project, states=[asked.state] if asked.state else [])
    return page_of(found, paging, _out)


@reads(router, "/{application}/steps", "application_steps", list[StepOut], permission=admissions.SEE_APPLICATIONS)
def application_steps(request: Request, application: str) -> list[StepOut]:
    """Every step of the application, the oldest first."""
    found = admissions.application_in(request.actor.scope, application)
    names = ("act", "was", "became", "at")
    steps = admissions.trail_of(found.pk)
    return [StepOut(**{name: getattr(one, name) for name in names}, reason=admissions.reason_said(one.reason)) for one in steps]


@writes(nominations, "", "nominations_make", Changed, permission=admissions.NOMINATE)
def nominations_make(request: Request, wanted: NominationIn) -> Changed:
    """Everybody named is handed in; all or none."""
    project = projects.project_in(request.actor.scope, wanted.project)
    offers = {one.public_id: one.pk for one in projects.offers_of([project.pk])[project.pk]}
    choice = all_of(offers, [wanted.offer])[0] if wanted.offer else None
    people = teacher_ids(request.actor, wanted.teachers)
    wishes = [admissions.Wish(pk, choice, wanted.category) for pk in people]
    way = admissions.Way(wanted.way)
    made = admissions.nominate(actor=request.actor, project_id=project.pk, wishes=wishes, way=way, reason=wanted.reason, now=request.now)
    return Changed(changed=len(made))


@writes(checks, "", "admission_checks_make", CheckOut, permission=admissions.NOMINATE)
def admission_checks_make(request: Request, wanted: CheckIn) -> CheckOut:
    """What stands against each of these for the project: the answer that page and workbook give too. Nothing is changed."""
    project = projects.project_in(request.actor.scope, wanted.project)
    ids = dict(zip(teacher_ids(request.actor, wanted.teachers), dict.fromkeys(wanted.teachers), strict=True))
    seen = admissions.looks(project, list(ids), request.now, is_sent=True)
    return CheckOut(findings={ids[pk]: _findings(look) for pk, look in seen.items()})


def _findings(look: admissions.Look) -> list[FindingOut]:
    told = [
        FindingOut(code=str(one.code), sentence=str(admissions.finding_sentence(one)), is_blocking=one.is_blocking)
        for one in (*look.blocking, *look.warning)
    ]
    return told + [FindingOut(code=str(one), sentence=str(admissions.MISMATCHES[one]), is_blocking=False) for one in look.mismatches]


@writes(decisions, "", "admission_decisions_make", Changed, permission=admissions.APPROVE)
def admission_decisions_make(request: Request, wanted: ApplicationDecisionIn) -> Changed:
    """The act is done to all of these applications of one project, or to none."""
    rows = admissions.applications_in(request.actor.scope).filter(public_id__in=wanted.applications)
    ids = all_of(dict(rows.values_list("public_id", "pk")), wanted.applications)
    reasoned: dict[str, Callable[..., int]] = {
        "decline": admissions.decline,
        "return": admissions.send_back,
        "withdraw": admissions.withdraw,
        "defer": admissions.defer,
    }
    act = partial(reasoned[wanted.act], reason=wanted.reason) if wanted.act in reasoned else admissions.approve
    return Changed(changed=act(actor=request.actor, ids=ids, now=request.now))

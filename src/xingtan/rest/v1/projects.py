"""Projects and what they offer; the courses that offers are made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.core.calendar import local_day
from xingtan.domains.courses import api as courses
from xingtan.domains.projects import api as projects
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import STEP, Scope

from .http import Request
from .operations import reads, writes
from .paging import Page, Paging, page_of
from .shapes import In, OrganisationOut, organisation, organisation_named, year_named

router = Router(tags=["projects"])
library = Router(tags=["courses"])


class ProjectRow(Schema):
    """A project in a list."""

    id: str
    year: int
    title: str
    title_en: str
    tier: projects.Tier
    kind: projects.ProjectKind
    state: projects.ProjectState
    organiser: OrganisationOut
    opens_on: date
    closes_on: date
    starts_on: date | None
    ends_on: date | None
    has_seats: bool


class SegmentOut(Schema):
    """A step of a project; hours in hundredths."""

    id: str
    place: int
    kind: projects.SegmentKind
    title: str
    title_en: str
    first_on: date | None
    last_on: date | None
    component: str
    hours_centi: int
    passing: dict[str, int]


class OfferOut(Schema):
    """A course or a workshop that may be chosen; hours in hundredths."""

    id: str
    kind: projects.OfferKind
    title: str
    title_en: str
    component: str
    hours_centi: int
    subject: str
    stage: str
    course: str | None
    provider: OrganisationOut


class ProjectOut(ProjectRow):
    """A project with its segments, its offers and whom it is for."""

    summary: str
    venue: str
    ways: list[projects.Way]
    approval_steps: int
    conditions: dict[str, Any]
    categories: list[dict[str, Any]]
    reason: str
    segments: list[SegmentOut]
    offers: list[OfferOut]


class ProjectQuery(Paging):
    """Which projects are wanted."""

    year: int | None = None
    state: projects.ProjectState | None = None
    q: str = Field(default="", max_length=80)


class ProjectIn(In):
    """A project to draft; the organiser is the own office."""

    year: int = Field(ge=2000, le=2200)
    title: str = Field(min_length=1, max_length=160)
    title_en: str = Field(default="", max_length=160)
    summary: str = Field(default="", max_length=4000)
    tier: projects.Tier
    kind: projects.ProjectKind
    opens_on: date
    closes_on: date
    starts_on: date | None = None
    ends_on: date | None = None
    venue: str = Field(default="", max_length=160)
    with_template: bool = Field(default=False, description="begin with the segments, ways in and categories of its kind")


class OfferIn(In):
    """A course (which lends title, subject, stage and provider) or a workshop to offer."""

    kind: projects.OfferKind
    component: str = Field(min_length=1, max_length=20)
    hours_centi: int = Field(gt=0, le=1_000_000)
    course: str | None = Field(default=None, description="id of a reviewed course")
    provider: str | None = Field(default=None, description="id of the organisation that runs a workshop; the organiser's own otherwise")
    lead: str | None = Field(default=None, description="sign-in name of a workshop's lead")
    title: str = Field(default="", max_length=160)
    title_en: str = Field(default="", max_length=160)
    subject: str = Field(default="", max_length=40)
    stage: str = Field(default="", max_length=14)


class CourseOut(Schema):
    """A course of the library."""

    id: str
    code: str
    title: str
    title_en: str
    component: str
    subject: str
    stage: str
    state: courses.CourseState
    provider: OrganisationOut


def _row(one: projects.Project) -> dict[str, Any]:
    names = ("title", "title_en", "tier", "kind", "state", "opens_on", "closes_on", "starts_on", "ends_on", "has_seats")
    return {
        "id": one.public_id,
        "year": one.training_year.year,
        "organiser": organisation(one.organiser),
        **{name: getattr(one, name) for name in names},
    }


def _rows(found: Sequence[projects.Project]) -> list[ProjectRow]:
    return [ProjectRow(**_row(one)) for one in found]


def whole(one: projects.Project) -> ProjectOut:
    """The project with everything that belongs to it."""
    names = ("summary", "venue", "ways", "approval_steps", "conditions", "categories", "reason")
    segments = [segment_out(row) for row in projects.segments_of([one.pk])[one.pk]]
    offers = [_offer(offer) for offer in projects.offers_of([one.pk])[one.pk]]
    return ProjectOut(**_row(one), **{name: getattr(one, name) for name in names}, segments=segments, offers=offers)


def segment_out(row: projects.Segment) -> SegmentOut:
    """The segment as the API tells it."""
    names = ("place", "kind", "title", "title_en", "first_on", "last_on", "component", "hours_centi", "passing")
    return SegmentOut(id=row.public_id, **{name: getattr(row, name) for name in names})


def _offer(offer: projects.Offer) -> OfferOut:
    names = ("kind", "title", "title_en", "component", "hours_centi", "subject", "stage")
    return OfferOut(
        id=offer.public_id,
        course=offer.course.public_id if offer.course else None,
        provider=organisation(offer.provider),
        **{name: getattr(offer, name) for name in names},
    )


def project_named(actor: Actor, public_id: str) -> projects.Project:
    """The project as the actor may see it: a draft only for the offices; `NotInScope` otherwise."""
    found = projects.project_in(actor.scope, public_id)
    if found.state == projects.ProjectState.DRAFT and not actor.may(projects.SEE_PROJECTS):
        raise NotInScope
    return found


@reads(router, "", "projects_list", Page[ProjectRow])
def projects_list(request: Request, wanted: Query[ProjectQuery]) -> Page[ProjectRow]:
    """Projects of the branch and published ones from above; drafts for offices only."""
    year = year_named(request.actor, wanted.year).pk if wanted.year else None
    found = projects.projects_for(request.actor.scope, q=wanted.q, training_year_id=year, state=wanted.state.value if wanted.state else "")
    if not request.actor.may(projects.SEE_PROJECTS):
        found = found.exclude(state=projects.ProjectState.DRAFT)
    return page_of(found, wanted, _rows)


@reads(router, "/{project}", "projects_get", ProjectOut)
def projects_get(request: Request, project: str) -> ProjectOut:
    """One project with its offers."""
    return whole(project_named(request.actor, project))


@writes(router, "", "projects_draft", ProjectOut, permission=projects.PUBLISH, status=HTTPStatus.CREATED)
def projects_draft(request: Request, body: ProjectIn) -> ProjectOut:
    """Draft a project of the own office."""
    year = year_named(request.actor, body.year)
    values = body.model_dump(exclude={"year", "with_template"})
    make = projects.draft_from_template if body.with_template else projects.draft_project
    made = make(actor=request.actor, training_year_id=year.pk, now=request.now, **values)
    return whole(projects.project_in(request.actor.scope, made.public_id))


@writes(router, "/{project}/offers", "projects_offer", OfferOut, permission=projects.PUBLISH, status=HTTPStatus.CREATED)
def projects_offer(request: Request, project: str, body: OfferIn) -> OfferOut:
    """Add a course or a workshop to a draft."""
    drafted = projects.project_in(request.actor.scope, project)
    values = body.model_dump(exclude={"course", "provider", "lead"})
    course = _courses(request.actor).filter(public_id=body.course).first() if body.course else None
    if body.course and course is None:
        raise NotInScope
    made = projects.add_offer(
        actor=request.actor,
        project_id=drafted.pk,
        course_id=course.pk if course else None,
        provider_id=_provider(request.actor, drafted, body.provider),
        lead_id=_lead(request, drafted, body.lead),
        now=request.now,
        **values,
    )
    return _offer(projects.offers_by_id([made.pk])[made.pk])


@writes(router, "/{project}/publication", "projects_publish", ProjectOut, permission=projects.PUBLISH)
def projects_publish(request: Request, project: str) -> ProjectOut:
    """Publish a draft to every school below its organiser; publishing twice is publishing once."""
    drafted = projects.project_in(request.actor.scope, project)
    projects.publish(actor=request.actor, project_id=drafted.pk, now=request.now)
    return whole(projects.project_in(request.actor.scope, project))


@reads(library, "", "courses_list", Page[CourseOut], permission=courses.SEE_LIBRARY)
def courses_list(request: Request, paging: Query[Paging]) -> Page[CourseOut]:
    """The courses of the branch's providers and, for offices, of the province's."""
    return page_of(_courses(request.actor), paging, lambda rows: [_course(one) for one in rows])


def _courses(actor: Actor) -> QuerySet[courses.Course]:
    """What an office may offer: the courses of its province's providers; what a provider sees: its own."""
    return courses.library(Scope.of(actor.scope.first[:STEP]) if actor.may(projects.SEE_PROJECTS) else actor.scope)


def _course(one: courses.Course) -> CourseOut:
    names = ("code", "title", "title_en", "component", "subject", "stage", "state")
    return CourseOut(id=one.public_id, provider=organisation(one.provider), **{name: getattr(one, name) for name in names})


def _provider(actor: Actor, project: projects.Project, public_id: str | None) -> int | None:
    if public_id is None:
        return None
    known = projects.providers_for(project.organiser.scope).filter(public_id=public_id).first()
    return known.pk if known else organisation_named(actor, public_id).pk


def _lead(request: Request, project: projects.Project, login: str | None) -> int | None:
    if login is None:
        return None
    lead = projects.workshop_leads(project.organiser.scope, local_day(request.now)).filter(login=login).first()
    if lead is None:
        raise NotInScope
    return lead.pk

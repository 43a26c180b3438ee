"""What a project is made of, whom it is for, its copy into another year, its end."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Any

from ninja import Schema
from pydantic import Field

from xingtan.domains.projects import api as projects
from xingtan.foundation.refusal import NotInScope

from .http import Request
from .operations import writes
from .projects import ProjectOut, SegmentOut, router, segment_out, whole
from .shapes import In, year_named

__all__ = ["router"]


class SegmentIn(In):
    """A segment at the end of a draft; hours in hundredths."""

    kind: projects.SegmentKind
    title: str = Field(min_length=1, max_length=160)
    title_en: str = Field(default="", max_length=160)
    first_on: date | None = None
    last_on: date | None = None
    component: str = Field(default="", max_length=20)
    hours_centi: int = Field(default=0, ge=0, le=1_000_000)
    passing: projects.Passing = projects.Passing()


class OrderIn(In):
    """Every segment of a draft once, in the order wanted."""

    segments: list[str] = Field(max_length=40)


class CategoryIn(In):
    """A category of seats."""

    code: str = Field(max_length=30)
    label: str = Field(max_length=80)
    label_en: str = Field(default="", max_length=80)
    seats: int = Field(default=0, ge=0, le=1_000_000)
    is_reserved: bool = False


class WhomIn(In):
    """Conditions to take part, as the field `conditions` of a project answers them, and categories of seats."""

    conditions: dict[str, Any] = Field(default_factory=dict)
    categories: list[CategoryIn] = Field(default_factory=list, max_length=40)


class CopyIn(In):
    """Into which year; what is not given is proposed."""

    year: int = Field(ge=2000, le=2200)
    title: str | None = Field(default=None, max_length=160)


class ReasonIn(In):
    """Why."""

    reason: str = Field(min_length=1, max_length=2000)


class Copied(Schema):
    """The copy."""

    id: str


@writes(router, "/{project}/segments", "projects_segment", SegmentOut, permission=projects.PUBLISH, status=HTTPStatus.CREATED)
def projects_segment(request: Request, project: str, body: SegmentIn) -> SegmentOut:
    """Add a segment to a draft."""
    values = {**body.model_dump(exclude={"passing"}), "passing": body.passing.model_dump(exclude_none=True)}
    return segment_out(projects.add_segment(actor=request.actor, project_id=_named(request, project).pk, values=values, now=request.now))


@writes(router, "/{project}/order", "projects_order", ProjectOut, permission=projects.PUBLISH)
def projects_order(request: Request, project: str, body: OrderIn) -> ProjectOut:
    """Put a draft's segments in order."""
    held = _named(request, project)
    ids = {one.public_id: one.pk for one in projects.segments_of([held.pk])[held.pk]}
    wanted = [ids.get(one, 0) for one in body.segments]
    projects.order_segments(actor=request.actor, project_id=held.pk, segment_ids=wanted, now=request.now)
    return whole(held)


@writes(router, "/{project}/whom", "projects_whom", ProjectOut, permission=projects.PUBLISH)
def projects_whom(request: Request, project: str, body: WhomIn) -> ProjectOut:
    """Say whom a draft is for: both lists are replaced."""
    held = _named(request, project)
    projects.set_conditions(actor=request.actor, project_id=held.pk, conditions=body.conditions, now=request.now)
    wanted = [
        projects.Category(code=one.code, label=one.label, label_en=one.label_en, seats=one.seats, is_reserved=one.is_reserved)
        for one in body.categories
    ]
    projects.set_categories(actor=request.actor, project_id=held.pk, categories=wanted, now=request.now)
    return whole(_named(request, project))


@writes(router, "/{project}/copies", "projects_copy", Copied, permission=projects.PUBLISH, status=HTTPStatus.CREATED)
def projects_copy(request: Request, project: str, body: CopyIn) -> Copied:
    """Draft it again in another year, days moved by whole years."""
    held, year = _named(request, project), year_named(request.actor, body.year)
    values = {"title": body.title} if body.title else {}
    made = projects.copy_project(actor=request.actor, project_id=held.pk, training_year_id=year.pk, values=values, now=request.now)
    return Copied(id=made.public_id)


@writes(router, "/{project}/closure", "projects_close", ProjectOut, permission=projects.PUBLISH)
def projects_close(request: Request, project: str) -> ProjectOut:
    """End choosing; what was chosen goes on."""
    projects.close_project(actor=request.actor, project_id=_named(request, project).pk, now=request.now)
    return whole(_named(request, project))


@writes(router, "/{project}/cancellation", "projects_cancel", ProjectOut, permission=projects.PUBLISH)
def projects_cancel(request: Request, project: str, body: ReasonIn) -> ProjectOut:
    """Cancel it for a reason that everyone reads."""
    projects.cancel_project(actor=request.actor, project_id=_named(request, project).pk, reason=body.reason, now=request.now)
    return whole(_named(request, project))


def _named(request: Request, public_id: str) -> projects.Project:
    found = projects.project_in(request.actor.scope, public_id)
    if not request.actor.scope.holds(found.organiser.path):
        raise NotInScope
    return found

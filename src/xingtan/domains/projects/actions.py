"""Drafting, publishing, closing and cancelling projects."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Unpack

from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation

from .access import PUBLISH
from .facts import More, refuse_more, take
from .held import days_of, draft_held, held, raise_why, refuse_closed
from .models import Offer, Project, Segment
from .rules import refuse_cancel, refuse_draft, refuse_move
from .states import ProjectKind, ProjectState, Tier


@atomic
def draft_project(  # noqa: PLR0913 -- a project is these facts
    *,
    actor: Actor,
    training_year_id: int,
    title: str,
    tier: Tier | str,
    kind: ProjectKind | str,
    opens_on: date,
    closes_on: date,
    title_en: str = "",
    summary: str = "",
    organiser_id: int | None = None,
    now: datetime,
    **more: Unpack[More],
) -> Project:
    """A draft stands, seen in the organiser's branch only; the organiser is the actor's own office unless another of the branch is named."""
    require(actor, PUBLISH)
    organiser = _organiser(actor, organiser_id)
    year = policies.year_by_id(organiser, training_year_id)
    refuse_closed(year)
    project = Project(training_year=year, organiser=organiser, kind=ProjectKind(kind).value, made_at=now)
    project.title, project.title_en, project.summary = title.strip(), title_en.strip(), summary.strip()
    project.tier, project.opens_on, project.closes_on = Tier(tier).value, opens_on, closes_on
    _sound(project, more)
    project.save()
    record(actor, "projects.drafted", "project", [project.pk], now=now)
    return project


@atomic
def change_project(  # noqa: PLR0913 -- a project is these facts
    *,
    actor: Actor,
    project_id: int,
    title: str,
    tier: Tier | str,
    kind: ProjectKind | str,
    opens_on: date,
    closes_on: date,
    title_en: str = "",
    summary: str = "",
    now: datetime,
    **more: Unpack[More],
) -> Project:
    """The draft says these things; a published or closed project is refused."""
    require(actor, PUBLISH)
    project = draft_held(actor, project_id)
    project.title, project.title_en, project.summary = title.strip(), title_en.strip(), summary.strip()
    project.tier, project.kind = Tier(tier).value, ProjectKind(kind).value
    project.opens_on, project.closes_on = opens_on, closes_on
    _sound(project, more)
    project.save()
    record(actor, "projects.changed", "project", [project.pk], now=now)
    return project


@atomic
def publish(*, actor: Actor, project_id: int, now: datetime) -> Project:
    """Every school below the organiser may choose from it, and later rooms know; publishing twice is publishing once."""
    require(actor, PUBLISH)
    project = held(actor, project_id)
    if project.state == ProjectState.PUBLISHED:
        return project
    refuse_closed(project.training_year)
    _move(project, ProjectState.PUBLISHED)
    project.published_at = now
    project.save(update_fields=["state", "published_at"])
    record(actor, "projects.published", "project", [project.pk], now=now)
    emit("projects.published", {"project": project.pk}, now=now)
    return project


@atomic
def cancel_project(*, actor: Actor, project_id: int, reason: str, now: datetime) -> Project:
    """The project does not take place, for this reason, and later rooms know; cancelling twice is cancelling once, the first reason stays."""
    require(actor, PUBLISH)
    project = held(actor, project_id)
    if project.state == ProjectState.CANCELLED:
        return project
    why = refuse_cancel(ProjectState(project.state), has_seats=project.has_seats, reason=reason.strip())
    raise_why(why, project.training_year)
    was_seen = project.state == ProjectState.PUBLISHED
    project.state, project.reason, project.cancelled_at = ProjectState.CANCELLED.value, reason.strip(), now
    project.save(update_fields=["state", "reason", "cancelled_at"])
    record(actor, "projects.cancelled", "project", [project.pk], now=now, detail={"was_published": was_seen})
    emit("projects.cancelled", {"project": project.pk}, now=now)
    return project


@atomic
def close_project(*, actor: Actor, project_id: int, now: datetime) -> Project:
    """Nobody chooses from it any more; what was chosen goes on. Closing twice is closing once."""
    require(actor, PUBLISH)
    project = held(actor, project_id)
    if project.state == ProjectState.CLOSED:
        return project
    _move(project, ProjectState.CLOSED)
    project.save(update_fields=["state"])
    record(actor, "projects.closed", "project", [project.pk], now=now)
    return project


def _organiser(actor: Actor, organiser_id: int | None) -> Organisation:
    organiser = Organisation.objects.within(actor.scope).filter(pk=organiser_id or actor.organisation_id or 0).first()
    if organiser is None:
        raise NotInScope
    return organiser


def _move(project: Project, to: ProjectState) -> None:
    mine: type[Offer | Segment] = Segment if project.has_seats else Offer
    parts = mine.objects.filter(project=project).count()
    raise_why(refuse_move(ProjectState(project.state), to, parts=parts, has_seats=project.has_seats), project.training_year)
    project.state = to.value


def _refuse_title(project: Project) -> None:
    same = Project.everywhere.filter(training_year=project.training_year, organiser=project.organiser, title=project.title)
    if same.exclude(pk=project.pk).exists():
        raise Refused("project_title_taken")


def _sound(project: Project, more: Mapping[str, Any]) -> None:
    """What was given stands on the row, which is not saved yet; refused where it does not fit office, year or itself."""
    year = project.training_year
    days, bounds = (project.opens_on, project.closes_on), days_of(year)
    raise_why(refuse_draft(organiser_kind=project.organiser.kind, tier=Tier(project.tier), days=days, year=bounds), year)
    take(project, more)
    raise_why(refuse_more(project, bounds), year)
    _refuse_title(project)

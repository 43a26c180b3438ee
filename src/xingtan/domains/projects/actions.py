"""Drafting, offering, publishing and closing projects."""

from __future__ import annotations

from datetime import date, datetime

from xingtan.core.calendar import local_day
from xingtan.core.units import format_hours
from xingtan.domains.courses import api as courses
from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Kind, Organisation

from .access import PUBLISH
from .models import Offer, Project
from .queries import most_centi, providers_for, workshop_leads
from .rules import Why, refuse_draft, refuse_move, refuse_offer
from .states import OfferKind, ProjectKind, ProjectState, Tier


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
) -> Project:
    """A draft stands, seen in the organiser's branch only; the organiser is the actor's own office unless another of the branch is named."""
    require(actor, PUBLISH)
    organiser = _organiser(actor, organiser_id)
    year = policies.year_by_id(organiser, training_year_id)
    _refuse_closed(year)
    _raise(
        refuse_draft(organiser_kind=organiser.kind, tier=Tier(tier), days=(opens_on, closes_on), year=(year.first_on, year.last_on)), year
    )
    _refuse_title(Project(training_year=year, organiser=organiser, title=title.strip()))
    project: Project = Project.everywhere.create(
        training_year=year,
        organiser=organiser,
        title=title.strip(),
        title_en=title_en.strip(),
        summary=summary.strip(),
        tier=Tier(tier).value,
        kind=ProjectKind(kind).value,
        opens_on=opens_on,
        closes_on=closes_on,
        made_at=now,
    )
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
) -> Project:
    """The draft says these things; a published or closed project is refused."""
    require(actor, PUBLISH)
    project = _draft(actor, project_id)
    year = project.training_year
    days = (opens_on, closes_on)
    _raise(refuse_draft(organiser_kind=project.organiser.kind, tier=Tier(tier), days=days, year=(year.first_on, year.last_on)), year)
    project.title, project.title_en, project.summary = title.strip(), title_en.strip(), summary.strip()
    project.tier, project.kind = Tier(tier).value, ProjectKind(kind).value
    project.opens_on, project.closes_on = days
    _refuse_title(project)
    project.save()
    record(actor, "projects.changed", "project", [project.pk], now=now)
    return project


@atomic
def add_offer(  # noqa: PLR0913 -- an offer is these facts
    *,
    actor: Actor,
    project_id: int,
    kind: OfferKind | str,
    component: str,
    hours_centi: int,
    course_id: int | None = None,
    provider_id: int | None = None,
    lead_id: int | None = None,
    title: str = "",
    title_en: str = "",
    subject: str = "",
    stage: str = "",
    now: datetime,
) -> Offer:
    """The draft offers the course or the workshop; a course lends title, subject, stage and provider where none is given."""
    require(actor, PUBLISH)
    project = _draft(actor, project_id)
    course = _course(OfferKind(kind), course_id, component)
    _raise(refuse_offer(component=component, hours_centi=hours_centi, most_centi=most_centi(project)), project.training_year)
    offer = Offer(project=project, kind=OfferKind(kind).value, course=course, component=component, hours_centi=hours_centi)
    offer.title = title.strip() or (course.title if course else "")
    offer.title_en = title_en.strip() or (course.title_en if course else "")
    offer.subject = subject or (course.subject if course else "")
    offer.stage = stage or (course.stage if course else "")
    offer.provider_id = course.provider_id if course else _provider(project, provider_id)
    offer.lead_id = _lead(project, lead_id, now)
    _refuse_offer_title(offer)
    offer.save()
    record(actor, "projects.offer_added", "offer", [offer.pk], now=now, detail={"project": project.pk})
    return offer


@atomic
def remove_offer(*, actor: Actor, offer_id: int, now: datetime) -> None:
    """The draft no longer offers it; offers of a published project stay, for teachers may have chosen them."""
    require(actor, PUBLISH)
    project_id = Offer.objects.filter(pk=offer_id).values_list("project", flat=True).first()
    if project_id is None:
        return
    project = _draft(actor, project_id)
    Offer.objects.filter(pk=offer_id).delete()
    record(actor, "projects.offer_removed", "offer", [offer_id], now=now, detail={"project": project.pk})


@atomic
def publish(*, actor: Actor, project_id: int, now: datetime) -> Project:
    """Every school below the organiser may choose from it, and later rooms know; publishing twice is publishing once."""
    require(actor, PUBLISH)
    project = _held(actor, project_id)
    if project.state == ProjectState.PUBLISHED:
        return project
    _refuse_closed(project.training_year)
    _move(project, ProjectState.PUBLISHED)
    project.published_at = now
    project.save(update_fields=["state", "published_at"])
    record(actor, "projects.published", "project", [project.pk], now=now)
    emit("projects.published", {"project": project.pk}, now=now)
    return project


@atomic
def close_project(*, actor: Actor, project_id: int, now: datetime) -> Project:
    """Nobody chooses from it any more; what was chosen goes on. Closing twice is closing once."""
    require(actor, PUBLISH)
    project = _held(actor, project_id)
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


def _held(actor: Actor, project_id: int) -> Project:
    found = Project.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk=project_id)
    project = found.select_related("organiser", "training_year__pack").first()
    if project is None:
        raise NotInScope
    return project


def _draft(actor: Actor, project_id: int) -> Project:
    project = _held(actor, project_id)
    if project.state != ProjectState.DRAFT:
        raise Refused("project_not_draft")
    _refuse_closed(project.training_year)
    return project


def _move(project: Project, to: ProjectState) -> None:
    offers = Offer.objects.filter(project=project).count()
    _raise(refuse_move(ProjectState(project.state), to, offers=offers), project.training_year)
    project.state = to.value


def _course(kind: OfferKind, course_id: int | None, component: str) -> courses.Course | None:
    if kind is OfferKind.WORKSHOP:
        return None
    course = courses.courses_by_id([course_id]).get(course_id) if course_id else None
    if course is None:
        raise Refused("offer_needs_course")
    if course.state != courses.CourseState.REVIEWED:
        raise Refused("offer_course_not_reviewed")
    if course.component != component:
        raise Refused("offer_course_component")
    return course


def _provider(project: Project, provider_id: int | None) -> int:
    if provider_id is None or provider_id == project.organiser_id:
        return project.organiser_id
    known = providers_for(project.organiser.scope).filter(pk=provider_id).exists()
    within = Organisation.objects.within(project.organiser.scope).filter(pk=provider_id)
    if not known and not within.exclude(kind=Kind.PROVIDER).exists():
        raise NotInScope
    return provider_id


def _lead(project: Project, lead_id: int | None, now: datetime) -> int | None:
    if lead_id is not None and not workshop_leads(project.organiser.scope, local_day(now)).filter(pk=lead_id).exists():
        raise Refused("offer_lead_unknown")
    return lead_id


def _refuse_closed(year: policies.TrainingYear) -> None:
    if year.state == policies.YearState.CLOSED:
        raise Refused("project_year_closed", year=year.year)


def _refuse_title(project: Project) -> None:
    same = Project.everywhere.filter(training_year=project.training_year, organiser=project.organiser, title=project.title)
    if same.exclude(pk=project.pk).exists():
        raise Refused("project_title_taken")


def _refuse_offer_title(offer: Offer) -> None:
    if not offer.title:
        raise Refused("offer_needs_title")
    if Offer.objects.filter(project=offer.project, kind=offer.kind, title=offer.title).exists():
        raise Refused("offer_title_taken")


def _raise(why: Why | None, year: policies.TrainingYear) -> None:
    if why is not None:
        days = {"first": year.first_on.isoformat(), "last": year.last_on.isoformat()}
        raise Refused(why.code, most=format_hours(why.most_centi), **days)

"""What a draft offers: courses and workshops."""

from __future__ import annotations

from datetime import datetime

from xingtan.core.calendar import local_day
from xingtan.domains.courses import api as courses
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Kind, Organisation

from .access import PUBLISH
from .held import draft_held, raise_why
from .models import Offer, Project
from .queries import most_centi, providers_for, workshop_leads
from .rules import refuse_offer
from .states import OfferKind


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
    project = draft_held(actor, project_id)
    course = _course(OfferKind(kind), course_id, component)
    raise_why(refuse_offer(component=component, hours_centi=hours_centi, most_centi=most_centi(project)), project.training_year)
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
    project = draft_held(actor, project_id)
    Offer.objects.filter(pk=offer_id).delete()
    record(actor, "projects.offer_removed", "offer", [offer_id], now=now, detail={"project": project.pk})


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


def _refuse_offer_title(offer: Offer) -> None:
    if not offer.title:
        raise Refused("offer_needs_title")
    if Offer.objects.filter(project=offer.project, kind=offer.kind, title=offer.title).exists():
        raise Refused("offer_title_taken")

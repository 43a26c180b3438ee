"""A project again in another year: what a copy would say and how that differs, shown before it is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from xingtan.core.calendar import local_day
from xingtan.domains.courses import api as courses
from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require

from .access import PUBLISH
from .actions import draft_project
from .copy_rules import Difference, kept_hours, shifted, within
from .held import days_of, held, refuse_closed
from .models import Offer, Project, Segment
from .queries import most_centi, offers_of, segments_of, workshop_leads

DAYS = ("opens_on", "closes_on", "starts_on", "ends_on")
SAME = ("summary", "tier", "kind", "has_seats", "ways", "approval_steps", "venue", "earmarked_centi", "conditions", "categories")


@dataclass(frozen=True)
class Proposed:
    """What a copy would say, its parts as rows that are not saved, and every difference from its source."""

    facts: Mapping[str, Any]
    segments: tuple[Segment, ...]
    offers: tuple[Offer, ...]
    differences: tuple[Difference, ...]


@atomic
def copy_proposed(*, actor: Actor, project_id: int, training_year_id: int, now: datetime) -> Proposed:
    """The project as it would stand in that year: days moved by whole years, hours as far as the year's policy asks them, courses still open."""
    require(actor, PUBLISH)
    source = held(actor, project_id)
    return _proposed(source, policies.year_by_id(source.organiser, training_year_id), now)


@atomic
def copy_project(*, actor: Actor, project_id: int, training_year_id: int, values: Mapping[str, Any], now: datetime) -> Project:
    """A draft of that year stands with what was proposed; `values` (title, title_en, the four days) go before."""
    require(actor, PUBLISH)
    source = held(actor, project_id)
    year = policies.year_by_id(source.organiser, training_year_id)
    refuse_closed(year)
    proposed = _proposed(source, year, now)
    facts = {**proposed.facts, **values}
    project = draft_project(actor=actor, training_year_id=year.pk, organiser_id=source.organiser_id, now=now, **facts)
    project.copied_from = source
    project.save(update_fields=["copied_from"])
    first, last = days_of(year)
    last = project.ends_on or last
    for segment in proposed.segments:
        segment.project = project
        segment.first_on, segment.last_on = (within(day, first, last) for day in (segment.first_on, segment.last_on))
    for offer in proposed.offers:
        offer.project = project
    Segment.objects.bulk_create(proposed.segments)
    Offer.objects.bulk_create(proposed.offers)
    record(actor, "projects.copied", "project", [project.pk], now=now, detail={"from": source.pk})
    return project


def _proposed(source: Project, year: policies.TrainingYear, now: datetime) -> Proposed:
    told: list[Difference] = []
    facts: dict[str, Any] = {name: getattr(source, name) for name in SAME}
    for name in ("title", "title_en"):
        facts[name] = getattr(source, name).replace(str(source.training_year.year), str(year.year))
    for name in DAYS:
        facts[name] = _day(getattr(source, name), source.training_year, year)
    told += [Difference(name, "", getattr(source, name), facts[name]) for name in ("title", "title_en", *DAYS)]
    most = most_centi(Project(training_year=year))
    segments = _segments(source, year, most, told)
    offers = _offers(source, most, local_day(now), told)
    return Proposed(facts, tuple(segments), tuple(offers), tuple(one for one in told if one.old != one.new))


def _day(day: date | None, source: policies.TrainingYear, year: policies.TrainingYear) -> date | None:
    moved = shifted(day, year.year - source.year)
    return within(moved, *days_of(year))


def _segments(source: Project, year: policies.TrainingYear, most: Mapping[str, int], told: list[Difference]) -> list[Segment]:
    rows, left = [], dict(most)
    for one in segments_of([source.pk])[source.pk]:
        days = tuple(_day(day, source.training_year, year) for day in (one.first_on, one.last_on))
        component, centi = kept_hours(one.component, one.hours_centi, left)
        told.append(Difference("segment_days", str(one), (one.first_on, one.last_on), days))
        told.append(Difference("segment_hours", str(one), one.hours_centi, centi))
        names = ("place", "kind", "title", "title_en", "passing")
        same = {name: getattr(one, name) for name in names}
        rows.append(Segment(**same, first_on=days[0], last_on=days[1], component=component, hours_centi=centi))
    return rows


def _offers(source: Project, most: Mapping[str, int], day: date, told: list[Difference]) -> list[Offer]:
    rows = []
    leads = set(workshop_leads(source.organiser.scope, day).values_list("pk", flat=True))
    names = ("kind", "course", "provider", "title", "title_en", "subject", "stage", "component")
    for one in offers_of([source.pk])[source.pk]:
        centi = min(one.hours_centi, most.get(one.component, 0))
        is_open = one.course is None or one.course.state == courses.CourseState.REVIEWED
        told.append(Difference("offer_hours", str(one), one.hours_centi, centi if is_open else 0))
        if is_open and centi:
            lead_id = one.lead_id if one.lead_id in leads else None
            told.append(
                Difference("offer_lead", str(one), one.lead.name if one.lead else "", one.lead.name if one.lead and lead_id else "")
            )
            rows.append(Offer(**{name: getattr(one, name) for name in names}, hours_centi=centi, lead_id=lead_id))
    return rows

"""A draft with everything that its kind's template proposes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Unpack

from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor

from .actions import draft_project
from .facts import More
from .held import days_of
from .models import Project, Segment
from .segment_rules import laid_out
from .states import ProjectKind, Tier
from .templates import Template, templates


@atomic
def draft_from_template(  # noqa: PLR0913 -- a project is these facts
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
    """A draft stands with its kind's segments, laid out over the training's days, its ways and categories; what is given goes before."""
    template = templates()[ProjectKind(kind)]
    project = draft_project(
        actor=actor,
        training_year_id=training_year_id,
        title=title,
        tier=tier,
        kind=kind,
        opens_on=opens_on,
        closes_on=closes_on,
        title_en=title_en,
        summary=summary,
        organiser_id=organiser_id,
        now=now,
        **{**_proposed(template), **more},
    )
    made = _segments(project, template)
    Segment.objects.bulk_create(made)
    record(actor, "projects.segments_laid_out", "project", [project.pk], now=now, detail={"segments": len(made)})
    return project


def _proposed(template: Template) -> dict[str, Any]:
    return {
        "has_seats": template.has_seats,
        "ways": template.ways,
        "approval_steps": template.approval_steps,
        "earmarked_centi": template.earmarked_centi,
        "conditions": template.conditions,
        "categories": [one.plain() for one in template.categories],
    }


def _segments(project: Project, template: Template) -> list[Segment]:
    """The template's segments as rows; without days where application lasts to the end of the year."""
    first = project.starts_on or (project.closes_on + timedelta(days=1) if project.has_seats else project.opens_on)
    last = project.ends_on or days_of(project.training_year)[1]
    parts = [(one.days, one.weight) for one in template.segments]
    days = laid_out(parts, first, last) if first <= last else [(None, None)] * len(parts)
    asked = _asked(project)
    return [
        Segment(
            project=project,
            place=place,
            kind=one.kind.value,
            title=one.title.zh,
            title_en=one.title.en,
            first_on=span[0],
            last_on=span[1],
            component=one.component if asked.get(one.component, 0) * one.percent else "",
            hours_centi=asked.get(one.component, 0) * one.percent // 100,
            passing=one.passing.model_dump(exclude_none=True),
        )
        for place, (one, span) in enumerate(zip(template.segments, days, strict=True), 1)
    ]


def _asked(project: Project) -> dict[str, int]:
    """For each component of the year's policy the most hundredths of an hour that an item asks of a teacher who is not new."""
    asked: dict[str, int] = {}
    for item in policies.policy_of(project.training_year).items:
        for component, centi in item.required_centi.items():
            asked[component] = max(asked.get(component, 0), centi)
    return asked

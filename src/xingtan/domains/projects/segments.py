"""The segments of a project: added, changed, removed and put in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max

from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .access import PUBLISH
from .held import days_of, draft_held, held, raise_why, refuse_closed
from .models import Project, Segment
from .passing import read_passing
from .queries import most_centi
from .segment_rules import refuse_hours, refuse_segment
from .states import ProjectState, SegmentKind

MOST = 40
DAYS = ("first_on", "last_on")
OVER = 1000


@atomic
def add_segment(*, actor: Actor, project_id: int, values: Mapping[str, Any], now: datetime) -> Segment:
    """The draft ends with this segment; `values` are kind, title, title_en, first_on, last_on, component, hours_centi, passing."""
    require(actor, PUBLISH)
    project = draft_held(actor, project_id)
    last = Segment.objects.filter(project=project).aggregate(last=Max("place"))["last"] or 0
    if last >= MOST:
        raise Refused("segments_too_many")
    segment = Segment(project=project, place=last + 1)
    _take(segment, project, values)
    segment.save()
    record(actor, "projects.segment_added", "segment", [segment.pk], now=now, detail={"project": project.pk})
    return segment


@atomic
def change_segment(*, actor: Actor, segment_id: int, values: Mapping[str, Any], now: datetime) -> Segment:
    """The segment says this; of a published project only its days move, for people chose it for the rest."""
    require(actor, PUBLISH)
    segment, project = _segment_held(actor, segment_id)
    refuse_closed(project.training_year)
    if project.state != ProjectState.DRAFT:
        _refuse_more_than_days(project, segment, values)
    _take(segment, project, values)
    segment.save()
    record(actor, "projects.segment_changed", "segment", [segment.pk], now=now, detail={"project": project.pk})
    return segment


@atomic
def remove_segment(*, actor: Actor, segment_id: int, now: datetime) -> None:
    """The draft no longer has it; those after it move up."""
    require(actor, PUBLISH)
    segment, project = _segment_held(actor, segment_id)
    draft_held(actor, project.pk)
    segment.delete()
    rest = Segment.objects.filter(project=project).order_by("place").values_list("pk", flat=True)
    _place(project, list(rest))
    record(actor, "projects.segment_removed", "segment", [segment_id], now=now, detail={"project": project.pk})


@atomic
def order_segments(*, actor: Actor, project_id: int, segment_ids: Sequence[int], now: datetime) -> None:
    """The draft's segments stand in this order; refused when the list does not name each of them once."""
    require(actor, PUBLISH)
    project = draft_held(actor, project_id)
    there = list(Segment.objects.filter(project=project).order_by("place").values_list("pk", flat=True))
    if sorted(segment_ids) != sorted(there):
        raise Refused("segments_changed_meanwhile")
    if list(segment_ids) != there:
        _place(project, segment_ids)
        record(actor, "projects.segments_ordered", "project", [project.pk], now=now)


def _segment_held(actor: Actor, segment_id: int) -> tuple[Segment, Project]:
    project_id = Segment.objects.filter(pk=segment_id).values_list("project", flat=True).first()
    if project_id is None:
        raise NotInScope
    project = held(actor, project_id)
    segment = Segment.objects.filter(pk=segment_id, project=project).first()
    if segment is None:
        raise NotInScope
    return segment, project


def _take(segment: Segment, project: Project, values: Mapping[str, Any]) -> None:
    """The row carries the values, which suit the project and the policy of its year."""
    for name, value in values.items():
        setattr(segment, name, value.strip() if isinstance(value, str) else value)
    segment.kind = SegmentKind(segment.kind).value
    segment.passing = read_passing(segment.passing)
    segment.component = segment.component if segment.hours_centi else ""
    if not segment.title:
        raise Refused("segment_needs_title")
    most, days = most_centi(project), (segment.first_on, segment.last_on)
    facts = {"component": str(values.get("component", segment.component)), "hours_centi": segment.hours_centi, "most_centi": most}
    raise_why(refuse_segment(days=days, bounds=bounds_of(project), **facts), project.training_year)  # type: ignore[arg-type]  # -- three known values
    others = Segment.objects.filter(project=project).exclude(pk=segment.pk).values_list("component", "hours_centi")
    raise_why(refuse_hours([*others, (segment.component, segment.hours_centi)], most), project.training_year)


def bounds_of(project: Project) -> tuple[date, date]:
    """First and last day that a segment may have: the project's training, from application on; the year's where the project says none."""
    year_first, year_last = days_of(project.training_year)
    first = min(project.opens_on, project.starts_on) if project.starts_on else year_first
    return first, project.ends_on or year_last


def _refuse_more_than_days(project: Project, segment: Segment, values: Mapping[str, Any]) -> None:
    if project.state != ProjectState.PUBLISHED:
        raise Refused("project_not_draft")
    if any(getattr(segment, name) != value for name, value in values.items() if name not in DAYS):
        raise Refused("segment_only_days")


def _place(project: Project, ids: Sequence[int]) -> None:
    """Places 1, 2, 3 … in this order; all of them step aside first, for no two may share a place for a moment."""
    rows = Segment.objects.filter(project=project)
    rows.update(place=F("place") + OVER)
    for place, pk in enumerate(ids, 1):
        rows.filter(pk=pk).update(place=place)

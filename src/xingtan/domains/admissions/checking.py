"""What stands against somebody for a project: the same answer for the page, the bulk check and the API."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import Count

from xingtan.core.calendar import local_day
from xingtan.core.selection import Candidate, Code, Conditions, Engagement, Finding, clashes, findings
from xingtan.domains.projects import api as projects
from xingtan.domains.suiting.api import Mismatch, Wanted, mismatches, without_ground
from xingtan.domains.teachers import api as teachers

from .candidates import candidates_of
from .models import Application
from .models.applications import HOLDS_SEAT

YEAR = timedelta(days=365)


class Look(NamedTuple):
    """What shuts out, what only warns, and what looks as if somebody were sent to fill a seat."""

    blocking: tuple[Finding, ...]
    warning: tuple[Finding, ...]
    mismatches: tuple[Mismatch, ...]

    @property
    def codes(self) -> list[str]:
        """The codes of what warns, to be kept with the application."""
        return [str(one.code) for one in self.warning] + [str(one) for one in self.mismatches]


def looks(
    project: projects.Project,
    teacher_ids: Collection[int],
    now: datetime,
    wanted: Mapping[int, projects.Offer | None] | None = None,
    *,
    is_sent: bool = False,
) -> dict[int, Look]:
    """For each known teacher what stands against taking part in the project, in the class wished for, on this day; `is_sent` by an office."""
    unplanned = without_ground(project, teacher_ids) if is_sent else ()
    on = local_day(now)
    conditions = Conditions.model_validate(project.conditions or {})
    days = Engagement(project.pk, project.kind, project.starts_on or project.opens_on, project.ends_on or project.closes_on)
    sent = _sent(teacher_ids, now)
    found: dict[int, Look] = {}
    candidates = candidates_of(teacher_ids, on)
    overlapping = {pk: clashes(candidate, days) for pk, candidate in candidates.items()}
    titles = _titles(one for row in overlapping.values() for one in row)
    for pk, candidate in candidates.items():
        against = [*findings(candidate, conditions, on), *(_named(one, titles) for one in overlapping[pk])]
        offer = (wanted or {}).get(pk)
        found[pk] = Look(
            tuple(one for one in against if one.is_blocking),
            tuple(one for one in against if not one.is_blocking),
            mismatches(_wanted(candidate, offer, on, sent.get(pk, 0))._replace(is_planned=pk not in unplanned)),
        )
    return found


def _titles(clashing: Iterable[Finding]) -> dict[int, str]:
    """What the projects of these clashes are called."""
    ids = {int(str(one.values["project"])) for one in clashing if one.code is Code.CLASH}
    return {pk: str(one) for pk, one in projects.projects_by_id(ids).items()} if ids else {}


def _named(one: Finding, titles: Mapping[int, str]) -> Finding:
    title = titles.get(int(str(one.values["project"]))) if one.code is Code.CLASH else None
    return replace(one, values={**one.values, "other": title}) if title else one


def _wanted(candidate: Candidate, offer: projects.Offer | None, on: date, sent: int) -> Wanted:
    related = teachers.subjects_related(candidate.subject)
    return Wanted(candidate, related, offer.subject if offer else "", offer.stage if offer else "", on, sent)


def _sent(teacher_ids: Collection[int], now: datetime) -> dict[int, int]:
    rows = Application.everywhere.filter(HOLDS_SEAT, teacher_id__among=list(teacher_ids), applied_at__gt=now - YEAR).order_by()
    return dict(rows.values("teacher_id").annotate(n=Count("pk")).values_list("teacher_id", "n"))

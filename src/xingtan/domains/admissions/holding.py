"""One act of an office at a time for a project: its seats and terms are held first, then applications, then (in their own room) quotas."""

from __future__ import annotations

from datetime import datetime

from xingtan.core.calendar import local_day
from xingtan.domains.projects import api as projects
from xingtan.domains.quotas import api as quotas

from .around import Around, around
from .models import AdmissionTerms


def hold_project(project_id: int, now: datetime) -> Around:
    """The project and its terms, held until the transaction ends; the terms stand from now on where nobody had set any."""
    quotas.hold_seats(project_id)
    found = around(project_id)
    AdmissionTerms.everywhere.get_or_create(project_id=project_id, defaults={"changed_at": now})
    terms = AdmissionTerms.everywhere.select_for_update(of=("self",)).get(pk=project_id)
    return Around(found.project, terms, found.steps)


def is_begun(project: projects.Project, now: datetime) -> bool:
    """True once the training has begun: nobody moves up in a line any more."""
    return project.starts_on is not None and local_day(now) >= project.starts_on

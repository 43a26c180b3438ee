"""Long work in the background: telling whom a notice names, closing, archiving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import job_kind
from xingtan.foundation.notices import api as notices
from xingtan.foundation.people.roles import Actor

from .actions.closing import ARCHIVE_JOB, close_year
from .actions.noticing import tell_schools_and_teachers
from .archive.keep import archive_year
from .models import YearClosing

CLOSE_JOB = "closing.close"
TELL_JOB = "closing.tell_notice"


@job_kind(CLOSE_JOB)
def _close(job: Job, actor: Actor) -> Mapping[str, Any]:
    year = close_year(actor=actor, training_year_id=job.params["year"], now=timezone.now())
    return {"year": year.year}


@job_kind(TELL_JOB)
def _tell(job: Job, actor: Actor) -> Mapping[str, Any]:
    notice = notices.Notice.everywhere.get(pk=job.params["notice"])
    return {"told": tell_schools_and_teachers(notice, now=timezone.now())}


@job_kind(ARCHIVE_JOB)
def _archive(job: Job, actor: Actor) -> Mapping[str, Any]:
    closing = YearClosing.everywhere.select_related("training_year").get(pk=job.params["closing"])
    made = archive_year(actor=actor, closing=closing, job=job, now=timezone.now())
    return {"files": len(made), "rows": sum(row.rows for row in made)}

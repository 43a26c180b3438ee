"""Long work in the background."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import job_kind
from xingtan.foundation.people.roles import Actor

from .actions.determining import determine

DETERMINE_JOB = "determination.determine"


@job_kind(DETERMINE_JOB)
def _determine(job: Job, actor: Actor) -> Mapping[str, Any]:
    run = determine(
        actor=actor, training_year_id=job.params["year"], organisation_id=job.params["organisation"], job=job, now=timezone.now()
    )
    return {"run": run.public_id, "number": run.number, "teachers": sum(run.counts.values()), "counts": run.counts}

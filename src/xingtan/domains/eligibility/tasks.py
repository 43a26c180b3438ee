"""Long work in the background."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import job_kind
from xingtan.foundation.people.roles import Actor

from .actions.issuing import issue_statements

ISSUE_JOB = "eligibility.issue"


@job_kind(ISSUE_JOB)
def _issue(job: Job, actor: Actor) -> Mapping[str, Any]:
    known_at = job.params.get("known_at")
    run = issue_statements(
        actor=actor,
        teacher_ids=job.params["teachers"],
        on=date.fromisoformat(job.params["on"]),
        known_at=datetime.fromisoformat(known_at) if known_at else None,
        job=job,
        now=timezone.now(),
    )
    return {"run": run.public_id, "statements": run.statement_count, **run.counts}

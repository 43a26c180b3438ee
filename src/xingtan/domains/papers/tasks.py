"""Long work on papers in the background."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from xingtan.domains.policies import api as policies
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import job_kind
from xingtan.foundation.people.roles import Actor

from .actions.keeping import archive
from .actions.printing import print_papers
from .opening.batches import OPENING_JOB, enter_batch
from .queries.asking import Asked
from .states import Kind

PRINT_JOB, ARCHIVE_JOB = "papers.print", "papers.archive"
JOB_WORDS = {
    PRINT_JOB: (_("Papers being printed"), {"papers": _("Papers")}),
    OPENING_JOB: (_("Hours of earlier years coming in"), {"entered": _("Entered"), "hours": _("Hours")}),
    ARCHIVE_JOB: (_("Sealed papers going into the archive"), {"papers": _("Papers")}),
}


@job_kind(PRINT_JOB)
def _print(job: Job, actor: Actor) -> Mapping[str, Any]:
    said = job.params
    year = policies.year_by_id(actor.scope, said["year"]) if said["year"] else None
    asked = Asked(Kind(said["kind"]), date.fromisoformat(said["from"]), date.fromisoformat(said["to"]), said["purpose"], year)
    made = print_papers(actor=actor, asked=asked, teacher_ids=said["teachers"], job=job, now=timezone.now())
    return {"printing": made.public_id, "papers": made.paper_count}


@job_kind(ARCHIVE_JOB)
def _archive(job: Job, _actor: Actor) -> Mapping[str, Any]:
    return {"papers": archive(job.params["papers"], job=job, now=timezone.now())}


@job_kind(OPENING_JOB)
def _opening(job: Job, actor: Actor) -> Mapping[str, Any]:
    return enter_batch(actor=actor, job=job, now=timezone.now())

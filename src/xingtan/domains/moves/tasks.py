"""Taking out everything about a school, in the background."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import job_kind
from xingtan.foundation.people.roles import Actor

from .takeout import take_out

TAKE_OUT = "moves.take_out"
ZIP = "application/zip"


@job_kind(TAKE_OUT)
def take_out_job(job: Job, actor: Actor) -> Mapping[str, Any]:
    """The job's file holds everything about everyone of the school, whatever their status."""
    people = teachers.teachers_in(actor.scope).filter(school_id=job.params["school"]).order_by("pk")
    ids = list(people.values_list("pk", flat=True))
    with take_out(actor=actor, teacher_ids=ids, now=timezone.now()) as file:
        kept = keep_file(chunks_of(file), kind="everything", name="everything.zip", media_type=ZIP, actor=actor, now=timezone.now())
    return {"teachers": len(ids), "file": kept.public_id}

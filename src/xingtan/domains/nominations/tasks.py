"""Workbooks of nominations in the background: look, write, take back; each leaves what to mend."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from xingtan.domains.admissions.api import Way
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.sheets import XLSX
from xingtan.foundation.files.store import chunks_of, keep_file, readable
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import job_kind, tell_progress
from xingtan.foundation.people.roles import Actor

from .handin import Book, BookRefused, hand_in_nominations, preview_nominations
from .mending import write_mending
from .plan import Plan
from .showing import shown
from .undoing import undo_nominations

PREVIEW, WRITE, UNDO = "admissions.preview_nominations", "admissions.hand_in_nominations", "admissions.undo_nominations"


@job_kind(PREVIEW)
def preview_job(job: Job, actor: Actor) -> Mapping[str, Any]:
    """The job's result tells the counts and the rows by their numbers; the workbook to mend is its report where a row is refused."""
    with readable(_file(job)) as path:
        plan = preview_nominations(actor=actor, book=_book(job, path), now=timezone.now(), tell=_teller(job))
    _keep_mending(job, actor, plan)
    return {**plan.counts, "rows": shown(plan)}


@job_kind(WRITE)
def write_job(job: Job, actor: Actor) -> Mapping[str, Any]:
    """The workbook is written, or the workbook to mend is the job's report and nothing is."""
    good_only = bool(job.params.get("good_only"))
    with readable(_file(job)) as path:
        try:
            book = _book(job, path)
            plan, batch = hand_in_nominations(actor=actor, book=book, good_only=good_only, now=timezone.now(), tell=_teller(job))
        except BookRefused as refused:
            _keep_mending(job, actor, refused.plan)
            raise
    _keep_mending(job, actor, plan)
    return {**plan.counts, "batch": batch.public_id if batch else ""}


@job_kind(UNDO)
def undo_job(job: Job, actor: Actor) -> Mapping[str, Any]:
    """The batch is taken back as a whole."""
    reason = str(job.params["reason"])
    batch = undo_nominations(actor=actor, batch_id=str(job.params["batch"]), reason=reason, now=timezone.now(), tell=_teller(job))
    return {"batch": batch.public_id}


def _file(job: Job) -> StoredFile:
    if job.input_file is None:
        raise FileNotFoundError("a job of nominations without its file")
    return job.input_file


def _book(job: Job, path: Path) -> Book:
    return Book(int(job.params["project"]), Way(job.params["way"]), path, job.input_file, _file(job).name)


def _teller(job: Job) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        tell_progress(job, done, total or max(4 * done, 1))

    return tell


def _keep_mending(job: Job, actor: Actor, plan: Plan) -> None:
    if not plan.refused:
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "mend.xlsx"
        write_mending(place, plan)
        with place.open("rb") as file:
            name = f"{Path(_file(job).name).stem}-mend.xlsx"
            kept = keep_file(chunks_of(file), kind="nominations.mend", name=name, media_type=XLSX, actor=actor, now=timezone.now())
    Job.everywhere.filter(pk=job.pk).update(report_file=kept)

"""Rosters in the background: look, then write; both leave the workbook to mend where a row is refused."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.sheets import XLSX
from xingtan.foundation.files.store import chunks_of, keep_file, open_file, readable
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import job_kind, tell_progress
from xingtan.foundation.people.roles import Actor

from .actions.undoing import undo_batch
from .handin import RosterRefused, Work, import_roster, preview_roster
from .layout import Layout
from .mending import write_mending
from .plan import Plan
from .preview import preview_of

# The first two names are older than this room; jobs in databases have them.
PREVIEW, IMPORT, UNDO = "teachers.preview_roster", "teachers.import_roster", "rosters.undo_batch"


@job_kind(PREVIEW)
def preview_job(job: Job, actor: Actor) -> Mapping[str, Any]:
    """The job's result names the preview; the workbook to mend is its report where a row is refused."""
    with readable(_file(job)) as path:
        layout, plan = preview_roster(actor=actor, path=path, now=timezone.now(), tell=_teller(job))
        _keep_mending(job, actor, layout, plan, path)
    shown = json.dumps(preview_of(layout, plan), ensure_ascii=False).encode()
    kept = keep_file([shown], kind="roster.preview", name="preview.json", media_type="application/json", actor=actor, now=timezone.now())
    return {**plan.counts, "preview": kept.pk}


@job_kind(IMPORT)
def import_job(job: Job, actor: Actor) -> Mapping[str, Any]:
    """The roster is imported, or the workbook to mend is the job's report and nothing is."""
    good_only = bool(job.params.get("good_only"))
    work = Work(job.pk, job.input_file, _teller(job))
    with readable(_file(job)) as path:
        try:
            done = import_roster(actor=actor, path=path, now=timezone.now(), good_only=good_only, work=work)
        except RosterRefused as refused:
            _keep_mending(job, actor, refused.layout, refused.plan, path)
            raise
        _keep_mending(job, actor, done.layout, done.plan, path)
    return {**done.counts, "schools": done.schools_added, "batch": done.batch.public_id if done.batch else ""}


@job_kind(UNDO)
def undo_job(job: Job, actor: Actor) -> Mapping[str, Any]:
    """The batch is undone as a whole, or refused with how many people stand in the way."""
    batch_id, reason = str(job.params["batch"]), str(job.params["reason"])
    batch = undo_batch(actor=actor, batch_id=batch_id, reason=reason, now=timezone.now(), tell=_teller(job))
    return {"batch": batch.public_id}


def preview_shown(job: Job) -> dict[str, Any]:
    """The preview that the job left, {} while there is none."""
    kept = StoredFile.everywhere.filter(pk=job.result.get("preview")).first()
    if kept is None:
        return {}
    with open_file(kept) as file:
        shown: dict[str, Any] = json.load(file)
    return shown


def _file(job: Job) -> StoredFile:
    if job.input_file is None:
        raise FileNotFoundError("a roster job without its file")
    return job.input_file


def _teller(job: Job) -> Callable[[int, int], None]:
    """Tells the job how far its file is; while it is read the end is not known, and the bar stays in the first quarter."""

    def tell(done: int, total: int) -> None:
        tell_progress(job, done, total or max(4 * done, 1))

    return tell


def _keep_mending(job: Job, actor: Actor, layout: Layout, plan: Plan, source: Path) -> None:
    if not plan.counts["refused"]:
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "mend.xlsx"
        write_mending(place, layout, plan, source)
        with place.open("rb") as file:
            name = f"{Path(job.input_file.name).stem if job.input_file else 'roster'}-mend.xlsx"
            kept = keep_file(chunks_of(file), kind="roster.mend", name=name, media_type=XLSX, actor=actor, now=timezone.now())
    Job.everywhere.filter(pk=job.pk).update(report_file=kept)

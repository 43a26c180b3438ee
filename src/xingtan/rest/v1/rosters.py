"""Rosters handed in: looked at, written, gone on with, undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from http import HTTPStatus

from django.db.models import QuerySet
from ninja import File, Form, Query, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from xingtan.domains.rosters import api as room
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.sheets import media_type_of
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.foundation.jobs.models import Job, State
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.refusal import NotInScope, Refused

from .http import Request
from .jobs import JobStarted
from .operations import reads, writes
from .paging import Page, Paging, page_of
from .shapes import In

router = Router(tags=["roster imports"])


class RosterForm(Schema):
    """How a roster is taken."""

    good_only: bool = Field(default=False, description="import the rows that are right and leave out the others; otherwise all or none")


class RosterIn(In):
    """A roster that was looked at, to be written."""

    preview: str = Field(max_length=12, description="the job that looked at it")
    good_only: bool = Field(default=False, description="as when it is handed in")


class UndoIn(In):
    """Why an import is undone."""

    reason: str = Field(min_length=1, max_length=200)


class BatchOut(Schema):
    """An import: what it did so far; a half written one goes on when its file is handed in again."""

    id: str
    state: room.BatchState
    file_name: str
    begun_at: datetime
    to_write: int
    new: int
    changed: int
    refused: int
    undo_reason: str


def _kept(request: Request, file: UploadedFile) -> StoredFile:
    name = file.name or "roster.xlsx"
    return keep_file(chunks_of(file.file), kind="roster", name=name, media_type=media_type_of(name), actor=request.actor, now=request.now)  # type: ignore[arg-type]  # -- Django's file is always open here


@writes(router, "", "roster_imports_start", JobStarted, permission=room.IMPORT_ROSTER, status=HTTPStatus.ACCEPTED)
def roster_imports_start(request: Request, file: File[UploadedFile], form: Form[RosterForm]) -> JobStarted:
    """Hand in a roster (.xlsx, .csv, .parquet or a OneRoster bundle); it is imported in the background, the job's report holds rows to mend."""
    params = {"good_only": form.good_only}
    job = start_job(actor=request.actor, kind=room.IMPORT_JOB, params=params, file=_kept(request, file), now=request.now)
    return JobStarted(job=job.public_id)


@writes(router, "/previews", "roster_imports_look", JobStarted, permission=room.IMPORT_ROSTER, status=HTTPStatus.ACCEPTED)
def roster_imports_look(request: Request, file: File[UploadedFile]) -> JobStarted:
    """Hand in a roster to be looked at: the job's result counts what would change, its report holds rows to mend; nothing is changed."""
    job = start_job(actor=request.actor, kind=room.PREVIEW_JOB, params={}, file=_kept(request, file), now=request.now)
    return JobStarted(job=job.public_id)


@writes(router, "/commits", "roster_imports_commit", JobStarted, permission=room.IMPORT_ROSTER, status=HTTPStatus.ACCEPTED)
def roster_imports_commit(request: Request, roster: RosterIn) -> JobStarted:
    """Write the roster that was looked at; 409 while the look is not over."""
    actor = request.actor
    own = Job.everywhere.filter(account_id=actor.account_id, organisation=actor.organisation_id, kind=room.PREVIEW_JOB)
    seen = own.filter(public_id=roster.preview).select_related("input_file").first()
    if seen is None:
        raise NotInScope
    if seen.state != State.DONE:
        raise Refused("stale")
    params = {"seen": seen.public_id, "good_only": roster.good_only}
    job = start_job(actor=actor, kind=room.IMPORT_JOB, params=params, file=seen.input_file, now=request.now)
    return JobStarted(job=job.public_id)


def _rows(found: Sequence[room.RosterBatch]) -> list[BatchOut]:
    written = room.written_of([batch.pk for batch in found])
    names = ("state", "file_name", "begun_at", "to_write", "refused", "undo_reason")
    told = [(batch, written.get(batch.pk)) for batch in found]
    return [
        BatchOut(
            id=batch.public_id,
            new=counts.new if counts else 0,
            changed=counts.changed if counts else 0,
            **{name: getattr(batch, name) for name in names},
        )
        for batch, counts in told
    ]


@reads(router, "", "roster_imports_list", Page[BatchOut], permission=room.IMPORT_ROSTER)
def roster_imports_list(request: Request, wanted: Query[Paging]) -> Page[BatchOut]:
    """The imports of the branch's offices."""
    found: QuerySet[room.RosterBatch] = room.batches_in(request.actor.scope)
    return page_of(found, wanted, _rows)


@writes(router, "/{batch}/undo", "roster_imports_undo", JobStarted, permission=room.IMPORT_ROSTER, status=HTTPStatus.ACCEPTED)
def roster_imports_undo(request: Request, batch: str, why: UndoIn) -> JobStarted:
    """Undo an import as a whole, in the background; the job is refused while something stands on it."""
    found = room.batch_in(request.actor.scope, batch)
    params = {"batch": found.public_id, "reason": why.reason}
    return JobStarted(job=start_job(actor=request.actor, kind=room.UNDO_JOB, params=params, now=request.now).public_id)

"""Work in the background: how far it is, what came of it, the workbook to mend."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.http import FileResponse
from ninja import Router, Schema
from pydantic import Field

from xingtan.foundation.files.sheets import XLSX
from xingtan.foundation.files.store import open_file
from xingtan.foundation.jobs.models import Job, State
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.words import refusal_sentence

from .http import Request
from .operations import reads
from .problems import Problem

router = Router(tags=["jobs"])
INNER = frozenset({"refusal", "params", "preview", "fault"})


class JobStarted(Schema):
    """The work waits in the queue."""

    job: str = Field(description="ask `jobs_get` how far it is")


class JobOut(Schema):
    """A job of one's own."""

    id: str
    kind: str
    state: State
    percent: int = Field(ge=0, le=100)
    done_count: int
    total_count: int
    result: dict[str, Any]
    refusal: Problem | None = Field(description="why nothing was done, where it was refused")
    has_report: bool
    created_at: datetime
    finished_at: datetime | None


def _own(actor: Actor, public_id: str) -> Job:
    found = Job.everywhere.filter(public_id=public_id, account_id=actor.account_id, organisation_id=actor.organisation_id or 0)
    job = found.filter(actor__role=actor.role.value).select_related("report_file").first()
    if job is None:
        raise NotInScope
    return job


@reads(router, "/{job}", "jobs_get", JobOut)
def jobs_get(request: Request, job: str) -> JobOut:
    """How far the own job is and what came of it."""
    found = _own(request.actor, job)
    names = ("kind", "state", "percent", "done_count", "total_count", "created_at", "finished_at")
    return JobOut(
        id=found.public_id,
        result={name: value for name, value in found.result.items() if name not in INNER},
        refusal=_refusal(found),
        has_report=found.report_file is not None,
        **{name: getattr(found, name) for name in names},
    )


def _refusal(job: Job) -> Problem | None:
    if job.state != State.REFUSED:
        return None
    refused = Refused(job.result["refusal"], **job.result.get("params", {}))
    return Problem(type=f"urn:xingtan:refusal:{refused.code}", title=refused.code, status=409, detail=refusal_sentence(refused))


FILE = {"responses": {200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}}}


@reads(router, "/{job}/report", "jobs_report", None, extra=FILE)
def jobs_report(request: Request, job: str) -> FileResponse:
    """The own job's workbook to mend and hand in again."""
    report = _own(request.actor, job).report_file
    if report is None:
        raise NotInScope
    response = FileResponse(open_file(report), content_type=report.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(report.name)}"
    return response

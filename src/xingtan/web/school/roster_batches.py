"""Imports of the branch's offices: what each did, how far it is; a half written one goes on, one on which nothing stands is undone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.rosters import api as rosters
from xingtan.foundation.jobs import progress
from xingtan.foundation.jobs.models import Job, State
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import refusal_sentence

from .roster import face_of

ORDERS = {"begun": "begun_at", "file": "file_name", "office": "organisation__path", "state": "state"}
OPEN = (State.QUEUED, State.RUNNING)


@require_safe
@allowed(rosters.IMPORT_ROSTER)
def batches(request: Request) -> HttpResponse | FileResponse:
    """Every import of the branch, searched by file, filtered by state, fifty to a page, or as a workbook."""
    found = _filtered(request)
    if request.GET.get("export") == "xlsx":
        return workbook_response(_("Roster imports"), _headings(), _lines(found))
    page = page_of(request, found)
    facts = {"face": face_of(request), "page_of": page, "rows": _rows(page.rows), "states": rosters.BATCH_STATES}
    return render(request, "roster/batch_list.html", facts)


def _filtered(request: Request) -> QuerySet[rosters.RosterBatch]:
    found = rosters.batches_in(request.actor.scope).filter(file_name__contains=request.GET.get("q", ""))
    if (state := request.GET.get("state")) in rosters.BATCH_STATES:
        found = found.filter(state=state)
    return found.order_by(*order_of(request, ORDERS, "-begun_at"))


def _rows(found: Any) -> list[dict[str, Any]]:  # noqa: ANN401 -- a page's rows or a query set
    batches = list(found)
    written = rosters.written_of([batch.pk for batch in batches])
    return [{"batch": batch, "written": written.get(batch.pk), "chip": rosters.BATCH_STATES[batch.state]} for batch in batches]


def _headings() -> list[str]:
    return [_("File"), _("Office"), _("Begun"), _("New rows"), _("Changed rows"), _("Refused rows"), _("State")]


def _lines(found: QuerySet[rosters.RosterBatch]) -> Iterator[list[object]]:
    for row in _rows(found):
        batch, told = row["batch"], row["written"]
        counts = [told.new if told else 0, told.changed if told else 0, batch.refused]
        yield [batch.file_name, str(batch.organisation or ""), batch.begun_at, *counts, str(row["chip"][1])]


@require_safe
@allowed(rosters.IMPORT_ROSTER)
def batch(request: Request, pid: str) -> HttpResponse:
    """What one import did, what stands on it by now, and going on with it or undoing it."""
    return _batch(request, rosters.batch_in(request.actor.scope, pid))


def _batch(request: Request, found: rosters.RosterBatch, refusal: str = "") -> HttpResponse:
    job = _job_of(found)
    is_busy = bool(job and (job.state == State.QUEUED or (job.state == State.RUNNING and progress.is_fresh(job.public_id))))
    may_undo = found.state != rosters.BatchState.UNDONE
    in_the_way = list(rosters.obstacles(found)) if may_undo and not is_busy else []
    if job and job.state == State.REFUSED:
        refusal = refusal or refusal_sentence(Refused(job.result["refusal"], **job.result["params"]))
    facts = {
        "face": face_of(request),
        "row": _rows([found])[0],
        "batch": found,
        "job": job if job and is_busy and job.account_id == request.actor.account_id else None,
        "is_busy": is_busy,
        "obstacles": [(person, rosters.OBSTACLES.get(why, rosters.OBSTACLES[""])) for person, why in in_the_way],
        "may_undo": may_undo,
        "refusal": refusal,
    }
    return render(request, "roster/batch.html", facts, status=409 if refusal and request.method == "POST" else 200)


def _job_of(found: rosters.RosterBatch) -> Job | None:
    """The newest job that wrote or undid the batch."""
    named = Q(params__batch=found.public_id, kind__in=[rosters.UNDO_JOB, rosters.IMPORT_JOB])
    first = Q(kind=rosters.IMPORT_JOB, input_file=found.file_id, state__in=OPEN) if found.file_id else Q(pk=None)
    job: Job | None = Job.everywhere.filter(named | first).order_by("-pk").first()
    return job


@require_POST
@allowed(rosters.IMPORT_ROSTER)
def go_on(request: Request, pid: str) -> HttpResponse:
    """A half written import goes on where it stopped, in the background."""
    found = rosters.batch_in(request.actor.scope, pid)
    if found.state != rosters.BatchState.WRITING or found.file is None or found.organisation_id != request.actor.organisation_id:
        return _batch(request, found, refusal_sentence(Refused("batch_not_so")))
    params = {"batch": found.public_id, "good_only": found.good_only}
    job = start_job(actor=request.actor, kind=rosters.IMPORT_JOB, params=params, file=found.file, now=request.now)
    return redirect(f"{face_of(request)}:roster_preview", job.public_id)


@require_POST
@allowed(rosters.IMPORT_ROSTER)
def undo(request: Request, pid: str) -> HttpResponse:
    """The import is undone as a whole, in the background; a reason is asked for and kept."""
    found, reason = rosters.batch_in(request.actor.scope, pid), request.POST.get("reason", "").strip()
    if not reason:
        return _batch(request, found, refusal_sentence(Refused("undo_reason_missing")))
    params = {"batch": found.public_id, "reason": reason[:200]}
    waiting = Job.everywhere.filter(kind=rosters.UNDO_JOB, params__batch=found.public_id, state__in=OPEN)
    if not waiting.exists():
        start_job(actor=request.actor, kind=rosters.UNDO_JOB, params=params, now=request.now)
    return redirect(f"{face_of(request)}:roster_batch", found.public_id)

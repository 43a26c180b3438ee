"""Messages, jobs and files: what every room uses and every signed-in person may see of the own."""

from __future__ import annotations

from typing import cast
from urllib.parse import quote

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import open_file
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.inbox.send import mark_read
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of
from xingtan.web.words import message_sentence

from .access import SIGNED_IN
from .file_rights import may_read, may_see_job
from .jobs import job_facts


@require_safe
@allowed(SIGNED_IN)
def inbox(request: Request) -> HttpResponse:
    """The account's messages, the newest first; those shown count as read afterwards."""
    account_id = cast("int", request.actor.account_id)
    page = page_of(request, Message.objects.filter(account_id=account_id).order_by("-sent_at", "-pk"))
    rows = [{"said": message_sentence(row.code, row.params), "row": row, "is_new": row.read_at is None} for row in page.rows]
    mark_read(account_id, now=request.now)
    return render(request, "public/messages.html", {"list": page, "rows": rows})


def _job_of(request: Request, pid: str) -> Job:
    found = Job.everywhere.filter(public_id=pid, account_id=request.actor.account_id).select_related("report_file").first()
    if found is None or not may_see_job(request.actor, found, request.today):
        raise NotInScope
    return found


@require_safe
@allowed(SIGNED_IN)
def job(request: Request, pid: str) -> HttpResponse:
    """How far the own job is and what came of it; as JSON for the page's own look-again."""
    found = _job_of(request, pid)
    facts = job_facts(found)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"percent": found.percent, "is_over": found.is_over, "words": facts["words"]})
    return render(request, "public/job.html", facts)


@require_safe
@allowed(SIGNED_IN)
def job_report(request: Request, pid: str) -> FileResponse:
    """The own job's workbook to mend, as a download."""
    report = _job_of(request, pid).report_file
    if report is None:
        raise NotInScope
    return _download(report)


@require_safe
@allowed(SIGNED_IN)
def file(request: Request, pid: str) -> FileResponse:
    """A stored file as a download; for everyone whom its kind is not for, it is not there."""
    found = StoredFile.everywhere.filter(public_id=pid).select_related("organisation").first()
    if found is None or not may_read(request.actor, found, request.today):
        raise NotInScope
    return _download(found)


def _download(found: StoredFile) -> FileResponse:
    response = FileResponse(open_file(found), content_type=found.media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and no migration waits, else 503."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:  # noqa: BLE001 -- whatever is wrong, the answer is that we are not ready
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    if waiting:
        return HttpResponse("migrations wait\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")

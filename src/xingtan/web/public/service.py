"""Messages, jobs and files: what every room uses and every signed-in person may see of the own."""

from __future__ import annotations

from importlib import import_module
from typing import Any, cast
from urllib.parse import quote

from django.conf import settings
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
from xingtan.foundation.people.roles import BUREAU, SCHOOL, Actor, Role
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of
from xingtan.web.words import message_sentence

from .access import SIGNED_IN
from .jobs import job_facts

OFFICES = SCHOOL | BUREAU | {Role.PROVIDER_STAFF, Role.SUPERVISOR}


@require_safe
@allowed(SIGNED_IN)
def inbox(request: Request) -> HttpResponse:
    """The account's messages, the newest first; those shown count as read afterwards."""
    account_id = cast("int", request.actor.account_id)
    page = page_of(request, Message.objects.filter(account_id=account_id).order_by("-sent_at", "-pk"))
    rows = [{"said": message_sentence(row.code, row.params), "row": row, "is_new": row.read_at is None} for row in page.rows]
    mark_read(account_id, now=request.now)
    return render(request, "public/messages.html", {"list": page, "rows": rows})


def _job_of(actor: Actor, pid: str) -> Job:
    job = Job.everywhere.filter(public_id=pid, account_id=actor.account_id).select_related("report_file").first()
    if job is None:
        raise NotInScope
    return job


@require_safe
@allowed(SIGNED_IN)
def job(request: Request, pid: str) -> HttpResponse:
    """How far the own job is and what came of it; as JSON for the page's own look-again."""
    found = _job_of(request.actor, pid)
    facts = job_facts(found)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"percent": found.percent, "is_over": found.is_over, "words": facts["words"]})
    return render(request, "public/job.html", facts)


@require_safe
@allowed(SIGNED_IN)
def job_report(request: Request, pid: str) -> FileResponse:
    """The own job's workbook to mend, as a download."""
    report = _job_of(request.actor, pid).report_file
    if report is None:
        raise NotInScope
    return _download(report)


@require_safe
@allowed(SIGNED_IN)
def file(request: Request, pid: str) -> FileResponse:
    """A stored file as a download, for its owner, the offices in whose branch it lies, and whom a room lets read it."""
    found = StoredFile.everywhere.filter(public_id=pid).select_related("organisation").first()
    if found is None or not _may_read(request.actor, found):
        raise NotInScope
    return _download(found)


def _may_read(actor: Actor, found: StoredFile) -> bool:
    if found.account_id is not None and found.account_id == actor.account_id:
        return True
    if actor.role in OFFICES and found.organisation is not None and actor.scope.holds(found.organisation.path):
        return True
    return any(rule(actor, found.pk) for rule in _rooms_rules())


def _rooms_rules() -> list[Any]:
    doors = [import_module(f"xingtan.domains.{room}.api") for room in settings.ROOMS]
    return [door.may_read_file for door in doors if hasattr(door, "may_read_file")]


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

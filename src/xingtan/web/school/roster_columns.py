"""Headings that are not ours: a clerk says once what each means, and the office's next files with them are read so."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from xingtan.domains.rosters import api as rosters
from xingtan.foundation.jobs.models import Job, State
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .roster import face_of
from .roster_import import job_here


def headings_of(job: Job) -> list[str]:
    """The headings that the look at the file found, whether it was refused for them or not."""
    if job.state == State.REFUSED:
        return [name for name in job.result["params"].get("headings", []) if name]
    return [name for name in rosters.preview_shown(job).get("headings", []) if name] if job.state == State.DONE else []


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(rosters.IMPORT_ROSTER)
def columns(request: Request, pid: str) -> HttpResponse:
    """Each heading of the file beside the column it is read as; what is said is remembered, and the file looked at again."""
    job, refusal = job_here(request, pid), ""
    headings = headings_of(job)
    if request.method == "POST" and headings:
        told = {name: request.POST.get(f"column-{at}", "") for at, name in enumerate(headings)}
        try:
            rosters.remember_headings(actor=request.actor, headings=headings, columns=told, now=request.now)
            again = start_job(actor=request.actor, kind=rosters.PREVIEW_JOB, params={}, file=job.input_file, now=request.now)
            return redirect(f"{face_of(request)}:roster_preview", again.public_id)
        except Refused as refused:
            refusal = refusal_sentence(refused)
    facts = {"face": face_of(request), "job": job, "refusal": refusal, "rows": _rows(request, headings)}
    return render(request, "roster/columns.html", facts | {"choices": rosters.ROSTER_COLUMNS}, status=409 if refusal else 200)


def _rows(request: Request, headings: list[str]) -> list[dict[str, Any]]:
    told = rosters.headings_told(request.actor, headings)
    proposed = rosters.headings_proposed(request.actor, headings)
    rows = []
    for at, name in enumerate(headings):
        ours = rosters.heading_key(name)
        chosen = request.POST.get(f"column-{at}", told.get(name, ours or proposed.get(name, "")))
        rows.append({"at": at, "heading": name, "chosen": chosen, "is_ours": bool(ours), "is_proposed": not ours and name in proposed})
    return rows

"""Importing a roster: choose a file, look at what it would change, write it. The same pages serve schools and offices."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.domains.rosters import api as rosters
from xingtan.foundation.files.sheets import XLSX, media_type_of
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.foundation.jobs.models import Job, State
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .roster import face_of
from .roster_preview import tabs_of

KINDS = (rosters.PREVIEW_JOB, rosters.IMPORT_JOB)
LAST_BATCHES = 8


class RosterForm(forms.Form):
    """A roster to look at."""

    file = forms.FileField(
        label=gettext_lazy("Roster"),
        help_text=gettext_lazy(
            "An .xlsx workbook, a CSV file, a Parquet table or a OneRoster bundle with one row a teacher, up to 1,000,000 rows."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.parquet,.zip"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(rosters.IMPORT_ROSTER)
def choose_file(request: Request) -> HttpResponse:
    """Step one: a file is kept and looked at in the background; nothing is changed."""
    form = RosterForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(f"{face_of(request)}:roster_preview", _start_preview(request, form.cleaned_data["file"]).public_id)
        except Refused as refused:
            form.add_error("file", refusal_sentence(refused))
    return render(request, "roster/choose.html", _choose_facts(request, form), status=422 if form.errors else 200)


def _choose_facts(request: Request, form: RosterForm) -> dict[str, Any]:
    return {"face": face_of(request), "form": form, "batches": batches(request), "headings": list(rosters.ROSTER_COLUMNS)}


def _start_preview(request: Request, upload: Any) -> Job:  # noqa: ANN401 -- Django's uploaded file
    media_type = media_type_of(upload.name)
    kept = keep_file(chunks_of(upload), kind="roster", name=upload.name, media_type=media_type, actor=request.actor, now=request.now)
    return start_job(actor=request.actor, kind=rosters.PREVIEW_JOB, params={}, file=kept, now=request.now)


def own_jobs(request: Request) -> QuerySet[Job]:
    """The account's roster jobs in the office it acts for."""
    actor = request.actor
    found: QuerySet[Job] = Job.everywhere.filter(account_id=actor.account_id, organisation=actor.organisation_id, kind__in=KINDS)
    return found


def batches(request: Request) -> list[dict[str, Any]]:
    """The branch's latest imports and what came of them."""
    found = list(rosters.batches_in(request.actor.scope)[:LAST_BATCHES])
    written = rosters.written_of([batch.pk for batch in found])
    return [{"batch": one, "written": written.get(one.pk), "chip": rosters.BATCH_STATES[one.state]} for one in found]


def job_here(request: Request, pid: str) -> Job:
    """The account's own roster job in the office it acts for."""
    job = own_jobs(request).filter(public_id=pid).select_related("input_file", "report_file").first()
    if job is None:
        raise NotInScope
    return job


@require_safe
@allowed(rosters.IMPORT_ROSTER)
def preview(request: Request, pid: str) -> HttpResponse:
    """Step two: progress, then what the file would change; after writing, what it changed."""
    job = job_here(request, pid)
    refusal = refusal_sentence(Refused(job.result["refusal"], **job.result["params"])) if job.state == State.REFUSED else ""
    is_written = job.kind == rosters.IMPORT_JOB
    facts = {"face": face_of(request), "job": job, "refusal": refusal, "is_written": is_written, "batches": batches(request)}
    if job.state == State.DONE and is_written:
        facts["written"] = job.result["new"] + job.result["changed"]
    elif job.state == State.DONE:
        facts |= tabs_of(rosters.preview_shown(job), request.GET.get("show", ""))
    return render(request, "roster/preview.html", facts)


@require_POST
@allowed(rosters.IMPORT_ROSTER)
def commit(request: Request, pid: str) -> HttpResponse:
    """Step three: the file that was looked at is written in the background, whole, or where asked without its refused rows."""
    seen = job_here(request, pid)
    if seen.state != State.DONE or seen.kind != rosters.PREVIEW_JOB:
        raise Refused("stale")
    done = Job.everywhere.filter(kind=rosters.IMPORT_JOB, account_id=request.actor.account_id, params__seen=seen.public_id)
    job = done.exclude(state__in=[State.FAILED, State.REFUSED]).first()
    if job is None:
        params = {"seen": seen.public_id, "good_only": request.POST.get("good_only") == "yes"}
        job = start_job(actor=request.actor, kind=rosters.IMPORT_JOB, params=params, file=seen.input_file, now=request.now)
    return redirect(f"{face_of(request)}:roster_preview", job.public_id)


@require_safe
@allowed(rosters.IMPORT_ROSTER)
def template(request: Request) -> HttpResponse:
    """An empty roster to fill in."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "roster.xlsx"
        rosters.write_template(place)
        content = place.read_bytes()
    response = HttpResponse(content, content_type=XLSX)
    name = _("Roster template")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response

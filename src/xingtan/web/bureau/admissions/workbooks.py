"""Nominating by workbook: kept and looked at in the background, handed in, taken back as a whole."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.domains.admissions import api as door
from xingtan.domains.nominations import api as books
from xingtan.foundation.files.sheets import media_type_of
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.foundation.jobs.models import Job, State
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.bureau.answers import OfficeForm, form_page, tried
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response

from .common import seated_project, tabs
from .nominate import WAYS

SHOWN_BATCHES = 20


class BookForm(OfficeForm):
    """A workbook of nominations, and by which way these come in."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_("One row a teacher: identity number, name, category of seats, class, reason, plan of study. Up to 200,000 rows."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, ways: list[tuple[str, Any]]) -> None:  # noqa: ANN401 -- what Django calls data
        super().__init__(data, files)
        self.fields["way"] = forms.ChoiceField(label=pgettext("admission", "Way in"), choices=ways)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.NOMINATE)
def nominations(request: Request, pid: str) -> HttpResponse:
    """The form and the workbooks handed in so far; sent, the file is looked at in the background and nothing is changed."""
    project = seated_project(request, pid)
    ways = [(way, door.WAYS[way]) for way, right in WAYS.items() if request.actor.may(right) and (not project.ways or way in project.ways)]
    form = BookForm(request.POST, request.FILES, ways=ways) if request.method == "POST" else BookForm(ways=ways)
    if form.is_bound and form.is_valid():
        job = tried(form, lambda: _start(request, project.pk, form.cleaned_data))
        if job is not None:
            return redirect("bureau:nominations_look", pid, job.public_id)
    batches = books.batches_in(request.actor.scope, project.pk)[:SHOWN_BATCHES]
    rows = [(one, books.BATCH_STATES[one.state], door.CHIPS[one.state], door.WAYS[one.way]) for one in batches]
    facts = {"project": project, "tabs": tabs(request, project, "nominations"), "rows": rows, "ways": ways}
    return form_page(request, "bureau/admissions/nominations.html", form, facts)


def _start(request: Request, project_id: int, told: dict[str, Any]) -> Job:
    upload = told["file"]
    media = media_type_of(upload.name)
    kept = keep_file(chunks_of(upload), kind="nominations", name=upload.name, media_type=media, actor=request.actor, now=request.now)
    params = {"project": project_id, "way": told["way"]}
    return start_job(actor=request.actor, kind=books.PREVIEW, params=params, file=kept, now=request.now)


@require_safe
@allowed(door.NOMINATE)
def template(request: Request, pid: str) -> FileResponse:
    """The empty workbook."""
    project = seated_project(request, pid)
    return workbook_response(project.title, books.HEADINGS, [])


def _job(request: Request, project_id: int, job: str) -> Job:
    kinds = (books.PREVIEW, books.WRITE, books.UNDO)
    own = Job.everywhere.filter(account_id=request.actor.account_id, organisation=request.actor.organisation_id, kind__in=kinds)
    found: Job | None = own.filter(public_id=job, params__project=project_id).select_related("input_file", "report_file").first()
    if found is None:
        raise NotInScope
    return found


@require_safe
@allowed(door.NOMINATE)
def look(request: Request, pid: str, job: str) -> HttpResponse:
    """How far the work is, then what it found or did, with the rows to mend."""
    project = seated_project(request, pid)
    found = _job(request, project.pk, job)
    rows = found.result.get("rows", {})
    facts = {
        "project": project,
        "job": found,
        "is_over": found.is_over,
        "is_preview": found.kind == books.PREVIEW,
        "result": found.result,
        "refusal": door.job_refusal(found.result) if found.state in (State.REFUSED, State.FAILED) else "",
        "refused": [(row["row"], books.sentences(row)) for row in rows.get("refused", [])],
        "warned": [(row["row"], books.sentences(row)) for row in rows.get("warned", [])],
    }
    return render(request, "bureau/admissions/look.html", facts)


@require_POST
@allowed(door.NOMINATE)
def hand_in(request: Request, pid: str, job: str) -> HttpResponse:
    """The workbook that was looked at is written in the background."""
    project = seated_project(request, pid)
    found = _job(request, project.pk, job)
    if found.kind != books.PREVIEW or found.input_file is None or found.state != State.DONE:
        raise NotInScope
    params = {**found.params, "good_only": request.POST.get("good_only") == "1"}
    made = start_job(actor=request.actor, kind=books.WRITE, params=params, file=found.input_file, now=request.now)
    return redirect("bureau:nominations_look", pid, made.public_id)


@require_POST
@allowed(door.NOMINATE)
def take_back(request: Request, pid: str, batch: str) -> HttpResponse:
    """The workbook is taken back as a whole in the background; a reason is asked for."""
    project = seated_project(request, pid)
    reason = request.POST.get("reason", "").strip()[:200]
    if not books.batches_in(request.actor.scope, project.pk).filter(public_id=batch).exists():
        raise NotInScope
    if not reason:
        raise Refused("admission_needs_reason")
    params = {"project": project.pk, "batch": batch, "reason": reason}
    made = start_job(actor=request.actor, kind=books.UNDO, params=params, now=request.now)
    return redirect("bureau:nominations_look", pid, made.public_id)

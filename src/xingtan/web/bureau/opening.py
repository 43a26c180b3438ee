"""Hours of earlier years: a workbook comes in with its source and scan, checked against the old system's totals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from xingtan.domains.credits import api as credits_room
from xingtan.domains.papers import api as door
from xingtan.domains.policies import api as policies
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.sheets import XLSX
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.foundation.jobs.models import Job
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of

from .answers import OfficeForm, form_page, tried

TYPES = {"pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


class OpeningForm(OfficeForm):
    """The workbook of earlier years' hours, what it was taken from, and how long its teachers may answer."""

    title = forms.CharField(label=_("Name of the batch"), max_length=60)
    source = forms.CharField(label=_("Source"), max_length=120, help_text=_("The old system or the ledger that the hours were taken from."))
    workbook = forms.FileField(
        label=_("Workbook (.xlsx)"),
        help_text=_("First sheet: a row a teacher, year and component. Sheet 学校合计: the totals of each school and year."),
    )
    scan = forms.FileField(label=_("Scan of the source"), help_text=_("PDF, JPEG or PNG, checked by its content."))
    days = forms.IntegerField(label=_("Days for the teachers' answer"), min_value=1, max_value=180, initial=door.ANSWER_DAYS)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(credits_room.IMPORT_OPENING)
def opening(request: Request) -> HttpResponse:
    """The form with the batches; one that was handed in waits as a job."""
    form = OpeningForm(request.POST or None, request.FILES or None, initial={"days": door.ANSWER_DAYS})
    if request.method == "POST" and form.is_valid():
        job = tried(form, lambda: _hand_in(request, form))
        if job is not None:
            return redirect("public:job", job.public_id)
    page = page_of(request, door.batches_in(request.actor.scope))
    rows = [(one, *door.BATCHES[door.BatchState(one.state)], _answers(request, one)) for one in page.rows]
    headings, years = credits_room.OPENING_HEADINGS, policies.open_years_for(request.actor)
    return form_page(request, "bureau/opening.html", form, {"list": page, "rows": rows, "headings": headings, "years": years})


def _answers(request: Request, batch: door.OpeningBatch) -> list[tuple[str, object, int]]:
    counts = door.answer_counts(batch, request.actor.scope)
    return [(*door.ANSWERS[one], counts[one]) for one in door.Answer if counts[one]]


def _hand_in(request: Request, form: OpeningForm) -> Job:
    said = form.cleaned_data
    kept = _kept(request, said["scan"], "papers.opening_scan", TYPES.get(said["scan"].name.rpartition(".")[2].lower(), ""))
    file = _kept(request, said["workbook"], "papers.opening", XLSX)
    handed = door.Handed(said["title"], said["source"], file, kept, said["days"])
    _batch, job = door.hand_in_batch(actor=request.actor, handed=handed, now=request.now)
    return job


def _kept(request: Request, sent: Any, kind: str, media_type: str) -> StoredFile:  # noqa: ANN401 -- an upload of a form
    return keep_file(chunks_of(sent.file), kind=kind, name=sent.name, media_type=media_type, actor=request.actor, now=request.now)


@require_safe
@allowed(credits_room.IMPORT_OPENING)
def template(request: Request) -> FileResponse:
    """An empty workbook with the right headings."""
    return workbook_response("opening", credits_room.OPENING_HEADINGS, [])

"""Opening entries: hours of earlier years come in as a workbook, reconciled per school and year."""

from __future__ import annotations

from django import forms
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies
from xingtan.foundation.files.sheets import XLSX
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import start_job
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response

from .answers import OfficeForm, form_page, tried


class OpeningForm(OfficeForm):
    """The workbook of earlier years' hours."""

    workbook = forms.FileField(
        label=gettext_lazy("Workbook (.xlsx)"),
        help_text=gettext_lazy("First sheet: a row a teacher, year and component. Sheet 学校合计: the totals of each school and year."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(credits_room.IMPORT_OPENING)
def opening(request: Request) -> HttpResponse:
    """The form with the latest imports; a workbook that was handed in waits as a job."""
    form = OpeningForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        job = tried(form, lambda: _start(request, form))
        if job is not None:
            return redirect("public:job", job.public_id)
    jobs = Job.objects.within(request.actor.scope).filter(kind=credits_room.IMPORT_OPENING_JOB).order_by("-pk")[:10]
    return form_page(
        request,
        "bureau/opening.html",
        form,
        {"jobs": jobs, "headings": credits_room.OPENING_HEADINGS, "years": policies.open_years_for(request.actor)},
    )


def _start(request: Request, form: OpeningForm) -> Job:
    sent = form.cleaned_data["workbook"]
    file = keep_file(chunks_of(sent.file), kind="credits.opening", name=sent.name, media_type=XLSX, actor=request.actor, now=request.now)
    return start_job(actor=request.actor, kind=credits_room.IMPORT_OPENING_JOB, params={}, file=file, now=request.now)


@require_safe
@allowed(credits_room.IMPORT_OPENING)
def template(request: Request) -> FileResponse:
    """An empty workbook with the right headings."""
    return workbook_response("opening", credits_room.OPENING_HEADINGS, [])

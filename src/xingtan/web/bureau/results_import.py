"""A file of results: kept, looked at, mended, entered."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.assessment import api as door
from xingtan.domains.policies import api as policies
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import keep_file, readable
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.words import refusal_sentence

from .circumstances import year_wanted
from .results import UploadForm, page

KIND = "exam_results"
SHOWN = 50


@require_POST
@allowed(door.ENTER_RESULTS)
def upload(request: Request) -> HttpResponseBase:
    """The file is kept and what it would bring is shown; a file that cannot be read is refused on the form."""
    year = year_wanted(request, request.GET.get("year", ""))
    if year is None:
        raise NotInScope
    form = UploadForm(request.POST, request.FILES, policy=policies.policy_of(year))
    if not form.is_valid():
        return page(request, upload=form, status=422)
    given, test = form.cleaned_data["file"], form.cleaned_data["test"]
    file = keep_file(
        given.chunks(), kind=KIND, name=given.name, media_type="application/octet-stream", actor=request.actor, now=request.now
    )
    try:
        _plan(request, file, year, test)
    except Refused as refused:
        form.add_error("file", refusal_sentence(refused))
        return page(request, upload=form, status=422)
    return redirect(f"{reverse('bureau:results_preview', args=[file.public_id])}?year={year.year}&test={test}")


def _plan(request: Request, file: StoredFile, year: policies.TrainingYear, test: str) -> door.ResultPlan:
    with readable(file) as path:
        return door.plan_results(actor=request.actor, training_year_id=year.pk, test=test, path=path, now=request.now)


def _found(request: Request, pid: str) -> tuple[StoredFile, policies.TrainingYear, door.ResultPlan]:
    """The actor's own file, its year, and what it would bring."""
    files = StoredFile.objects.within(request.actor.scope).filter(public_id=pid, kind=KIND, account_id=request.actor.account_id)
    file, year = files.first(), year_wanted(request, request.GET.get("year", ""))
    if file is None or year is None:
        raise NotInScope
    return file, year, _plan(request, file, year, request.GET.get("test", "")[:40])


@require_safe
@allowed(door.ENTER_RESULTS)
def preview(request: Request, pid: str) -> HttpResponse:
    """What this file would bring: new results, corrections, rows that stand already, rows to mend."""
    return _shown(request, pid)


def _shown(request: Request, pid: str, error: str = "", status: int = 200) -> HttpResponse:
    file, year, plan = _found(request, pid)
    changed = plan.of(door.RowState.CHANGED)
    shown: dict[str, Any] = {
        "file": file,
        "year": year,
        "counts": [(door.ROW_STATES[state], n, state is door.RowState.REFUSED) for state, n in plan.counts.items()],
        "wrong": [(line, [door.REFUSALS[code] for code in line.problems]) for line in plan.of(door.RowState.REFUSED)[:SHOWN]],
        "changed": [(line, line.was) for line in changed[:SHOWN]],
        "new": plan.of(door.RowState.NEW)[:SHOWN],
        "good_count": plan.counts[door.RowState.NEW] + len(changed),
        "wrong_count": plan.counts[door.RowState.REFUSED],
        "changed_count": len(changed),
        "states": door.RESULT_STATES,
        "error": error,
    }
    return render(request, "bureau/results_preview.html", shown, status=status)


@require_safe
@allowed(door.ENTER_RESULTS)
def mend(request: Request, pid: str) -> FileResponse:
    """The rows to mend as a workbook that can be handed in again."""
    _file, _year, plan = _found(request, pid)
    rows = ((*line.typed[1:], "；".join(str(door.REFUSALS[code]) for code in line.problems)) for line in plan.of(door.RowState.REFUSED))
    return workbook_response(_("rows-to-mend"), [*door.RESULT_HEADINGS, _("Problem")], rows)


@require_POST
@allowed(door.ENTER_RESULTS)
def commit(request: Request, pid: str) -> HttpResponse:
    """The good rows of the file stand; corrections need the form's reason, rows that stand already change nothing."""
    _file, year, plan = _found(request, pid)
    good = [line.entered for line in plan.lines if line.entered is not None and line.state is not door.RowState.REFUSED]
    try:
        done = door.enter_results(
            actor=request.actor, training_year_id=year.pk, results=good, reason=request.POST.get("reason", "")[:300], now=request.now
        )
    except Refused as refused:
        return _shown(request, pid, error=refusal_sentence(refused), status=409)
    told = _("%(new)s results entered, %(corrected)s corrected, %(unchanged)s stood already.") % done._asdict()
    messages.success(request, told)
    return redirect(f"{reverse('bureau:results')}?year={year.year}")

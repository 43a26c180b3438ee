"""Hours of a platform by file: handed in, previewed row by row, mended, brought in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.core.policy import Way, WayKind
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition import api as door
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.sheets import media_type_of
from xingtan.foundation.files.store import keep_file, readable
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.words import refusal_sentence

from .circumstances import year_wanted

KIND = "recognition.platform"
SHOWN = 50


class FileForm(forms.Form):
    """The file that the platform gave."""

    file = forms.FileField(label=gettext_lazy("Workbook or CSV file"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}))


def _way(request: Request, year: policies.TrainingYear) -> Way | None:
    """The platform's way that this role may bring."""
    party = door.PARTIES.get(request.actor.role)
    ways = [one for one in policies.policy_of(year).ways if one.kind is WayKind.PLATFORM]
    return next((one for one in ways if party in one.declared_by), None)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.BRING_FILE)
def platform(request: Request) -> HttpResponseBase:
    """The form; a file that can be read is kept and previewed."""
    year = year_wanted(request, request.GET.get("year", ""))
    way = _way(request, year) if year else None
    facts: dict[str, Any] = {"year": year, "years": list(policies.years_for(request.actor)), "way": way, "headings": door.HEADINGS}
    if year is None or way is None or request.method != "POST":
        word = door.way_word(policies.policy_of(year), way.code) if year and way else ""
        return render(request, "recognition/platform.html", facts | {"form": FileForm(), "way_word": word})
    form = FileForm(request.POST, request.FILES)
    facts |= {"form": form, "way_word": door.way_word(policies.policy_of(year), way.code)}
    if not form.is_valid():
        return render(request, "recognition/platform.html", facts, status=422)
    sent = form.cleaned_data["file"]
    file = keep_file(sent.chunks(), kind=KIND, name=sent.name, media_type=media_type_of(sent.name), actor=request.actor, now=request.now)
    try:
        _plan(request, file, year, way)
    except Refused as refused:
        form.add_error("file", refusal_sentence(refused))
        return render(request, "recognition/platform.html", facts, status=422)
    return redirect(f"{reverse('bureau:platform_preview', args=[file.public_id])}?year={year.year}")


def _plan(request: Request, file: StoredFile, year: policies.TrainingYear, way: Way) -> list[door.Line]:
    with readable(file) as path:
        return door.plan_platform(actor=request.actor, training_year_id=year.pk, way=way.code, path=path, now=request.now)


def _found(request: Request, pid: str) -> tuple[StoredFile, policies.TrainingYear, Way]:
    """The actor's own file, its year and way."""
    files = StoredFile.objects.within(request.actor.scope).filter(public_id=pid, kind=KIND, account_id=request.actor.account_id)
    file, year = files.first(), year_wanted(request, request.GET.get("year", ""))
    way = _way(request, year) if year else None
    if file is None or year is None:
        raise NotInScope
    if way is None:
        raise Refused("way_not_yours")
    return file, year, way


@require_safe
@allowed(door.BRING_FILE)
def preview(request: Request, pid: str) -> HttpResponse:
    """What the file would bring: new rows, rows that are there already, rows to mend."""
    file, year, way = _found(request, pid)
    try:
        lines = _plan(request, file, year, way)
    except Refused as refused:
        return render(
            request, "recognition/platform_preview.html", {"file": file, "year": year, "error": refusal_sentence(refused)}, status=409
        )
    of = {state: [line for line in lines if line.state is state] for state in door.RowState}
    facts = {
        "file": file,
        "year": year,
        "counts": [(door.ROW_STATES[state], len(rows), state is door.RowState.REFUSED) for state, rows in of.items()],
        "new": of[door.RowState.NEW][:SHOWN],
        "wrong": [(line, [door.REFUSALS[code] for code in line.problems]) for line in of[door.RowState.REFUSED][:SHOWN]],
        "new_count": len(of[door.RowState.NEW]),
        "wrong_count": len(of[door.RowState.REFUSED]),
    }
    return render(request, "recognition/platform_preview.html", facts)


@require_safe
@allowed(door.BRING_FILE)
def mend(request: Request, pid: str) -> FileResponse:
    """The rows to mend as a workbook that can be handed in again."""
    lines = [line for line in _plan(request, *_found(request, pid)) if line.state is door.RowState.REFUSED]
    rows = ((*line.typed[1:], "；".join(str(door.REFUSALS[code]) for code in line.problems)) for line in lines)
    return workbook_response(_("rows-to-mend"), [*door.HEADINGS, _("Problem")], rows)


@require_safe
@allowed(door.BRING_FILE)
def template(request: Request) -> FileResponse:
    """An empty workbook with the headings and one example."""
    return workbook_response(_("template"), door.HEADINGS, door.template_rows())


@require_POST
@allowed(door.BRING_FILE)
def commit(request: Request, pid: str) -> HttpResponse:
    """The good rows are recognised; each certificate once, however often the file is handed in."""
    file, year, way = _found(request, pid)
    try:
        with readable(file) as path:
            new, already = door.bring_in(actor=request.actor, training_year_id=year.pk, way=way.code, path=path, file=file, now=request.now)
    except Refused as refused:
        messages.error(request, refusal_sentence(refused))
        return redirect(f"{reverse('bureau:platform_preview', args=[pid])}?year={year.year}")
    messages.success(request, _("%(new)s rows recognised, %(already)s were there already.") % {"new": new, "already": already})
    return redirect(f"{reverse('bureau:claims')}?year={year.year}&way={way.code}")

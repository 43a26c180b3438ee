"""Delivering learning records as a file: preview, mend, deliver."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.learning import api as learning
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import keep_file, path_of
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence

KIND = "learning_records"
SHOWN = 50


class RecordsForm(forms.Form):
    """The file of records."""

    file = forms.FileField(label=gettext_lazy("File of records (.xlsx or .csv)"))


@require_safe
@allowed(learning.DELIVER_RECORDS)
def records(request: Request) -> HttpResponse:
    """What was delivered so far, and the form for the next file."""
    return _page(request, RecordsForm())


def _page(request: Request, form: RecordsForm, status: int = 200) -> HttpResponse:
    delivered = page_of(request, learning.delivered_by(request.actor.scope))
    return render(
        request,
        "provider/records.html",
        {"form": form, "delivered": delivered, "headings": (*learning.HEADINGS, learning.MODE_HEADING)},
        status=status,
    )


@require_POST
@allowed(learning.DELIVER_RECORDS)
def records_upload(request: Request) -> HttpResponse:
    """The file is kept and its preview shown; a file that cannot be read is refused on the form."""
    form = RecordsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data["file"]
    file = keep_file(
        given.chunks(), kind=KIND, name=given.name, media_type="application/octet-stream", actor=request.actor, now=request.now
    )
    try:
        learning.preview_records(actor=request.actor, path=path_of(file), now=request.now)
    except Refused as refused:
        form.add_error("file", refusal_sentence(refused))
        return _page(request, form, status=422)
    return redirect("provider:records_preview", public_id=file.public_id)


def _file(request: Request, public_id: str) -> StoredFile:
    file = StoredFile.objects.within(request.actor.scope).filter(public_id=public_id, kind=KIND).first()
    if file is None:
        raise NotInScope("file")
    return file


def _lines(request: Request, file: StoredFile) -> list[learning.Line]:
    return learning.preview_records(actor=request.actor, path=path_of(file), now=request.now)


@require_safe
@allowed(learning.DELIVER_RECORDS)
def records_preview(request: Request, public_id: str) -> HttpResponse:
    """What this file would bring: new rows, rows that stand already, rows to mend."""
    file = _file(request, public_id)
    lines = _lines(request, file)
    return render(request, "provider/records_preview.html", {"file": file, **_sorted(lines)})


def _sorted(lines: list[learning.Line]) -> dict[str, Any]:
    wrong = [(line, [learning.PROBLEMS[code] for code in line.problems]) for line in lines if line.record is None]
    new = [line for line in lines if line.record and not line.is_known]
    counts = {"new_count": len(new), "wrong_count": len(wrong), "known_count": len(lines) - len(new) - len(wrong)}
    return counts | {"new": new[:SHOWN], "wrong": wrong[:SHOWN], "seconds": sum(line.record.learned_s for line in new if line.record)}


@require_safe
@allowed(learning.DELIVER_RECORDS)
def records_problems(request: Request, public_id: str) -> FileResponse:
    """The rows to mend as a workbook that can be handed in again."""
    wrong = [line for line in _lines(request, _file(request, public_id)) if line.record is None]
    rows = ((*line.typed, "；".join(str(learning.PROBLEMS[code]) for code in line.problems)) for line in wrong)
    return workbook_response(gettext("rows-to-mend"), [*learning.HEADINGS, learning.MODE_HEADING, gettext("Problem")], rows)


@require_POST
@allowed(learning.DELIVER_RECORDS)
def records_deliver(request: Request, public_id: str) -> HttpResponse:
    """The good rows of the file are delivered; those that stand already change nothing."""
    rows = [line.record for line in _lines(request, _file(request, public_id)) if line.record]
    done = learning.deliver_records(actor=request.actor, rows=rows, now=request.now)
    told = gettext("%(new)s records delivered, %(known)s stood already.") % {"new": done.new, "known": done.known}
    messages.success(request, told)
    return redirect("provider:records")


@require_safe
@allowed(learning.DELIVER_RECORDS)
def records_template(request: Request) -> FileResponse:
    """An empty workbook with the headings."""
    return workbook_response(gettext("learning-records"), (*learning.HEADINGS, learning.MODE_HEADING), [])

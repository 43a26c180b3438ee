"""Delivering learning records: hand a file in, look at what it would bring, deliver it whole; what was delivered, and its undoing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.exchange import api as exchange
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.sheets import media_type_of
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.foundation.jobs.models import Job, State
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence

KIND = "learning_records"
KINDS = (exchange.LOOK_JOB, exchange.DELIVER_JOB)


class RecordsForm(forms.Form):
    """The file of records."""

    file = forms.FileField(
        label=gettext_lazy("File of records (.xlsx, .csv or .parquet)"),
        help_text=gettext_lazy("Up to 200,000 records. Nothing is delivered before you have seen what it would bring."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt,.parquet"}),
    )


@require_safe
@allowed(exchange.DELIVER)
def records(request: Request) -> HttpResponse:
    """What was delivered so far, and the form for the next file."""
    return _page(request, RecordsForm())


def _page(request: Request, form: RecordsForm, status: int = 200) -> HttpResponse:
    provider = exchange.provider_of(request.actor)
    delivered = page_of(request, exchange.deliveries_of(provider.pk))
    undone = exchange.undone([one.pk for one in delivered.rows])
    facts = {
        "form": form,
        "provider": provider,
        "delivered": delivered,
        "rows": [(one, exchange.CHANNELS[exchange.Channel(one.channel)], one.pk in undone) for one in delivered.rows],
        "fields": [
            (exchange.HEADINGS[one], exchange.FIELD_LABELS[one], one in exchange.NEEDED, exchange.HEADING_ALIASES[one][:3])
            for one in exchange.FIELDS
        ],
        "layout": exchange.layout_of(provider.pk),
    }
    return render(request, "provider/records.html", facts, status=status)


@require_POST
@allowed(exchange.DELIVER)
def records_upload(request: Request) -> HttpResponse:
    """The file is kept and looked at in the background."""
    form = RecordsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = form.cleaned_data["file"]
    try:
        file = keep_file(
            chunks_of(given), kind=KIND, name=given.name, media_type=media_type_of(given.name), actor=request.actor, now=request.now
        )
    except Refused as refused:
        form.add_error("file", refusal_sentence(refused))
        return _page(request, form, status=422)
    return redirect("provider:records_preview", public_id=_start(request, exchange.LOOK_JOB, file).public_id)


def _start(request: Request, kind: str, file: StoredFile | None, **params: object) -> Job:
    return start_job(actor=request.actor, kind=kind, params=params, file=file, now=request.now)


def _own_job(request: Request, public_id: str) -> Job:
    """The organisation's own job of records."""
    found = Job.everywhere.filter(public_id=public_id, organisation_id=request.actor.organisation_id or 0, kind__in=KINDS)
    job = found.select_related("input_file", "report_file").first()
    if job is None:
        raise NotInScope("job")
    return job


@require_safe
@allowed(exchange.DELIVER)
def records_preview(request: Request, public_id: str) -> HttpResponse:
    """Progress; then what the file would bring, or did; or which of its columns is what."""
    job = _own_job(request, public_id)
    facts: dict[str, Any] = {"job": job, "is_delivered": job.kind == exchange.DELIVER_JOB}
    if job.state == State.REFUSED:
        facts |= _refused(request, job)
    elif job.state == State.DONE:
        facts |= _told(job)
    return render(request, "provider/records_preview.html", facts)


def _refused(request: Request, job: Job) -> dict[str, Any]:
    """Why nothing was done; where columns were not found, the file's headings to choose from."""
    params = job.result.get("params", {})
    layout = exchange.layout_of(request.actor.organisation_id or 0)
    told = layout.headings if layout else {}
    rows = [(one.value, exchange.FIELD_LABELS[one], one in exchange.NEEDED, _chosen(one, told, params)) for one in exchange.FIELDS]
    return {
        "refusal": refusal_sentence(Refused(job.result["refusal"], **params)),
        "columns": rows if job.result["refusal"] == "records_headings" and params.get("found") else [],
        "found": params.get("found", ()),
        "units": [(one.value, word, layout is not None and layout.unit == one.value) for one, word in exchange.UNITS.items()],
    }


def _chosen(field: exchange.Field, told: dict[str, str], params: dict[str, Any]) -> str:
    return told.get(field.value, "") or (exchange.HEADINGS[field] if exchange.HEADINGS[field] in params.get("found", ()) else "")


def _told(job: Job) -> dict[str, Any]:
    """The counts of the look or the delivery, its losses in words, and the first rows."""
    result = job.result
    lost = [(exchange.WHY_NOT[exchange.WhyNot(why)], seconds) for why, seconds in result.get("lost", {}).items()]
    share = 100 * result.get("counted_s", 0) / max(1, result.get("said_s", 0))
    return {"result": result, "lost": lost, "share": [(share, "#3f8f6b"), (100 - share, "#d9b36a")], "shown": exchange.shown_of(job)}


@require_POST
@allowed(exchange.DELIVER)
def records_deliver(request: Request, public_id: str) -> HttpResponse:
    """The file that was looked at is delivered in the background, whole or not at all."""
    seen = _own_job(request, public_id)
    if seen.state != State.DONE or seen.kind != exchange.LOOK_JOB or seen.result.get("wrong"):
        raise Refused("stale")
    begun = Job.everywhere.filter(
        kind=exchange.DELIVER_JOB, organisation_id=request.actor.organisation_id or 0, params__seen=seen.public_id
    )
    job = begun.exclude(state__in=[State.FAILED, State.REFUSED]).first()
    job = job or _start(request, exchange.DELIVER_JOB, seen.input_file, seen=seen.public_id, channel="file")
    return redirect("provider:records_preview", public_id=job.public_id)


@require_POST
@allowed(exchange.DELIVER)
def records_layout(request: Request, public_id: str) -> HttpResponse:
    """The columns are remembered for this and all later files of the provider, and the file is looked at again."""
    job = _own_job(request, public_id)
    told = {one.value: request.POST.get(one.value, "") for one in exchange.FIELDS}
    unit = request.POST.get("unit", "")
    if unit not in set(exchange.Unit):
        raise Refused("stale")
    exchange.tell_layout(actor=request.actor, headings=told, unit=exchange.Unit(unit), now=request.now)
    return redirect("provider:records_preview", public_id=_start(request, exchange.LOOK_JOB, job.input_file).public_id)


@require_safe
@allowed(exchange.DELIVER)
def records_template(request: Request) -> FileResponse:
    """An empty workbook with the headings."""
    return workbook_response(gettext("learning-records"), [exchange.HEADINGS[one] for one in exchange.FIELDS], [])


@require_safe
@allowed(exchange.DELIVER)
def delivery(request: Request, public_id: str) -> HttpResponse:
    """One delivery: its records as they count now, and its undoing."""
    return _delivery(request, public_id)


def _delivery(request: Request, public_id: str, refusal: str = "", status: int = 200) -> HttpResponse:
    provider = exchange.provider_of(request.actor)
    one = exchange.delivery_in(provider.pk, public_id)
    facts = {
        "delivery": one,
        "channel": exchange.CHANNELS[exchange.Channel(one.channel)],
        "undoing": exchange.undone([one.pk]).get(one.pk),
        "figures": exchange.report_figures(exchange.lines_of(one.pk)),
        "lines": page_of(request, exchange.lines_of(one.pk)),
        "refusal": refusal,
        "is_open": exchange.is_open(one.pk),
    }
    return render(request, "provider/delivery.html", facts, status=status)


@require_POST
@allowed(exchange.DELIVER)
def delivery_undo(request: Request, public_id: str) -> HttpResponse:
    """The whole delivery is taken back by records that say what stood before it."""
    one = exchange.delivery_in(exchange.provider_of(request.actor).pk, public_id)
    try:
        exchange.undo(actor=request.actor, delivery_id=one.pk, reason=request.POST.get("reason", ""), now=request.now)
    except Refused as refused:
        return _delivery(request, public_id, refusal_sentence(refused), status=409)
    messages.success(request, gettext("The delivery was undone; its records stay visible."))
    return redirect("provider:delivery", public_id=public_id)

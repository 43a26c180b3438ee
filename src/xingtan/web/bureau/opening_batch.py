"""One batch of earlier hours: what its teachers said, each objection with its answer, and what the old totals say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import FileResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.units import HoursRefused, format_hours_exact, parse_hours
from xingtan.domains.credits import api as credits_room
from xingtan.domains.papers import api as door
from xingtan.domains.policies import api as policies
from xingtan.foundation.files.store import open_file
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence


@require_safe
@allowed(credits_room.IMPORT_OPENING)
def opening_batch(request: Request, pid: str) -> HttpResponse:
    """The batch with its answers, objections that wait first."""
    return _page(request, pid)


def _page(request: Request, pid: str, *, error: str = "", status: int = 200) -> HttpResponse:
    batch, scope = door.batch_in(request.actor.scope, pid), request.actor.scope
    counts = door.answer_counts(batch, scope)
    page = page_of(request, door.answers_of(batch, scope, state=request.GET.get("state", ""), q=request.GET.get("q", "")))
    totals = door.reconciled(batch)
    shown = {
        "batch": batch,
        "chip": door.BATCHES[door.BatchState(batch.state)],
        "list": page,
        "rows": [answer_words(one, request.today) for one in page.rows],
        "tabs": [(one.value, door.ANSWERS[one][1], counts[one]) for one in door.Answer],
        "total": sum(counts.values()),
        "totals": totals[:200],
        "differing": sum(one.difference != 0 for one in totals),
        "error": error,
    }
    return render(request, "bureau/opening_batch.html", shown, status=status)


def answer_words(one: door.OpeningAnswer, today: Any) -> dict[str, Any]:  # noqa: ANN401 -- a date
    """An answer in words; of an objection also the lines with the hours that the teacher says are right."""
    kind, word = door.ANSWERS[door.Answer(one.state)]
    lines = list(door.lines_of(one.batch, [one.teacher_id])) if one.state == door.Answer.OBJECTED else []
    return {
        "it": one,
        "chip": "plain" if door.has_lapsed(one, today) else kind,
        "word": door.LAPSED if door.has_lapsed(one, today) else word,
        "lines": [line_words(row, one.wanted) for row in lines if row.state in credits_room.STANDING],
        "is_late": one.state == door.Answer.OBJECTED and one.due_on is not None and one.due_on < today,
    }


def line_words(row: credits_room.EntryState, wanted: Mapping[str, int]) -> dict[str, Any]:
    """A line of earlier hours in words, with the hours that were asked for instead."""
    pid = row.entry.public_id
    return {
        "row": row,
        "pid": pid,
        "component": credits_room.component_word(policies.policy_of(row.training_year), row.component),
        "hours": format_hours_exact(row.learned_centi),
        "wanted": format_hours_exact(wanted[pid]) if pid in wanted else "",
        "stands": row.state in credits_room.STANDING,
    }


@require_POST
@allowed(credits_room.IMPORT_OPENING)
def opening_decide(request: Request, pid: str) -> HttpResponse:
    """The objection is answered: hours kept, or the lines mended."""
    batch = door.answer_in(request.actor.scope, pid).batch
    try:
        hours = hours_of(request) if request.POST.get("outcome") == "mended" else {}
        door.decide_objection(actor=request.actor, answer_id=pid, words=request.POST.get("words", ""), hours=hours, now=request.now)
    except Refused as refused:
        return _page(request, batch.public_id, error=refusal_sentence(refused), status=409)
    messages.success(request, _("The objection was answered."))
    return redirect("bureau:opening_batch", batch.public_id)


def hours_of(request: Request) -> dict[str, int]:
    """The hours of the form by line; what was left empty is left out."""
    found = {}
    for name, text in request.POST.items():
        if name.startswith("hours-") and str(text).strip():
            try:
                found[name.removeprefix("hours-")] = parse_hours(str(text))
            except HoursRefused:
                raise Refused("opening_hours_unreadable") from None
    return found


@require_safe
@allowed(credits_room.IMPORT_OPENING)
def opening_differences(request: Request, pid: str) -> HttpResponseBase:
    """Per school and year the old system's total beside what stands now, as a workbook."""
    batch = door.batch_in(request.actor.scope, pid)
    headings = [_("School"), _("Training year"), _("Old system"), _("In the ledger now"), _("Difference")]
    rows: list[list[object]] = [
        [one.school, one.year, *(format_hours_exact(centi) for centi in (one.claimed, one.stands, one.difference))]
        for one in door.reconciled(batch)
    ]
    rows += [_refused(one) for one in batch.differences]
    return workbook_response(f"{batch.title} {_('Differences')}", headings, rows)


def _refused(one: Mapping[str, Any]) -> list[object]:
    """A school's year of a batch that did not stand: the old system's total, and what the workbook's rows add up to."""
    hours = (one["claimed"], one["rows"], one["rows"] - one["claimed"])
    return [one["school"], one["year"], *(format_hours_exact(centi) for centi in hours)]


@require_safe
@allowed(credits_room.IMPORT_OPENING)
def opening_lines(request: Request, pid: str) -> HttpResponseBase:
    """Every line of the batch with what its teacher said, as a workbook, at any time."""
    batch = door.batch_in(request.actor.scope, pid)
    answers = {one.teacher_id: one for one in door.answers_of(batch, request.actor.scope)}
    headings = [
        _("Teacher"), _("School"), _("Training year"), _("Component"), _("Hours"), _("Recognised"), _("State"), _("Source"), _("Batch"), _("Answer"), _("In words"),
    ]  # fmt: skip
    rows = ([*_line(row), *_said(answers.get(row.teacher_id))] for row in door.lines_of(batch).iterator(chunk_size=500))
    return workbook_response(f"{batch.title} {_('Lines')}", headings, rows)


def _line(row: credits_room.EntryState) -> list[object]:
    said = line_words(row, {})
    state = credits_room.STATES[credits_room.State(row.state)]
    hours = [said["hours"], format_hours_exact(row.recognised_centi)]
    return [row.teacher.name, str(row.school), row.training_year.year, said["component"], *hours, state, row.entry.title, row.entry.reason]


def _said(one: door.OpeningAnswer | None) -> list[object]:
    return [door.ANSWERS[door.Answer(one.state)][1], one.words] if one else ["", ""]


@require_safe
@allowed(credits_room.IMPORT_OPENING)
def opening_scan(request: Request, pid: str) -> FileResponse:
    """The scan of the batch's source, as it was handed in."""
    scan = door.batch_in(request.actor.scope, pid).scan
    return FileResponse(open_file(scan), as_attachment=True, filename=scan.name, content_type=scan.media_type)

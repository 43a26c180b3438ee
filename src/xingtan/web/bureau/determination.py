"""Determination of a branch's year: run it, look at the verdicts, make them final, close the year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.policy import Policy
from xingtan.core.units import format_hours_exact
from xingtan.core.verdicts import Verdict
from xingtan.domains.determination import api as determination_room
from xingtan.domains.policies import api as policies
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.bureau.overview import tenths
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.trainee.record import chosen_year

from .deciding import year_in

SORTS = {"name": "teacher__name_pinyin", "school": "school__path", "hours": "recognised_centi", "verdict": "verdict"}


@require_safe
@allowed(determination_room.SEE_DETERMINATIONS)
def determination(request: Request) -> HttpResponseBase:
    """Counts per verdict and the list behind each, of the year or the cycle."""
    years = list(policies.years_for(request.actor))
    year = chosen_year(years, request.GET.get("year", ""))
    if year is None:
        return render(request, "bureau/determination.html", {"year": None, "years": years})
    span = "cycle" if request.GET.get("span") == "cycle" else "year"
    rows = _rows(request, year, span)
    policy = policies.policy_of(year)
    if request.GET.get("export") == "xlsx":
        return _workbook(rows, year, policy)
    page = page_of(request, rows)
    return render(
        request,
        "bureau/determination.html",
        {**_counts(request, year, span), "years": years, "page_rows": page, "rows": [_words(row, policy) for row in page.rows]},
    )


def _rows(request: Request, year: policies.TrainingYear, span: str) -> Any:  # noqa: ANN401 -- a list of determinations
    verdict = request.GET.get("verdict", "")
    verdict = verdict if verdict in {one.value for one in Verdict} else ""
    found = determination_room.determinations_in(
        request.actor.scope, year.pk, span=span, verdict=verdict, q=request.GET.get("q", "").strip()
    )
    return found.order_by(*order_of(request, SORTS, "school__path"))


def _counts(request: Request, year: policies.TrainingYear, span: str) -> dict[str, Any]:
    counts = determination_room.verdict_counts(request.actor.scope, year.pk, span=span)
    total = sum(counts.values())
    return {
        "year": year,
        "span": span,
        "verdicts": [
            (
                one.value,
                determination_room.VERDICTS[one],
                determination_room.VERDICT_CHIPS[one],
                n,
                tenths(n * 1000 // total if total else 0),
            )
            for one, n in counts.items()
        ],
        "total": total,
        "verdict": request.GET.get("verdict", ""),
        "q": request.GET.get("q", ""),
        "runs": list(determination_room.runs_in(request.actor.scope, year.pk)[:5]),
        "final_count": determination_room.determinations_in(request.actor.scope, year.pk, span="year", examined=True).order_by().count(),
        "may_determine": request.actor.may(determination_room.DETERMINE),
        "may_examine": request.actor.may(determination_room.EXAMINE),
        "is_open": year.state == policies.YearState.OPEN,
    }


def _words(row: determination_room.Determination, policy: Policy) -> dict[str, Any]:
    verdict = Verdict(row.verdict)
    return {
        "row": row,
        "verdict": determination_room.VERDICTS[verdict],
        "chip": determination_room.VERDICT_CHIPS[verdict],
        "is_settled": verdict not in determination_room.UNSETTLED,
        "reasons": [determination_room.reason_sentence(policy, one["code"], one["params"]) for one in row.reasons],
    }


def _workbook(rows: Any, year: policies.TrainingYear, policy: Policy) -> FileResponse:  # noqa: ANN401 -- a list of determinations
    headings = [_("Teacher"), _("School"), _("Verdict"), _("Required"), _("Recognised"), _("Verified"), _("Reasons"), _("Final")]
    lines = (
        (
            row.teacher.name,
            row.school,
            determination_room.VERDICTS[Verdict(row.verdict)],
            format_hours_exact(row.required_centi),
            format_hours_exact(row.recognised_centi),
            format_hours_exact(row.verified_centi),
            "；".join(determination_room.reason_sentence(policy, one["code"], one["params"]) for one in row.reasons),
            row.examined_at,
        )
        for row in rows.iterator(chunk_size=1000)
    )
    return workbook_response(f"{year.year}-{_('determination')}", headings, lines)


@require_POST
@allowed(determination_room.DETERMINE)
def run(request: Request) -> HttpResponse:
    """A determination of the own branch waits in the queue; its page shows how far it is."""
    year = year_in(request, request.POST.get("year", ""))
    if request.actor.organisation_id is None:
        raise NotInScope
    params = {"year": year.pk, "organisation": request.actor.organisation_id}
    job = start_job(actor=request.actor, kind=determination_room.DETERMINE_JOB, params=params, now=request.now)
    return redirect("public:job", job.public_id)


@require_POST
@allowed(determination_room.EXAMINE)
def examine(request: Request) -> HttpResponse:
    """The ticked verdicts, or all settled ones, are final."""
    year = year_in(request, request.POST.get("year", ""))
    if "all" in request.POST:
        count = determination_room.examine(
            actor=request.actor, training_year_id=year.pk, organisation_id=request.actor.organisation_id, now=request.now
        )
    else:
        ids = _ticked(request, year)
        count = determination_room.examine(actor=request.actor, training_year_id=year.pk, teacher_ids=ids, now=request.now)
    messages.success(request, ngettext("%(n)s verdict is final now.", "%(n)s verdicts are final now.", count) % {"n": count})
    return redirect(f"{reverse('bureau:determination')}?year={year.year}")


def _ticked(request: Request, year: policies.TrainingYear) -> list[int]:
    ticked = set(request.POST.getlist("ids"))
    if not ticked:
        raise Refused("nothing_ticked")
    found = determination_room.determinations_in(request.actor.scope, year.pk).filter(public_id__among=ticked)
    ids = list(found.order_by().values_list("teacher_id", flat=True))
    if len(ids) != len(ticked):
        raise Refused("stale")
    return ids


@require_POST
@allowed(determination_room.CLOSE_YEAR)
def close(request: Request) -> HttpResponse:
    """The year is closed for good."""
    year = year_in(request, request.POST.get("year", ""))
    determination_room.close_year(actor=request.actor, training_year_id=year.pk, now=request.now)
    messages.success(request, _("The training year %(year)s is closed.") % {"year": year.year})
    return redirect(f"{reverse('bureau:determination')}?year={year.year}")

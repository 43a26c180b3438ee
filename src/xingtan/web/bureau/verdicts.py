"""The list behind every count of verdicts, of the year or the cycle."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.core.policy import Policy
from xingtan.core.units import format_hours_exact
from xingtan.core.verdicts import Verdict
from xingtan.domains.determination import api as room
from xingtan.domains.policies import api as policies
from xingtan.web.access import allowed
from xingtan.web.bureau.overview import tenths
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of

from .deciding import year_in

SORTS = {"name": "teacher__name_pinyin", "school": "school__path", "hours": "recognised_centi", "verdict": "verdict"}


@require_safe
@allowed(room.SEE_DETERMINATIONS)
def verdicts(request: Request) -> HttpResponseBase:
    """Counts per verdict and the list behind each, of the year or the cycle."""
    year = year_in(request, request.GET.get("year", ""))
    span = "cycle" if request.GET.get("span") == "cycle" else "year"
    rows = _rows(request, year, span)
    policy = policies.policy_of(year)
    if request.GET.get("export") == "xlsx":
        return _workbook(rows, year, policy)
    page = page_of(request, rows)
    shown = {
        **_counts(request, year, span),
        "years": list(policies.years_for(request.actor)),
        "page_rows": page,
        "rows": [words_of(row, policy) for row in page.rows],
    }
    return render(request, "bureau/verdicts.html", shown)


def _rows(request: Request, year: policies.TrainingYear, span: str) -> Any:  # noqa: ANN401 -- a list of determinations
    verdict = verdict_wanted(request, "verdict")
    found = room.determinations_in(request.actor.scope, year.pk, span=span, verdict=verdict, q=request.GET.get("q", "").strip())
    return found.order_by(*order_of(request, SORTS, "school__path"))


def verdict_wanted(request: Request, name: str) -> str:
    """The verdict that the address names, or "" for any."""
    wanted = request.GET.get(name, "")
    return wanted if wanted in {one.value for one in Verdict} else ""


def _counts(request: Request, year: policies.TrainingYear, span: str) -> dict[str, Any]:
    counts = room.verdict_counts(request.actor.scope, year.pk, span=span)
    total = sum(counts.values())
    final = room.determinations_in(request.actor.scope, year.pk, span="year", examined=True).order_by().count()
    return {
        "year": year,
        "span": span,
        "verdicts": [
            (one.value, room.VERDICTS[one], room.VERDICT_CHIPS[one], n, tenths(n * 1000 // total if total else 0))
            for one, n in counts.items()
        ],
        "total": total,
        "verdict": request.GET.get("verdict", ""),
        "q": request.GET.get("q", ""),
        "final_count": final,
        "may_examine": request.actor.may(room.EXAMINE),
        "is_open": year.state == policies.YearState.OPEN,
    }


def words_of(row: room.Determination, policy: Policy) -> dict[str, Any]:
    """A verdict in words."""
    verdict = Verdict(row.verdict)
    return {
        "row": row,
        "verdict": room.VERDICTS[verdict],
        "chip": room.VERDICT_CHIPS[verdict],
        "is_settled": verdict not in room.UNSETTLED,
        "reasons": sentences(policy, row.reasons),
    }


def sentences(policy: Policy, reasons: Any) -> list[str]:  # noqa: ANN401 -- as kept with the verdict, or None
    """The reasons as sentences."""
    return [room.reason_sentence(policy, one["code"], one["params"]) for one in reasons or ()]


def _workbook(rows: Any, year: policies.TrainingYear, policy: Policy) -> FileResponse:  # noqa: ANN401 -- a list of determinations
    headings = [_("Teacher"), _("School"), _("Verdict"), _("Required"), _("Recognised"), _("Verified"), _("Reasons"), _("Final")]
    lines = (
        (
            row.teacher.name,
            row.school,
            room.VERDICTS[Verdict(row.verdict)],
            format_hours_exact(row.required_centi),
            format_hours_exact(row.recognised_centi),
            format_hours_exact(row.verified_centi),
            "；".join(sentences(policy, row.reasons)),
            row.examined_at,
        )
        for row in rows.iterator(chunk_size=1000)
    )
    return workbook_response(f"{year.year}-{_('determination')}", headings, lines)

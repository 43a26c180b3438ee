"""The county's queue: review and verify, one entry or a thousand."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.policy import Policy
from xingtan.core.units import format_hours_exact
from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.trainee.record import chosen_year

from .deciding import WAITS, decide_from, filters_of, panel_of, reasons, row_words

STEPS = {"review": credits_room.Step.COUNTY_REVIEW, "verify": credits_room.Step.VERIFY}


@require_safe
@allowed(credits_room.SEE_QUEUE)
def queue(request: Request) -> HttpResponseBase:
    """What waits for review or verification in the branch, with facets, checks and the evidence of one entry."""
    years = list(policies.years_for(request.actor))
    year = chosen_year(years, request.GET.get("year", ""))
    if year is None:
        return render(request, "bureau/queue.html", {"year": None, "years": years})
    tab = "verify" if request.GET.get("tab") == "verify" else "review"
    policy = policies.policy_of(year)
    rows = credits_room.queue(request.actor.scope, STEPS[tab], year.pk, filters_of(request.GET), now=request.now)
    if request.GET.get("export") == "xlsx":
        return _workbook(rows, year, policy)
    page = page_of(request, rows)
    shown = [row_words(request, row, policy) for row in page.rows]
    current = next((row for row in shown if row.state.entry.public_id == request.GET.get("entry")), shown[0] if shown else None)
    facts = {"current": current, "reasons": reasons(), "tab": tab, "year": year, "may_decide": request.actor.may(_permission(tab))}
    if current is not None:
        facts |= panel_of(current, policy)
    if "panel" in request.GET:
        return render(request, "bureau/queue_panel.html", facts)
    return render(
        request,
        "bureau/queue.html",
        {
            **facts,
            **_around(request, year, tab, policy),
            "years": years,
            "page_rows": page,
            "rows": shown,
            "total": credits_room.total_of(rows),
        },
    )


def _permission(tab: str) -> Any:  # noqa: ANN401 -- a permission of the room
    return credits_room.VERIFY if tab == "verify" else credits_room.COUNTY_REVIEW


def _around(request: Request, year: policies.TrainingYear, tab: str, policy: Policy) -> dict[str, Any]:
    """Facets with their counts, and the two tabs with theirs."""
    scope = request.actor.scope
    facets = credits_room.queue_facets(scope, STEPS[tab], year.pk, now=request.now)
    counts = credits_room.state_counts(scope, year.pk)
    wait_words = dict(zip(WAITS, (_("7 days and more"), _("3 to 7 days"), _("Less than 3 days")), strict=True))
    return {
        "tabs": [(name, credits_room.STEPS[step], counts[credits_room.FROM[step]].count) for name, step in STEPS.items()],
        "facets": [
            ("check", _("Automatic check"), [(check.value, credits_room.CHECKS[check], n) for check, n in facets.checks.items()]),
            ("component", _("Component"), [(code, credits_room.component_word(policy, code), n) for code, n in facets.components.items()]),
            ("wait", _("Waiting"), [(name, wait_words[name], n) for name, n in facets.waits.items()]),
            ("school", _("School"), facets.schools[:12]),
        ],
        "active": {name: request.GET.get(name, "") for name in ("check", "component", "wait", "school")},
        "clean_count": facets.checks[credits_room.Check.CLEAN],
    }


def _workbook(rows: Any, year: policies.TrainingYear, policy: Policy) -> FileResponse:  # noqa: ANN401 -- a list of entries
    headings = [_("Entry"), _("Teacher"), _("School"), _("Activity"), _("Component"), _("Date"), _("Learned"), _("Recognised")]
    lines = (
        (
            row.entry.public_id,
            row.teacher.name,
            row.school,
            row.entry.title,
            credits_room.component_word(policy, row.component),
            row.happened_on,
            format_hours_exact(row.learned_centi),
            format_hours_exact(row.recognised_centi),
        )
        for row in rows.iterator(chunk_size=1000)
    )
    return workbook_response(f"{year.year}-{_('queue')}", headings, lines)


@require_POST
@allowed(credits_room.COUNTY_REVIEW)
def decide(request: Request) -> HttpResponse:
    """The entries have the county's decision."""
    tab = "verify" if request.POST.get("tab") == "verify" else "review"
    decide_from(request, STEPS[tab])
    return redirect(f"{reverse('bureau:queue')}?tab={tab}&year={request.POST.get('year', '')}")

"""The school's part of the chain: a second person reviews, then the school reports."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.units import format_hours_exact
from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews import api as reviews
from xingtan.web.access import allowed
from xingtan.web.bureau.deciding import back_to, decide_from, filters_of, reasons, rows_words
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.trainee.record import chosen_year

State, Step = credits_room.State, credits_room.Step
TABS = {
    "review": State.ENTERED,
    "report": State.REVIEWED,
    "reported": State.REPORTED,
    "verified": State.VERIFIED,
    "returned": State.RETURNED,
}
STEPS = {"review": Step.REVIEW, "report": Step.REPORT}
# The two lists with work in them are named by the work, the others by what has become of the entries.
WORK = {"review": pgettext_lazy("tab", "To review"), "report": pgettext_lazy("tab", "To report")}


@require_safe
@allowed(credits_room.SEE_ENTRIES)
def entries(request: Request) -> HttpResponseBase:
    """The school's entries by state; what waits for review or report can be ticked."""
    years = list(policies.years_for(request.actor))
    year = chosen_year(years, request.GET.get("year", ""))
    if year is None:
        return render(request, "school/entries.html", {"year": None, "years": years})
    tab = request.GET.get("tab", "review")
    tab = tab if tab in TABS else "review"
    rows = _rows(request, year, tab)
    if request.GET.get("export") == "xlsx":
        return _workbook(rows, year)
    page = page_of(request, rows)
    counts = credits_room.state_counts(request.actor.scope, year.pk)
    facts = {
        "year": year,
        "years": years,
        "tab": tab,
        "tabs": [(name, WORK.get(name, credits_room.STATES[state]), counts[state].count) for name, state in TABS.items()],
        "page_rows": page,
        "rows": rows_words(request, page.rows, year),
        "total": credits_room.total_of(rows),
        "reasons": reasons(),
        "may_decide": tab in STEPS and STEPS[tab] in reviews.steps_for(request.actor, policies.policy_of(year)),
        "q": request.GET.get("q", ""),
    }
    return render(request, "school/entries.html", facts)


def _rows(request: Request, year: policies.TrainingYear, tab: str) -> credits_room.Rows:
    if tab in STEPS:
        return reviews.queue(request.actor.scope, STEPS[tab], year.pk, filters_of(request.GET), now=request.now)
    found = credits_room.entries_in(request.actor.scope, year.pk, TABS[tab])
    wanted = request.GET.get("q", "").strip()
    return found.filter(teacher__name__contains=wanted) if wanted else found


def _workbook(rows: credits_room.Rows, year: policies.TrainingYear) -> FileResponse:
    headings = [_("Entry"), _("Teacher"), _("Activity"), _("Training provider"), _("Date"), _("Learned"), _("Recognised"), _("State")]
    lines = (
        (
            row.entry.public_id,
            row.teacher.name,
            row.entry.title,
            row.provider,
            row.happened_on,
            format_hours_exact(row.learned_centi),
            format_hours_exact(row.recognised_centi),
            credits_room.STATES[State(row.state)],
        )
        for row in rows.iterator(chunk_size=1000)
    )
    return workbook_response(f"{year.year}-{_('entries')}", headings, lines)


@require_POST
@allowed(credits_room.SEE_ENTRIES)
def decide(request: Request) -> HttpResponse:
    """The entries are reviewed, reported or returned."""
    tab = "report" if request.POST.get("tab") == "report" else "review"
    decide_from(request, STEPS[tab])
    return redirect(back_to("school:entries", request.POST, tab, request.POST.get("year", "")))

"""Where we stand: the seven counts, the branches below, what waits."""

from __future__ import annotations

from datetime import date, timedelta

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.domains.credits import api as credits_room
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.supervision import api as supervision
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.scope.tree import ancestors, organisation_in
from xingtan.web import nav
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response

from .charts import funnel, tiles
from .overview import Below, Waiting, behind, branch_rows

LISTED_BEHIND = 6


@require_safe
@allowed(supervision.SEE_DASHBOARD)
def dashboard(request: Request, pid: str = "") -> HttpResponseBase:
    """The branch in a year: the funnel, its parts with drill-down, the parts that are behind, what waits; or the parts as a workbook."""
    root = organisation_in(request.actor.scope, pid) if pid else _own(request)
    years = list(policies.years_for(root)) if root else []
    year = _wanted(request, years)
    if root is None or year is None:
        return render(request, "bureau/dashboard_empty.html", {"may_open": request.actor.may(policies.OPEN_YEAR)})
    below = _below(root, year, years, supervision.measured(year, request.today))
    if request.GET.get("export") == "xlsx":
        return _workbook(root, year, below)
    return render(request, "bureau/dashboard.html", {**_facts(request, root, year, below), "years": years})


def _facts(request: Request, root: Organisation, year: policies.TrainingYear, below: Below) -> dict[str, object]:
    chain = [node for node in ancestors(root) if request.actor.scope.holds(node.path)]
    return {
        "root": root,
        "chain": chain[:-1],
        "year": year,
        "funnel": funnel(below.total, below.total_before, _due(request, year)),
        "twin": _twin(below, year),
        "measure": supervision.COUNT_LABELS[below.measure],
        "tiles": tiles(below),
        "rows": branch_rows(below),
        "total": below.total,
        "behind": behind(below, LISTED_BEHIND),
        "waiting": _waiting(request, root, year),
    }


def _due(request: Request, year: policies.TrainingYear) -> dict[str, date]:
    """The counts that are not due yet, each with the day from which it is."""
    is_over = year.state == policies.YearState.CLOSED
    return {name: day for name, day in supervision.due_days(year).items() if not is_over and day > request.today}


def _twin(below: Below, year: policies.TrainingYear) -> list[tuple[object, int, object, date | None]]:
    """The funnel as rows: the count's word, how many, who is counted, its last day before it is due."""
    days = supervision.due_days(year)
    return [
        (supervision.COUNT_LABELS[name], number, supervision.COUNT_HINTS[name], days[name] - timedelta(days=1) if name in days else None)
        for name, number in below.total._asdict().items()
    ]


def _own(request: Request) -> Organisation | None:
    return Organisation.objects.within(request.actor.scope).filter(pk=request.actor.organisation_id or 0).first()


def _wanted(request: Request, years: list[policies.TrainingYear]) -> policies.TrainingYear | None:
    asked = next((year for year in years if str(year.year) == request.GET.get("year")), None)
    return asked or next((year for year in years if year.state == policies.YearState.OPEN), years[0] if years else None)


def _below(root: Organisation, year: policies.TrainingYear, years: list[policies.TrainingYear], measure: str) -> Below:
    before = next((one for one in years if one.year == year.year - 1), None)
    return Below(
        now=supervision.counts_by_branch(root.scope, year.pk),
        before=supervision.counts_by_branch(root.scope, before.pk) if before else [],
        measure=measure,
    )


def _waiting(request: Request, root: Organisation, year: policies.TrainingYear) -> list[Waiting]:
    choices = enrolment.counts_by_state(root.scope, year.pk)
    entries = supervision.entries_waiting(root.scope, year.pk)
    queue = nav.place_for(request.actor, "bureau:queue")
    return [
        Waiting(_("Selections to confirm"), choices[enrolment.State.CHOSEN], _("schools")),
        Waiting(_("Confirmed and not paid"), choices[enrolment.State.CONFIRMED], _("schools")),
        Waiting(_("Entries to review at school"), entries.get(credits_room.State.ENTERED, 0), _("schools")),
        Waiting(_("Entries to report"), entries.get(credits_room.State.REVIEWED, 0), _("schools")),
        Waiting(_("Entries for county review"), entries.get(credits_room.State.REPORTED, 0), _("counties"), queue),
        Waiting(_("Entries to verify"), entries.get(credits_room.State.COUNTY_REVIEWED, 0), _("counties"), queue),
        Waiting(_("Entries sent back"), entries.get(credits_room.State.RETURNED, 0), _("schools")),
    ]


def _workbook(root: Organisation, year: policies.TrainingYear, below: Below) -> HttpResponseBase:
    headings = [
        _("Branch"),
        *(str(label) for label in supervision.COUNT_LABELS.values()),
        _("%(count)s of planned, %%") % {"count": supervision.COUNT_LABELS[below.measure]},
    ]
    rows = [(str(row.organisation), *row.counts, row.rate_text) for row in branch_rows(below)]
    total = (_("Total"), *below.total, "")
    return workbook_response(f"{root}-{year.year}", headings, [*rows, total])

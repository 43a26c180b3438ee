"""The year of projects on one line, with its table."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.web.access import allowed
from xingtan.web.bureau.project_forms import FilterForm
from xingtan.web.bureau.projects import CHIPS
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.figures import Span
from xingtan.web.parts.tables import order_of, page_of

SORTS = {"title": "title", "opens": "opens_on", "starts": "starts_on", "organiser": "organiser__name"}


@require_safe
@allowed(projects.SEE_PROJECTS)
def calendar(request: Request) -> HttpResponseBase:
    """The projects of a year by their days: application and training of each, on a line and as a table."""
    form = FilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    years = list(policies.years_for(request.actor))
    year = next((one for one in years if one.year == wanted.get("year")), policies.current_year_for(request.actor))
    rows = projects.projects_for(
        request.actor.scope,
        q=wanted.get("q", ""),
        state=wanted.get("state", ""),
        tier=wanted.get("tier", ""),
        training_year_id=year.pk if year else 0,
    )
    rows = rows.order_by(*order_of(request, SORTS, "opens_on"))
    if request.GET.get("export") == "xlsx":
        return workbook_response(_("Timeline"), _headings(), ((*_days(one), str(projects.STATE_LABELS[one.state])) for one in rows))
    page = page_of(request, rows if year else rows.none())
    told = [(one, projects.KIND_LABELS[one.kind], projects.STATE_LABELS[one.state], CHIPS[one.state]) for one in page.rows]
    spans = [Span(str(one), one.starts_on or one.opens_on, one.ends_on or one.closes_on) for one in page.rows if one.state != "cancelled"]
    facts = {"page_rows": page, "rows": told, "spans": spans, "years": years, "year": year, "filters": form}
    return render(request, "bureau/projects/calendar.html", facts)


def _headings() -> list[str]:
    names = [_("First day of application"), _("Last day of application"), _("First day of the training"), _("Last day of the training")]
    return [pgettext("project", "Title"), _("Organiser"), *names, _("State")]


def _days(one: projects.Project) -> tuple[object, ...]:
    return str(one), str(one.organiser), one.opens_on, one.closes_on, one.starts_on, one.ends_on

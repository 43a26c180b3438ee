"""Projects with seats as the branch sees them, each with what waits and who is in."""

from __future__ import annotations

from collections import Counter, defaultdict

from django.db.models import Count
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.domains.admissions import api as door
from xingtan.domains.projects import api as projects
from xingtan.web.access import allowed
from xingtan.web.bureau.projects import CHIPS
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of

SORTS = {"title": "title", "closes": "closes_on", "starts": "starts_on", "organiser": "organiser__name"}
UNDECIDED = ("applied", "school_approved")


@require_safe
@allowed(door.SEE_APPLICATIONS)
def admissions(request: Request) -> HttpResponseBase:
    """Every published project with seats that the branch takes part in, the latest first."""
    q, state = request.GET.get("q", "").strip(), request.GET.get("state", "")
    found = projects.projects_for(request.actor.scope, q=q, state=state if state in projects.STATE_LABELS else "").filter(has_seats=True)
    found = found.exclude(state=projects.ProjectState.DRAFT).order_by(*order_of(request, SORTS, "-opens_on"))
    if request.GET.get("export") == "xlsx":
        heads = [_("Project"), _("Organiser"), _("Applications close"), _("To decide"), _("Admitted"), _("In line")]
        some = list(found[:5000])
        counts = _counts(request, [one.pk for one in some])
        return workbook_response(_("Admissions"), heads, ((str(p), str(p.organiser), p.closes_on, *_three(counts[p.pk])) for p in some))
    page = page_of(request, found)
    counts = _counts(request, [one.pk for one in page.rows])
    rows = [(one, projects.STATE_LABELS[one.state], CHIPS[one.state], *_three(counts[one.pk])) for one in page.rows]
    shown = {
        "page_rows": page,
        "rows": rows,
        "states": [item for item in projects.STATE_LABELS.items() if item[0] != "draft"],
        "state": state,
    }
    return render(request, "bureau/admissions/projects.html", shown)


def _counts(request: Request, project_ids: list[int]) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    rows = door.applications_in(request.actor.scope).filter(project_id__in=project_ids).order_by()
    for project_id, state, count in rows.values("project_id", "state").annotate(n=Count("pk")).values_list("project_id", "state", "n"):
        found[project_id][state] += count
    return found


def _three(counts: Counter[str]) -> tuple[int, int, int]:
    return sum(counts[state] for state in UNDECIDED), counts["admitted"] + counts["offered"], counts["waiting"]

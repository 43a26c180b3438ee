"""Where the seats are: projects with seats, and the board of one project for an office and those below it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.domains.projects import api as projects
from xingtan.domains.quotas import api as quotas
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.scope.tree import organisation_in
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of

from .forms import grant_forms
from .shown import PARTS, Figures, bar, branch_given, category_words, figures, levels

SORTS = {"title": "title", "organiser": "organiser__path", "opens": "opens_on"}


@require_safe
@allowed(quotas.SEE_QUOTAS)
def seats(request: Request) -> HttpResponse:
    """Projects whose seats the branch holds, and those of its own that wait for their seats: searched, sorted, with sums."""
    found = _projects(request).order_by(*order_of(request, SORTS, "-pk"))
    page = page_of(request, found)
    rows = [(one, figures(quotas.quotas_in(_office(request).scope, one.pk).filter(organisation=_office(request)))) for one in page.rows]
    shown = [(one, sums, bar(sums, sums.held), projects.STATE_LABELS[one.state]) for one, sums in rows]
    return render(request, "bureau/quotas/seats.html", {"rows": shown, "page_rows": page, "parts": PARTS})


def _projects(request: Request) -> QuerySet[projects.Project]:
    scope = request.actor.scope
    held = quotas.Quota.objects.within(scope).values("project")
    own = Q(organiser__path__gte=scope.first, organiser__path__lt=scope.beyond, has_seats=True)
    found = projects.Project.everywhere.filter(own | Q(pk__in=held)).select_related("organiser")
    if q := request.GET.get("q", "")[:60]:
        found = found.filter(Q(title__icontains=q) | Q(title_en__icontains=q) | Q(organiser__name__icontains=q))
    return found


def _office(request: Request) -> Organisation:
    """The office whose board is shown: one's own, or the one below that the address names."""
    if wanted := request.GET.get("office", ""):
        return organisation_in(request.actor.scope, wanted)
    found = Organisation.objects.within(request.actor.scope).order_by("path").first()
    if found is None:
        raise NotInScope
    return found


@require_safe
@allowed(quotas.SEE_QUOTAS)
def board(request: Request, pid: str) -> HttpResponseBase:
    """The project's seats at an office and below it, by category; `office` goes down, `export` gives the whole branch as a workbook."""
    return page(request, pid)


def page(request: Request, pid: str, *, forms: Any = None, said: str = "", status: int = 200) -> HttpResponseBase:  # noqa: ANN401 -- forms that came back
    """The board, with forms as they came back."""
    project, office = found_project(request, pid), _office(request)
    words = category_words(project)
    branch = list(quotas.quotas_in(office.scope, project.pk))
    if request.GET.get("export") == "xlsx":
        return _workbook(project, branch, words)
    own = [quota for quota in branch if quota.organisation_id == office.pk]
    below = [quota for quota in branch if quota.parent_id in {one.pk for one in own}]
    late = Counter({one.pk: 0 for one in own})
    for quota in below:
        late[quota.parent_id or 0] += quota.free if quotas.is_overdue(quota, request.today) else 0
    most = max((quota.held for quota in below), default=0)
    is_own = request.actor.role is not Role.SUPERVISOR and office.pk == request.actor.organisation_id
    shown = {
        "project": project,
        "office": office,
        "path": _path(request, office),
        "own": [
            (quota, words.get(quota.category, quota.category), _row(quota), bar(_row(quota), quota.held), late.get(quota.pk, 0)) for quota in own
        ],
        "below": [
            (quota, words.get(quota.category, quota.category), _row(quota), bar(_row(quota), most), branch_given(branch, quota.organisation).given,
             quotas.is_overdue(quota, request.today))
            for quota in below
        ],
        "levels": levels(branch),
        "parts": PARTS,
        "is_own": is_own,
        "grants": forms or (grant_forms(project, own) if is_own and project.organiser_id == office.pk else []),
        "may_grant": is_own and project.organiser_id == office.pk and request.actor.may(quotas.GRANT),
        "may_pass": is_own and request.actor.may(quotas.PASS_DOWN),
        "may_give_back": is_own and request.actor.may(quotas.GIVE_BACK),
        "overdue": sum(late.values()),
        "said": said,
    }  # fmt: skip
    return render(request, "bureau/quotas/board.html", shown, status=status)


def found_project(request: Request, pid: str) -> projects.Project:
    """The project with this address: one's own, or one whose seats the branch holds; `NotInScope` otherwise."""
    found = _projects(request).filter(public_id=pid).select_related("organiser", "training_year").first()
    if found is None:
        raise NotInScope
    return found


def _row(quota: quotas.Quota) -> Figures:
    return Figures(quota.held, quota.passed_down, quota.given)


def _path(request: Request, office: Organisation) -> list[Organisation]:
    """From one's own office down to the one shown, itself left out."""
    above = Organisation.objects.within(request.actor.scope).order_by("path")
    paths = [office.path[:end] for end in range(4, len(office.path), 4)]
    return list(above.filter(path__in=paths))


def _workbook(project: projects.Project, branch: list[quotas.Quota], words: Any) -> HttpResponseBase:  # noqa: ANN401 -- a mapping of words
    headings = [
        _("Office or school"),
        _("Category"),
        _("Held"),
        _("Passed down"),
        _("Given to teachers"),
        _("Free"),
        _("Free seats kept until"),
        _("From"),
    ]
    lines = (
        (
            quota.organisation, words.get(quota.category, quota.category), quota.held, quota.passed_down, quota.given, quota.free,
            quota.return_by, quota.parent.organisation if quota.parent else None,
        )
        for quota in branch
    )  # fmt: skip
    return workbook_response(f"{_('Seats')} {project}", headings, lines)

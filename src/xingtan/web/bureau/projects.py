"""Projects: the list, a draft, what it offers, publishing and closing."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.formats import hours2
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.project_told import categories_told, conditions_told, segment_rows, timeline, ways_told

from .answers import form_page
from .project_forms import FilterForm, OfferForm, ProjectForm
from .project_pages.common import is_changeable, tried
from .project_pages.common import own_project as _own
from .project_pages.steps import steps_on
from .rulebook import said

CHIPS = {"draft": "plain", "published": "ok", "closed": "info", "cancelled": "stop"}
SORTS = {"title": "title", "opens": "opens_on", "closes": "closes_on", "organiser": "organiser__name", "offers": "offer_count"}


@require_safe
@allowed(projects.SEE_PROJECTS)
def project_list(request: Request) -> HttpResponseBase:
    """Projects of the branch and those published above it, searched, filtered, sorted, paged or as a workbook."""
    form = FilterForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    years = list(policies.years_for(request.actor))
    year_id = next((year.pk for year in years if year.year == wanted.get("year")), None)
    narrowed = {name: wanted.get(name, "") for name in ("q", "state", "tier", "kind")}
    rows = projects.projects_for(request.actor.scope, training_year_id=year_id, **narrowed).order_by(*order_of(request, SORTS, "-pk"))
    if request.GET.get("export") == "xlsx":
        return _workbook(rows)
    page = page_of(request, rows)
    shown = [(project, *_words(project)) for project in page.rows]
    facts = {"page_rows": page, "projects": shown, "years": years, "filters": form, "may_draft": request.actor.may(projects.PUBLISH)}
    return render(request, "bureau/projects.html", facts)


def _words(project: projects.Project) -> tuple[object, object, str]:
    return projects.STATE_LABELS[project.state], projects.TIER_LABELS[project.tier], CHIPS[project.state]


def _workbook(rows: QuerySet[projects.Project]) -> HttpResponseBase:
    headings = [
        pgettext("project", "Title"),
        _("Organiser"),
        _("Tier"),
        _("Training year"),
        _("First day"),
        _("Last day"),
        _("State"),
        _("Offers"),
    ]
    lines = (
        (
            str(p),
            str(p.organiser),
            str(projects.TIER_LABELS[p.tier]),
            p.training_year.year,
            p.opens_on,
            p.closes_on,
            _state(p),
            getattr(p, "offer_count", 0),
        )
        for p in rows
    )
    return workbook_response(_("Projects"), headings, lines)


def _state(project: projects.Project) -> str:
    return str(projects.STATE_LABELS[project.state])


@require_http_methods(["GET", "POST"])
@allowed(projects.PUBLISH)
def draft(request: Request) -> HttpResponse:
    """A new draft of one's own office."""
    office = Organisation.objects.within(request.actor.scope).filter(pk=request.actor.organisation_id or 0).first()
    if office is None:
        raise NotInScope
    form = ProjectForm(request.POST or None, request=request, organiser_kind=office.kind)
    if form.is_bound and form.is_valid():
        make = projects.draft_from_template if form.from_template else projects.draft_project
        made = tried(form, lambda: make(actor=request.actor, now=request.now, **form.facts()))
        if made is not None:
            return redirect("bureau:project", made.public_id)
    return form_page(request, "bureau/project_form.html", form, {"office": office})


@require_http_methods(["GET", "POST"])
@allowed(projects.PUBLISH)
def change(request: Request, pid: str) -> HttpResponse:
    """A draft's facts, to change."""
    project = _own(request, pid)
    form = ProjectForm(request.POST or None, request=request, organiser_kind=project.organiser.kind, project=project)
    if form.is_bound and form.is_valid():
        acted = tried(form, lambda: projects.change_project(actor=request.actor, project_id=project.pk, now=request.now, **form.facts()))
        if acted is not None:
            return redirect("bureau:project", pid)
    return form_page(request, "bureau/project_form.html", form, {"project": project})


@require_safe
@allowed(projects.SEE_PROJECTS)
def project(request: Request, pid: str) -> HttpResponse:
    """A project with its offers; for its own office also what can be done with it."""
    held = projects.project_in(request.actor.scope, pid)
    form = OfferForm(request=request, project=held) if is_changeable(request, held) else None
    return render(request, "bureau/project.html", {**_facts(request, held), "form": form})


@require_POST
@allowed(projects.PUBLISH)
def add_offer(request: Request, pid: str) -> HttpResponse:
    """The draft offers one thing more."""
    held = _own(request, pid)
    form = OfferForm(request.POST, request=request, project=held)
    if form.is_valid():
        made = tried(form, lambda: projects.add_offer(actor=request.actor, project_id=held.pk, now=request.now, **form.cleaned_data))
        if made is not None:
            return redirect("bureau:project", pid)
    return form_page(request, "bureau/project.html", form, _facts(request, held))


@require_POST
@allowed(projects.PUBLISH)
def remove_offer(request: Request, pid: str, offer: str) -> HttpResponse:
    """The draft offers it no longer."""
    held = _own(request, pid)
    found = next((one for one in projects.offers_of([held.pk])[held.pk] if one.public_id == offer), None)
    if found is None:
        raise NotInScope
    projects.remove_offer(actor=request.actor, offer_id=found.pk, now=request.now)
    return redirect("bureau:project", pid)


@require_POST
@allowed(projects.PUBLISH)
def publish(request: Request, pid: str) -> HttpResponse:
    """Schools may choose from it."""
    projects.publish(actor=request.actor, project_id=_own(request, pid).pk, now=request.now)
    messages.success(request, _("The project is published. Every school of the branch may choose from it."))
    return redirect("bureau:project", pid)


@require_POST
@allowed(projects.PUBLISH)
def close(request: Request, pid: str) -> HttpResponse:
    """Nobody chooses from it any more."""
    projects.close_project(actor=request.actor, project_id=_own(request, pid).pk, now=request.now)
    messages.success(request, _("The project is closed. What was chosen goes on."))
    return redirect("bureau:project", pid)


def _facts(request: Request, held: projects.Project) -> dict[str, object]:
    policy = policies.policy_of(held.training_year)
    names = {component.code: said(component.label) for component in policy.components}
    offers = projects.offers_of([held.pk])[held.pk]
    state, tier, chip = _words(held)
    rows = segment_rows(held)
    return {
        "rows": rows,
        "steps_on": steps_on(request.actor, held),
        "timeline": timeline(held, rows),
        "conditions": conditions_told(held),
        "categories": categories_told(held),
        "ways": ways_told(held),
        "steps": projects.STEPS_LABELS[held.approval_steps],
        "lacks": not (rows if held.has_seats else offers),
        "project": held,
        "state": state,
        "tier": tier,
        "chip": chip,
        "kind": projects.KIND_LABELS[held.kind],
        "offers": [
            (one, projects.OFFER_KIND_LABELS[one.kind], names.get(one.component, one.component), hours2(one.hours_centi)) for one in offers
        ],
        "is_own": request.actor.may(projects.PUBLISH) and request.actor.scope.holds(held.organiser.path),
        "is_draft": is_changeable(request, held),
    }

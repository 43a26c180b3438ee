"""What is published, for anyone: the list with search and filters, one project, the feed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from xingtan.domains.projects import api as projects
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.nav import address
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.project_told import categories_told, conditions_told, segment_rows, timeline, ways_told

from .access import ANYONE

SORTS = {"closes": "closes_on", "opens": "opens_on", "new": "published_at", "title": "title"}
WHEN = {
    "open": pgettext_lazy("application", "open now"),
    "coming": pgettext_lazy("application", "opens later"),
    "over": pgettext_lazy("application", "closed"),
}
FEED_ENTRIES = 50


class SearchForm(forms.Form):
    """What the list is narrowed to."""

    q = forms.CharField(required=False, max_length=80)
    when = forms.ChoiceField(required=False, choices=[("", gettext_lazy("Open or not")), *WHEN.items()])
    tier = forms.ChoiceField(required=False, choices=[("", gettext_lazy("All tiers")), *projects.TIER_LABELS.items()])
    kind = forms.ChoiceField(required=False, choices=[("", gettext_lazy("All kinds")), *projects.KIND_LABELS.items()])


def _found(request: Request) -> tuple[SearchForm, QuerySet[projects.Project]]:
    form = SearchForm(request.GET)
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    return form, projects.search_public(request.today, **{name: value for name, value in wanted.items() if value})


@require_safe
@allowed(ANYONE)
def project_list(request: Request) -> HttpResponseBase:
    """Published projects, searched, narrowed, sorted, paged or as a workbook."""
    form, found = _found(request)
    rows = found.order_by(*order_of(request, SORTS, "-opens_on"))
    if request.GET.get("export") == "xlsx":
        headings = [
            pgettext("project", "Title"),
            _("Organiser"),
            _("First day of application"),
            _("Last day of application"),
            pgettext("project", "Place"),
        ]
        return workbook_response(
            _("Projects"), headings, ((str(one), str(one.organiser), one.opens_on, one.closes_on, one.venue) for one in rows)
        )
    page = page_of(request, rows)
    shown = [(one, projects.TIER_LABELS[one.tier], projects.KIND_LABELS[one.kind], _when(request, one)) for one in page.rows]
    return render(request, "public/projects.html", {"page_rows": page, "rows": shown, "filters": form})


def _when(request: Request, one: projects.Project) -> str:
    if request.today < one.opens_on:
        return pgettext("application", "opens on %(day)s") % {"day": one.opens_on.isoformat()}
    if request.today > one.closes_on:
        return pgettext("application", "closed on %(day)s") % {"day": one.closes_on.isoformat()}
    return pgettext("application", "open until %(day)s") % {"day": one.closes_on.isoformat()}


@require_safe
@allowed(ANYONE)
def project(request: Request, pid: str) -> HttpResponse:
    """One published project: for whom, when, what it offers, how to apply; a cancelled one says why."""
    one = projects.public_project(pid)
    rows = segment_rows(one)
    facts = {
        "project": one,
        "tier": projects.TIER_LABELS[one.tier],
        "kind": projects.KIND_LABELS[one.kind],
        "rows": rows,
        "timeline": timeline(one, rows),
        "conditions": conditions_told(one),
        "categories": categories_told(one),
        "ways": ways_told(one),
        "steps": projects.STEPS_LABELS[one.approval_steps],
        "when": _when(request, one),
        "is_open": one.state == projects.ProjectState.PUBLISHED and one.opens_on <= request.today <= one.closes_on,
        "offers": projects.offers_of([one.pk])[one.pk],
        "apply": _apply(one),
    }
    return render(request, "public/project.html", facts)


def _apply(one: projects.Project) -> str:
    """Where a teacher goes from here: the year's own course selection, or the project's page of applications."""
    own = address("trainee:open_project", one.public_id)
    return own if one.has_seats else reverse("trainee:choose")


@require_safe
@allowed(ANYONE)
def feed(request: Request) -> HttpResponse:
    """What was published last, as Atom, for whoever reads feeds; narrowed like the list."""
    _form, found = _found(request)
    made = Atom1Feed(
        title=_("Projects for teachers"),
        link=request.build_absolute_uri(reverse("public:projects")),
        description=_("Training projects as they are published"),
        feed_url=request.build_absolute_uri(),
        language=request.LANGUAGE_CODE,
    )
    for one in found.order_by("-published_at", "-pk")[:FEED_ENTRIES]:
        made.add_item(
            title=str(one),
            link=request.build_absolute_uri(reverse("public:project", args=[one.public_id])),
            description=one.summary,
            author_name=str(one.organiser),
            pubdate=one.published_at or datetime(1970, 1, 1, tzinfo=UTC),
            updateddate=one.published_at,
            categories=[str(projects.TIER_LABELS[one.tier]), str(projects.KIND_LABELS[one.kind])],
        )
    answer = HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=300"
    return answer

"""A project's segments: the list to drag or move, one to add, change or take out."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.bureau.answers import OfficeForm, form_page
from xingtan.web.http import Request
from xingtan.web.project_told import segment_rows, timeline
from xingtan.web.words import refusal_sentence

from .common import is_changeable, own_project, tried
from .segment_forms import DaysForm, SegmentForm

PAGE, ONE = "bureau/projects/segments.html", "bureau/projects/segment.html"


@require_safe
@allowed(projects.PUBLISH)
def segments(request: Request, pid: str) -> HttpResponse:
    """The segments in their order; a draft's may be moved, and one added."""
    held = own_project(request, pid)
    form = SegmentForm(project=held) if is_changeable(request, held) else None
    return render(request, PAGE, {**_facts(request, held), "form": form})


@require_POST
@allowed(projects.PUBLISH)
def add(request: Request, pid: str) -> HttpResponse:
    """The draft ends with one segment more."""
    held = own_project(request, pid)
    form = SegmentForm(request.POST, project=held)
    if form.is_valid():
        made = tried(form, lambda: projects.add_segment(actor=request.actor, project_id=held.pk, values=form.values(), now=request.now))
        if made is not None:
            return redirect("bureau:segments", pid)
    return form_page(request, PAGE, form, _facts(request, held))


@require_POST
@allowed(projects.PUBLISH)
def order(request: Request, pid: str) -> HttpResponse:
    """The draft's segments stand in the order sent, with the one named in `up` or `down` a place further."""
    held = own_project(request, pid)
    ids = {one.public_id: one.pk for one in projects.segments_of([held.pk])[held.pk]}
    wanted = _moved(request.POST.getlist("segment"), request.POST.get("up", ""), request.POST.get("down", ""))
    try:
        sent = [ids.get(one, 0) for one in wanted]
        projects.order_segments(actor=request.actor, project_id=held.pk, segment_ids=sent, now=request.now)
    except Refused as refused:
        form = SegmentForm(project=held) if is_changeable(request, held) else None
        facts = {**_facts(request, held), "form": form, "refusal": refusal_sentence(refused)}
        return render(request, PAGE, facts, status=409)
    return redirect("bureau:segments", pid)


@require_http_methods(["GET", "POST"])
@allowed(projects.PUBLISH)
def change(request: Request, pid: str, segment: str) -> HttpResponse:
    """A segment's facts; of a published project only its days."""
    held = own_project(request, pid)
    row = _row(held, segment)
    make = SegmentForm if held.state == projects.ProjectState.DRAFT else DaysForm
    form = make(request.POST or None, project=held, segment=row)
    if form.is_bound and form.is_valid() and _changed(request, form, row) is not None:
        return redirect("bureau:segments", pid)
    is_open = held.state in {projects.ProjectState.DRAFT, projects.ProjectState.PUBLISHED}
    may = is_open and held.training_year.state == policies.YearState.OPEN
    return form_page(request, ONE, form, {"project": held, "segment": row, "may_change": may})


@require_POST
@allowed(projects.PUBLISH)
def remove(request: Request, pid: str, segment: str) -> HttpResponse:
    """The draft no longer has it."""
    row = _row(own_project(request, pid), segment)
    projects.remove_segment(actor=request.actor, segment_id=row.pk, now=request.now)
    messages.success(request, _("The segment “%(title)s” is taken out.") % {"title": row})
    return redirect("bureau:segments", pid)


def _changed(request: Request, form: OfficeForm, row: projects.Segment) -> projects.Segment | None:
    assert isinstance(form, DaysForm)  # noqa: S101 -- tells the type checker what its caller makes
    return tried(form, lambda: projects.change_segment(actor=request.actor, segment_id=row.pk, values=form.values(), now=request.now))


def _row(held: projects.Project, segment: str) -> projects.Segment:
    found = next((one for one in projects.segments_of([held.pk])[held.pk] if one.public_id == segment), None)
    if found is None:
        raise NotInScope
    return found


def _moved(order: list[str], up: str, down: str) -> list[str]:
    """The order with one of its names a place further up or down; past either end it stays."""
    for name, step in ((up, -1), (down, 1)):
        if name in order:
            at = order.index(name)
            order.insert(min(max(0, at + step), len(order) - 1), order.pop(at))
    return order


def _facts(request: Request, held: projects.Project) -> dict[str, object]:
    rows = segment_rows(held)
    may = is_changeable(request, held)
    return {
        "project": held,
        "rows": rows,
        "may_change": may,
        "timeline": timeline(held, rows),
        "total": sum(one.segment.hours_centi for one in rows),
    }

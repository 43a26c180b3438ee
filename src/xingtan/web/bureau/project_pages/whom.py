"""Whom a project is for: its conditions to take part and its categories of seats."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.projects import api as projects
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.bureau.answers import REFUSED, UNREADABLE
from xingtan.web.http import Request
from xingtan.web.project_told import categories_told, conditions_told, ways_told
from xingtan.web.words import refusal_sentence

from .common import is_changeable, own_project, tried
from .whom_forms import CategoryForm, ConditionsForm, category_forms

PAGE = "bureau/projects/whom.html"


@require_safe
@allowed(projects.PUBLISH)
def whom(request: Request, pid: str) -> HttpResponse:
    """Conditions as sentences and categories as a table; of a draft both may be changed."""
    held = own_project(request, pid)
    return _page(request, held, ConditionsForm(project=held), category_forms(None, held))


@require_POST
@allowed(projects.PUBLISH)
def conditions(request: Request, pid: str) -> HttpResponse:
    """The draft asks this of who takes part."""
    held = own_project(request, pid)
    form = ConditionsForm(request.POST, project=held)
    if form.is_valid():
        given = form.conditions()
        act = partial(projects.set_conditions, actor=request.actor, project_id=held.pk, now=request.now)
        if tried(form, lambda: act(conditions=given)) is not None:
            messages.success(request, _("The conditions are kept."))
            return redirect("bureau:whom", pid)
    return _page(request, held, form, category_forms(None, held), status=REFUSED if form.refusal else UNREADABLE)


@require_POST
@allowed(projects.PUBLISH)
def categories(request: Request, pid: str) -> HttpResponse:
    """The draft's seats are of these categories."""
    held = own_project(request, pid)
    rows = category_forms(request.POST, held)
    said, status = "", UNREADABLE
    readable = [row.is_valid() for row in rows]
    if all(readable):
        wanted = [row.category() for row in rows if not row.is_empty()]
        try:
            projects.set_categories(actor=request.actor, project_id=held.pk, categories=wanted, now=request.now)
            messages.success(request, _("The categories are kept."))
            return redirect("bureau:whom", pid)
        except Refused as refused:
            said, status = refusal_sentence(refused), REFUSED
    return _page(request, held, ConditionsForm(project=held), rows, said=said, status=status)


def _page(
    request: Request, held: projects.Project, form: ConditionsForm, rows: list[CategoryForm], *, said: str = "", status: int = 200
) -> HttpResponse:
    facts = {
        "project": held,
        "form": form,
        "rows": rows,
        "refusal": said,
        "may_change": is_changeable(request, held),
        "conditions": conditions_told(held),
        "categories": categories_told(held),
        "ways": ways_told(held),
        "steps": projects.STEPS_LABELS[held.approval_steps],
        "seats": projects.seats_planned(held),
    }
    return render(request, PAGE, facts, status=status)

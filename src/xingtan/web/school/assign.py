"""Choosing for those who have not chosen: the same courses and workshop for everyone who is ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence


@require_safe
@allowed(enrolment.ASSIGN)
def assign(request: Request) -> HttpResponse:
    """Who has not chosen, and what may be chosen for them."""
    return _page(request, request.GET.get("project", ""))


@require_POST
@allowed(enrolment.ASSIGN)
def assign_now(request: Request, pid: str) -> HttpResponse:
    """Everyone who was ticked has the choice; nobody, when one of them may not have it, and the page says why."""
    project = _project(request, pid)
    if project is None:
        raise NotInScope
    offers = {offer.public_id: offer.pk for offer in projects.offers_of([project.pk])[project.pk]}
    wanted = [one for one in (*request.POST.getlist("courses"), request.POST.get("workshop", "")) if one]
    if not wanted or any(one not in offers for one in wanted):
        return _page(request, pid, _("Choose courses and a workshop from the lists."), status=422)
    rows = [enrolment.Assignment(pk, project.pk, tuple(offers[one] for one in wanted)) for pk in _ticked(request)]
    try:
        made = enrolment.choose_for(actor=request.actor, rows=rows, now=request.now)
    except Refused as refused:
        return _page(request, pid, refusal_sentence(refused), status=409)
    messages.success(request, ngettext("Chosen for %(n)d teacher.", "Chosen for %(n)d teachers.", len(made)) % {"n": len(made)})
    return redirect("school:selections")


def _ticked(request: Request) -> list[int]:
    wanted = set(request.POST.getlist("ids"))
    found = list(teachers.teachers_in(request.actor.scope).filter(public_id__in=wanted).values_list("pk", flat=True))
    if len(found) != len(wanted):
        raise NotInScope
    return found


def _project(request: Request, pid: str) -> projects.Project | None:
    found = list(projects.open_projects(request.actor.scope, request.today))
    chosen = next((one for one in found if one.public_id == pid), None)
    return chosen if chosen or pid else next(iter(found), None)


def _page(request: Request, pid: str, refusal: str = "", status: int = 200) -> HttpResponse:
    project = _project(request, pid)
    if project is None:
        if pid:
            raise NotInScope
        return render(request, "school/assign.html", {"project": None})
    offers = projects.offers_of([project.pk])[project.pk]
    page = page_of(request, _without(request, project.training_year_id))
    context: dict[str, Any] = {
        "project": project,
        "projects": projects.open_projects(request.actor.scope, request.today),
        "refusal": refusal,
    }
    context |= {"page_rows": page, "rows": _rows(page.rows), "subjects": [(str(one), word) for one, word in teachers.SUBJECTS.items()]}
    context |= {"courses": [one for one in offers if one.kind == projects.OfferKind.COURSE]}
    context |= {"workshops": [one for one in offers if one.kind == projects.OfferKind.WORKSHOP]}
    return render(request, "school/assign.html", context, status=status)


def _without(request: Request, training_year_id: int) -> QuerySet[teachers.Teacher]:
    """The branch's teachers in post who have no choice for the year, filtered as the address says."""
    chosen = enrolment.chosen_teacher_ids(request.actor.scope, training_year_id)
    found = teachers.teachers_in_post(request.actor.scope).exclude(pk__in=chosen)
    if subject := request.GET.get("subject", ""):
        found = found.filter(subject=subject)
    return found.order_by("school__path", "name_pinyin", "pk")


def _rows(found: Sequence[teachers.Teacher]) -> list[tuple[teachers.Teacher, object, object]]:
    return [(one, teachers.STAGES[teachers.Stage(one.stage)], teachers.SUBJECTS[teachers.Subject(one.subject)]) for one in found]

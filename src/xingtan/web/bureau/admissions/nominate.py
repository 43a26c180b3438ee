"""Nominating by hand: the branch's teachers with what stands against each, ticked and handed in."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.admissions import api as door
from xingtan.domains.projects import api as projects
from xingtan.domains.quotas import api as quotas
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.bureau.quotas.shown import category_words
from xingtan.web.http import Request
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import refusal_sentence

from .common import MOST_TICKED, seated_project, tabs

SORTS = {"name": "name_pinyin", "school": "school__path", "subject": "subject", "title": "title"}
WAYS = {"nomination": door.NOMINATE, "placement": door.PLACE, "national": door.DECIDE}


@require_safe
@allowed(door.NOMINATE)
def nominate(request: Request, pid: str) -> HttpResponseBase:
    """Who could go, with the reasons for and against each."""
    return _page(request, seated_project(request, pid))


def _page(request: Request, project: projects.Project, *, error: str = "", status: int = 200) -> HttpResponseBase:
    found, q = teachers.teachers_in_post(request.actor.scope), request.GET.get("q", "").strip()
    subject = request.GET.get("subject", "")
    found = found.filter(name__icontains=q) if q else found
    found = found.filter(subject=subject) if subject in teachers.SUBJECTS else found
    rows = page_of(request, found.order_by(*order_of(request, SORTS, "school__path")))
    people = [one.pk for one in rows.rows]
    seen, standing = door.looks(project, people, request.now, is_sent=True), door.standing_of(project.pk, people)
    shown: dict[str, Any] = {
        "project": project,
        "tabs": tabs(request, project, "nominate"),
        "page_rows": rows,
        "rows": [
            (one, *_said(seen.get(one.pk)), _state(standing.get(one.pk)), teachers.SUBJECTS.get(one.subject, "")) for one in rows.rows
        ],
        "subjects": list(teachers.SUBJECTS.items()),
        "offers": projects.offers_of([project.pk])[project.pk],
        "ways": [
            (way, door.WAYS[way]) for way, right in WAYS.items() if request.actor.may(right) and (not project.ways or way in project.ways)
        ],
        "categories": _categories(project),
        "error": error,
        "kept": request.POST,
        "ticked": set(request.POST.getlist("ids")),
    }
    return render(request, "bureau/admissions/nominate.html", shown, status=status)


def _categories(project: projects.Project) -> list[tuple[str, str]]:
    """The categories that hold seats, with their words; all of them while none does: a wish for an empty one only waits."""
    words = category_words(project)
    held = [code for code in words if quotas.totals_of(project.pk, code)["held"]] if project.categories else []
    return [(code, words[code]) for code in held or words]


def _said(look: door.Look | None) -> tuple[list[str], list[str]]:
    """Sentences that shut out, and those that warn."""
    if look is None:
        return [], []
    warning = [str(door.finding_sentence(one)) for one in look.warning] + [str(door.MISMATCHES[one]) for one in look.mismatches]
    return [str(door.finding_sentence(one)) for one in look.blocking], warning


def _state(row: door.Application | None) -> tuple[str, str] | None:
    return (str(door.STATES[row.state]), door.CHIPS[row.state]) if row else None


@require_POST
@allowed(door.NOMINATE)
def nominate_send(request: Request, pid: str) -> HttpResponseBase:
    """The ticked teachers are handed in, all of them; refused, the page is as it was."""
    project = seated_project(request, pid)
    people = teachers.teachers_in(request.actor.scope).filter(public_id__in=request.POST.getlist("ids")[:MOST_TICKED])
    offers = {str(one.public_id): one.pk for one in projects.offers_of([project.pk])[project.pk]}
    choice, way = request.POST.get("choice", ""), request.POST.get("way", "nomination")
    if (choice and choice not in offers) or way not in WAYS:
        raise NotInScope
    plan = tuple(offers[one] for one in request.POST.getlist("plan") if one in offers) if way == "placement" else ()
    category = request.POST.get("category", "")[:32]
    wishes = [door.Wish(one.pk, offers.get(choice), category, plan) for one in people]
    reason = request.POST.get("reason", "")[:200]
    try:
        done = door.nominate(actor=request.actor, project_id=project.pk, wishes=wishes, way=door.Way(way), reason=reason, now=request.now)
    except Refused as refused:
        return _page(request, project, error=refusal_sentence(refused), status=409)
    messages.success(request, ngettext("%(n)s teacher handed in.", "%(n)s teachers handed in.", len(done)) % {"n": len(done)})
    return redirect("bureau:applications", pid)

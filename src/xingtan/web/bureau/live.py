"""The live view of a project: who studies now, who is behind, who stopped, who has not begun; for offices, schools and providers alike."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.calendar import local_day
from xingtan.domains.projects import api as projects
from xingtan.domains.supervision import api as room
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.formats import clock
from xingtan.web.parts.tables import ROWS, Page, order_of
from xingtan.web.words import refusal_sentence

SORTS = {"missing": "missing_s", "learned": "counted_s", "last": "last_on", "name": "teacher__name_pinyin", "school": "school__path"}
STATES = ("late", "", "now", *(one.value for one in room.Pace))
MOST_REMINDED = 2_000


@require_safe
@allowed(room.SEE_LIVE)
def projects_watched(request: Request) -> HttpResponse:
    """The live projects that have trainees to watch; where there is only one, that one."""
    found = room.watched(request.actor)
    if len(found) == 1:
        return redirect("bureau:live", found[0].public_id)
    rows = [(one, room.view_of(one, room.eyes_of(request.actor), request.now).total) for one in found]
    return render(request, "bureau/live_projects.html", {"rows": [(one, sums, bar(sums)) for one, sums in rows]})


@require_safe
@allowed(room.SEE_LIVE)
def live(request: Request, pid: str) -> HttpResponseBase:
    """The project as the actor's branch sees it; `branch` narrows it, `by=class` divides it by class, `still` stops the refreshing."""
    return _page(request, pid)


def _page(request: Request, pid: str, *, error: str = "", status: int = 200) -> HttpResponseBase:
    project = room.watched_project(request.actor, pid)
    seen, place = room.narrowed(room.eyes_of(request.actor), request.GET.get("branch", ""))
    view = room.view_of(project, seen, request.now, by_class=request.GET.get("by") == "class")
    state = request.GET.get("state", "late")
    filters = {
        "state": state if state in STATES else "late",
        "q": request.GET.get("q", "")[:60],
        "cohort": request.GET.get("class", "")[:20],
    }
    people = room.trainees_of(project, seen, request.now, **filters)
    if request.GET.get("export") == "xlsx":
        return _workbook(request, project, people)
    page = _paged(request, people, _known(view.total, filters))
    shown = {
        **_figures(request, project, view, place),
        "error": error,
        "filters": filters,
        "states": [
            ("late", _("Not begun, stopped or behind"), _late(view.total)),
            *_paces(view.total),
            ("now", _("Studying now"), view.total.now),
            ("", _("All"), view.total.trainees),
        ],
        "page_rows": page,
        "people": _people(request, project, page.rows),
        "may_remind": request.actor.may(room.REMIND),
    }
    is_part = request.htmx and request.htmx.target == "live-figures"
    return render(request, "bureau/live_figures.html" if is_part else "bureau/live.html", shown, status=status)


def _figures(request: Request, project: projects.Project, view: room.View, place: Any) -> dict[str, Any]:  # noqa: ANN401 -- an organisation or none
    return {
        "project": project,
        "place": place,
        "total": view.total,
        "tiles": [(pace, word, getattr(view.total, pace)) for pace, word, _count in _paces(view.total)],
        "whole": bar(view.total),
        "parts": [(part, bar(part.sums)) for part in view.parts],
        "head": view.head,
        "by_class": request.GET.get("by") == "class",
        "is_still": "still" in request.GET,
        "now": request.now,
        "minutes": room.NOW_S // 60,
        "is_late_day": view.head is not None and view.head.as_of_on < local_day(request.now),
    }


def _paces(sums: room.Sums) -> list[tuple[str, object, int]]:
    return [
        (pace.value, room.PACES[pace][1], getattr(sums, pace.value))
        for pace in (room.Pace.NOT_BEGUN, room.Pace.STOPPED, room.Pace.BEHIND, room.Pace.ON_TRACK, room.Pace.DONE)
    ]


def _late(sums: room.Sums) -> int:
    return sums.not_begun + sums.stopped + sums.behind


def _known(sums: room.Sums, filters: dict[str, str]) -> int | None:
    """How many rows the list has where the sums say it already; counting twenty thousand rows takes longer than all the rest."""
    if filters["q"] or filters["cohort"]:
        return None
    known = {"": sums.trainees, "late": _late(sums)} | {pace.value: getattr(sums, pace.value) for pace in room.Pace}
    return known.get(filters["state"])


def _paged(request: Request, people: Any, total: int | None) -> Page[Any]:  # noqa: ANN401 -- a query set of the room
    wanted = request.GET.get("page", "1")
    count = people.count() if total is None else total
    pages = max(1, -(-count // ROWS))
    number = min(pages, max(1, int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 9 else 1))
    rows = people.order_by(*order_of(request, SORTS, "counted_s"))[(number - 1) * ROWS : number * ROWS]
    return Page(rows=list(rows), number=number, pages=pages, total=count)


def _people(request: Request, project: projects.Project, rows: Iterable[room.LiveTrainee]) -> list[dict[str, Any]]:
    listed = list(rows)
    reminded = room.reminded_at(project.pk, [one.teacher_id for one in listed])
    at = int(request.now.timestamp())
    return [
        {
            "it": one,
            "pace": room.PACES[room.Pace(one.pace)],
            "is_now": one.last_at is not None and at - one.last_at <= room.NOW_S,
            "percent": min(one.counted_s * 100 // one.required_s, 100) if one.required_s else 0,
            "missing_s": max(one.required_s - one.counted_s, 0),
            "reminded_at": reminded.get(one.teacher_id),
            "may_remind": one.pace in (room.Pace.NOT_BEGUN, room.Pace.STOPPED, room.Pace.BEHIND),
        }
        for one in listed
    ]


def bar(sums: room.Sums) -> SafeString:
    """The trainees of a branch as one bar, by where they stand; its numbers stand beside it in the table."""
    if not sums.trainees:
        return format_html("{}", "")
    at, pieces = 0, []
    for pace in (room.Pace.DONE, room.Pace.ON_TRACK, room.Pace.BEHIND, room.Pace.STOPPED, room.Pace.NOT_BEGUN):
        width = getattr(sums, pace.value) * 1000 // sums.trainees
        pieces.append((at, width, pace.value))
        at += width
    drawn = format_html_join("", '<rect x="{}" y="0" width="{}" height="10" class="x-live-{}"/>', pieces)
    return format_html('<svg class="x-live-svg" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">{}</svg>', drawn)


def _workbook(request: Request, project: projects.Project, people: Any) -> HttpResponseBase:  # noqa: ANN401 -- a query set of the room
    headings = [
        _("Teacher"),
        _("School"),
        _("Class"),
        _("State"),
        _("Learned"),
        _("Counts"),
        _("Required"),
        _("Still missing"),
        _("Last study"),
    ]
    lines = (
        (
            one.teacher.name, one.school, one.cohort.title if one.cohort else "", room.PACES[room.Pace(one.pace)][1], clock(one.learned_s),
            clock(one.counted_s), clock(one.required_s), clock(max(one.required_s - one.counted_s, 0)), one.last_on,
        )
        for one in people.order_by(*order_of(request, SORTS, "counted_s")).iterator(chunk_size=1000)
    )  # fmt: skip
    return workbook_response(f"{_('Live view')} {project}", headings, lines)


@require_POST
@allowed(room.REMIND)
def remind(request: Request, pid: str) -> HttpResponseBase:
    """The ticked trainees who are behind have a message; who had one within a week is left out."""
    project = room.watched_project(request.actor, pid)
    wanted = set(request.POST.getlist("ids")[:MOST_REMINDED])
    ids = teachers.teacher_ids_of(wanted)
    if len(ids) != len(wanted):
        raise NotInScope
    try:
        told, left = room.remind(actor=request.actor, project=project, teacher_ids=set(ids.values()), now=request.now)
    except Refused as refused:
        return _page(request, pid, error=refusal_sentence(refused), status=409)
    messages.success(request, ngettext("%(n)s trainee reminded.", "%(n)s trainees reminded.", told) % {"n": told})
    if left:
        messages.info(
            request,
            ngettext(
                "%(n)s left out: not behind, or reminded within a week.", "%(n)s left out: not behind, or reminded within a week.", left
            )
            % {"n": left},
        )
    return redirect(f"{reverse('bureau:live', args=[pid])}?{request.GET.urlencode()}")

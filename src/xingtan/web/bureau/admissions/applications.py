"""A project's applications of the branch: searched, filtered, ticked, decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.admissions import api as door
from xingtan.domains.projects import api as projects
from xingtan.foundation.people.roles import Permission
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import refusal_sentence

from .common import ids_of, seated_project, tabs

SORTS = {"name": "teacher__name", "school": "school__path", "class": "choice__title", "applied": "applied_at", "state": "state"}
# What may be done to ticked rows: the button's word, whose right it is, whether it asks for a reason.
ACTS: Mapping[str, tuple[Promise, Permission, bool]] = {
    "approve": (pgettext_lazy("application", "Approve"), door.APPROVE, False),
    "return": (pgettext_lazy("application", "Send back"), door.APPROVE, True),
    "decline": (pgettext_lazy("application", "Decline"), door.APPROVE, True),
    "withdraw": (pgettext_lazy("application", "Withdraw"), door.CHANGE, True),
    "defer": (pgettext_lazy("application", "Defer"), door.CHANGE, True),
}


@require_safe
@allowed(door.SEE_APPLICATIONS)
def applications(request: Request, pid: str) -> HttpResponseBase:
    """The project's applications from the branch, those to decide first in line of work."""
    return page(request, seated_project(request, pid))


def page(request: Request, project: projects.Project, *, error: str = "", status: int = 200) -> HttpResponseBase:
    """The list with its tabs of states, or its workbook."""
    wanted = request.GET.get("state", "")
    state, way = wanted if wanted in door.STATES else "", request.GET.get("way", "")
    found = door.applications_in(
        request.actor.scope,
        project_id=project.pk,
        q=request.GET.get("q", "").strip(),
        states=[state] if state else [],
        way=way if way in door.WAYS else "",
    ).order_by(*order_of(request, SORTS, "-applied_at"))
    if request.GET.get("export") == "xlsx":
        heads = [_("Name"), _("School"), _("Class"), pgettext("admission", "Way in"), _("State"), _("Applied"), _("Reason")]
        return workbook_response(str(project), heads, (_cells(one) for one in found[:50_000]))
    counts = door.counts_by_state(request.actor.scope, project.pk)
    shown: dict[str, Any] = {
        "project": project,
        "tabs": tabs(request, project, "applications"),
        "page_rows": (rows := page_of(request, found)),
        "rows": [(one, door.STATES[one.state], door.CHIPS[one.state], door.WAYS[one.way]) for one in rows.rows],
        "states": [(value, word, counts[value]) for value, word in door.STATES.items() if counts[value]],
        "total": sum(counts.values()),
        "ways": list(door.WAYS.items()),
        "acts": [(name, word) for name, (word, right, _asks) in ACTS.items() if request.actor.may(right)],
        "error": error,
    }
    return render(request, "bureau/admissions/applications.html", shown, status=status)


def _cells(one: door.Application) -> tuple[object, ...]:
    words = str(door.WAYS[one.way]), str(door.STATES[one.state])
    return one.teacher.name, str(one.school), str(one.choice or ""), *words, one.applied_at, door.reason_said(one.reason)


@require_POST
@allowed(door.APPROVE)
def act(request: Request, pid: str) -> HttpResponseBase:
    """The ticked applications went as the button says, all of them; refused, the list stands as it was."""
    project = seated_project(request, pid)
    ids = ids_of(request, request.POST.getlist("ids"))
    name, reason = request.POST.get("act", ""), request.POST.get("reason", "")[:200]
    if name not in ACTS or not ids:
        return page(request, project, error=_("Tick at least one row."), status=422)
    try:
        done = _doing(name, reason)(actor=request.actor, ids=ids, now=request.now)
    except Refused as refused:
        return page(request, project, error=refusal_sentence(refused), status=409)
    messages.success(request, ngettext("%(n)s application decided.", "%(n)s applications decided.", done) % {"n": done})
    return redirect("bureau:applications", pid)


def _doing(name: str, reason: str) -> Callable[..., int]:
    reasoned = {"return": door.send_back, "decline": door.decline, "withdraw": door.withdraw, "defer": door.defer}
    return partial(reasoned[name], reason=reason) if name in reasoned else door.approve

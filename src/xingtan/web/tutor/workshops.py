"""The workshops that one leads: activities, parts that wait, batch decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.workshops import api as rooms
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence

from .forms import ActivityForm, ReturnForm

State = rooms.State
ALL = "all"
CHIPS = {State.HANDED_IN: "wait", State.CONFIRMED: "plain", State.RETURNED: "act"}


@dataclass(frozen=True, slots=True)
class LedShown:
    """A workshop that one leads, with its counts."""

    workshop: rooms.Workshop
    members: int
    waiting: int
    offered_centi: int


@dataclass(frozen=True, slots=True)
class ActivityCounted:
    """An activity and how many parts stand in each state."""

    activity: rooms.Activity
    waiting: int
    confirmed: int
    returned: int
    is_begun: bool


@require_safe
@allowed(rooms.LEAD_WORKSHOP)
def workshops(request: Request) -> HttpResponse:
    """My workshops; who leads one only is there at once."""
    found = list(rooms.led_workshops(request.actor))
    if len(found) == 1:
        return redirect("tutor:workshop", found[0].public_id)
    ids = [one.pk for one in found]
    members, waiting, offered = rooms.member_counts(ids), rooms.waiting_count(ids), rooms.offered_hours(ids)
    shown = [LedShown(one, members.get(one.pk, 0), waiting.get(one.pk, 0), offered.get(one.pk, 0)) for one in found]
    return render(request, "tutor/workshops.html", {"shown": shown})


@require_safe
@allowed(rooms.LEAD_WORKSHOP)
def workshop(request: Request, pid: str) -> HttpResponseBase:
    """One workshop: its activities with counts, and the parts; `export=xlsx` gives the parts as a workbook."""
    found = rooms.led_workshop(request.actor, pid)
    if request.GET.get("export") == "xlsx":
        return _exported(found, request)
    return _page(request, found)


def _page(request: Request, found: rooms.Workshop, *, status: int = 200, **facts: Any) -> HttpResponse:  # noqa: ANN401 -- what a template shows
    activities = counted(found, request)
    page = page_of(request, parts_wanted(found, request))
    counts = rooms.part_counts(found)
    shown = {
        "workshop": found,
        "activities": activities,
        "offered_centi": sum(one.activity.hours_centi for one in activities),
        "members": rooms.member_counts([found.pk]).get(found.pk, 0),
        "page_rows": page,
        "rows": [(part, CHIPS[State(part.state)], rooms.STATES[State(part.state)]) for part in page.rows],
        "state": state_wanted(request) or ALL,
        "facets": [(state.value, label, counts[state]) for state, label in ((State(key), word) for key, word in rooms.STATES.items())],
        "total": sum(counts.values()),
        "form": ActivityForm(initial={"opens_on": request.today}),
        "activity": next((one.activity for one in activities if one.activity.public_id == request.GET.get("activity")), None),
    }
    return render(request, "tutor/workshop.html", shown | facts, status=status)


def counted(found: rooms.Workshop, request: Request) -> list[ActivityCounted]:
    """The workshop's activities with their counts; two queries."""
    counts = rooms.counts_by_activity([found.pk])
    rows = []
    for activity in rooms.activities_of([found.pk]):
        own = counts.get(activity.pk, {})
        waiting, confirmed, returned = (own.get(state, 0) for state in (State.HANDED_IN, State.CONFIRMED, State.RETURNED))
        rows.append(ActivityCounted(activity, waiting, confirmed, returned, activity.opens_on <= request.today))
    return rows


def state_wanted(request: Request) -> str:
    """The state that the address asks for; those that wait unless it says otherwise, "" for all."""
    wanted = request.GET.get("state", State.HANDED_IN)
    return wanted if wanted in set(State) else "" if wanted == ALL else State.HANDED_IN


def parts_wanted(found: rooms.Workshop, request: Request) -> Any:  # noqa: ANN401 -- a query set of participations
    """The parts that the address asks for."""
    wanted = request.GET.get("activity", "")
    activity = rooms.led_activity(request.actor, wanted) if wanted else None
    return rooms.parts_in(
        found, state=state_wanted(request), activity_id=activity.pk if activity else None, q=request.GET.get("q", "").strip()
    )


def _exported(found: rooms.Workshop, request: Request) -> HttpResponseBase:
    headings = [_("Teacher"), _("School"), _("Activity"), _("Hours"), _("State"), _("Handed in"), _("Decided"), _("Comment")]
    rows = (
        (
            part.teacher.name,
            part.school,
            part.activity,
            part.activity.hours_centi / 100,
            rooms.STATES[State(part.state)],
            part.handed_in_at,
            part.decided_at,
            part.comment,
        )
        for part in parts_wanted(found, request).iterator(chunk_size=500)
    )
    return workbook_response(str(found), headings, rows)


@require_POST
@allowed(rooms.LEAD_WORKSHOP)
def add_activity(request: Request, pid: str) -> HttpResponse:
    """The workshop has one more activity."""
    found = rooms.led_workshop(request.actor, pid)
    form = ActivityForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, form=form)
    try:
        activity = rooms.add_activity(actor=request.actor, workshop_id=found.pk, values=form.cleaned_data, now=request.now)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _page(request, found, status=409, form=form)
    messages.success(request, _("“%(title)s” is added; the members see it now.") % {"title": activity.title})
    return redirect("tutor:workshop", found.public_id)


@require_POST
@allowed(rooms.LEAD_WORKSHOP)
def confirm(request: Request, pid: str) -> HttpResponse:
    """The ticked parts, or all that wait under the address's filters, are confirmed; their hours go on."""
    found = rooms.led_workshop(request.actor, pid)
    try:
        ids = all_meant(found, request) if "all" in request.POST else rooms.part_ids(found, ticked(request))
        count = rooms.confirm_participations(actor=request.actor, participation_ids=ids, now=request.now)
    except Refused as refused:
        return _page(request, found, status=409, refusal=refusal_sentence(refused))
    messages.success(request, ngettext("%(n)s part confirmed.", "%(n)s parts confirmed.", count) % {"n": count})
    return _back(request, found)


@require_POST
@allowed(rooms.LEAD_WORKSHOP)
def send_back(request: Request, pid: str) -> HttpResponse:
    """The ticked parts go back with the lead's words."""
    found = rooms.led_workshop(request.actor, pid)
    ids, form = rooms.part_ids(found, ticked(request)), ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, found, status=422, refusal=" ".join(map(str, form.errors["comment"])))
    comment = form.cleaned_data["comment"]
    try:
        count = rooms.return_participations(actor=request.actor, participation_ids=ids, comment=comment, now=request.now)
    except Refused as refused:
        return _page(request, found, status=409, refusal=refusal_sentence(refused), ticked=ticked(request), comment=comment)
    messages.success(request, ngettext("%(n)s part returned.", "%(n)s parts returned.", count) % {"n": count})
    return _back(request, found)


def all_meant(found: rooms.Workshop, request: Request) -> list[int]:
    """Every part that waits under the address's filters; refused as stale when they are not as many as the button said."""
    ids = list(parts_wanted(found, request).filter(state=State.HANDED_IN).values_list("pk", flat=True))
    if str(len(ids)) != request.POST["all"]:
        raise Refused("stale")
    return ids


def ticked(request: Request) -> list[str]:
    """The public ids of the ticked parts, each once."""
    return list(dict.fromkeys(request.POST.getlist("ids")))


def _back(request: Request, found: rooms.Workshop) -> HttpResponseRedirect:
    """The list as it was filtered."""
    response = redirect("tutor:workshop", found.public_id)
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(f"{response.url}?{query}") if query else response

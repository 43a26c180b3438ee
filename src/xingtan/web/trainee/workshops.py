"""The teacher's workshops and their activities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from xingtan.domains.workshops import api as rooms
from xingtan.foundation.db import writing
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.wording import worded
from xingtan.web.words import refusal_sentence

from .handing import HandInForm, keep_handed_in

Standing = rooms.Standing
CHIPS = {
    Standing.NOT_OPEN: "plain",
    Standing.TO_DO: "act",
    Standing.TO_MEND: "act",
    Standing.WAITS: "wait",
    Standing.CONFIRMED: "ok",
    Standing.MISSED: "plain",
}


@dataclass(frozen=True, slots=True)
class ActivityShown:
    """An activity with the teacher's own part in it and how it stands."""

    activity: rooms.Activity
    part: rooms.Participation | None
    standing: Standing

    @property
    def chip(self) -> str:
        """The chip's kind."""
        return CHIPS[self.standing]

    @property
    def word(self) -> str | Promise:
        """The standing's word."""
        return rooms.STANDINGS[self.standing]

    @property
    def is_open(self) -> bool:
        """True while something can be handed in."""
        return self.standing in {Standing.TO_DO, Standing.TO_MEND, Standing.WAITS}


@dataclass(frozen=True, slots=True)
class WorkshopShown:
    """A workshop, its activities, and the hours that its lead confirmed."""

    workshop: rooms.Workshop
    activities: tuple[ActivityShown, ...]

    @property
    def confirmed_centi(self) -> int:
        """Hundredths of an hour of confirmed activities."""
        return sum(one.activity.hours_centi for one in self.activities if one.standing is Standing.CONFIRMED)


def activity_shown(activity: rooms.Activity, part: rooms.Participation | None, today: date) -> ActivityShown:
    """The activity as it stands for the teacher on this day."""
    state = rooms.State(part.state) if part else None
    standing = rooms.standing(state, opens_on=activity.opens_on, closes_on=activity.closes_on, today=today)
    return ActivityShown(activity, part, standing)


def own_workshops(teacher_id: int, today: date) -> list[WorkshopShown]:
    """The teacher's workshops with every activity; a fixed number of queries."""
    mine = list(rooms.workshops_of_teacher(teacher_id))
    activities = list(rooms.activities_of(one.pk for one in mine))
    parts = rooms.own_parts(teacher_id, [activity.pk for activity in activities])
    return [WorkshopShown(one, _shown(one, activities, parts, today)) for one in mine]


def _shown(
    workshop: rooms.Workshop, activities: Iterable[rooms.Activity], parts: dict[int, rooms.Participation], today: date
) -> tuple[ActivityShown, ...]:
    return tuple(activity_shown(one, parts.get(one.pk), today) for one in activities if one.workshop_id == workshop.pk)


@require_safe
@allowed(rooms.TAKE_PART)
def workshops(request: Request) -> HttpResponse:
    """My workshops: what there is to do, until when, for how many hours, and what the lead confirmed."""
    return render(request, "trainee/workshops.html", {"shown": own_workshops(request.actor.teacher_id or 0, request.today)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@allowed(rooms.TAKE_PART)
def activity(request: Request, public_id: str) -> HttpResponse:
    """One activity: what to do, handing in, and what the lead said; a form handed in waits for the lead."""
    teacher_id = request.actor.teacher_id or 0
    found = rooms.activity_of_member(teacher_id, public_id)
    shown = activity_shown(found, rooms.own_parts(teacher_id, [found.pk]).get(found.pk), request.today)
    if request.method != "POST":
        form = HandInForm(initial={"text": shown.part.text} if shown.part else {})
        return render(request, "trainee/activity.html", facts_of(request, shown, form))
    form = HandInForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "trainee/activity.html", facts_of(request, shown, form), status=422)
    return _hand_in(request, shown, form)


def _hand_in(request: Request, shown: ActivityShown, form: HandInForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        # One transaction: a file whose part is refused is not kept.
        with writing():
            file = keep_handed_in(request, given["file"])
            rooms.hand_in_activity(actor=request.actor, activity_id=shown.activity.pk, text=given["text"], file=file, now=request.now)
    except Refused as refused:
        facts = facts_of(request, shown, form) | {"refusal": refusal_sentence(refused)}
        return render(request, "trainee/activity.html", facts, status=409)
    messages.success(request, _("Handed in. It waits for the workshop's lead now."))
    return redirect("trainee:activity", shown.activity.public_id)


def facts_of(request: Request, shown: ActivityShown, form: HandInForm) -> dict[str, Any]:
    """What the page shows."""
    one, part = shown.activity, shown.part
    at = int(part.handed_in_at.timestamp()) if part else 0
    return {
        "shown": shown,
        "activity": one,
        "part": part,
        "brief": worded(one.brief, one.brief_en),
        "form": form,
        "draft": f"activity.{request.actor.account_id}.{one.public_id}.{at}",
    }

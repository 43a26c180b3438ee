"""Study groups of villages without a line: the list, and one with its people, times, kits, hours and attendance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.kits import api as door
from xingtan.domains.policies import api as policies
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.words import refusal_sentence

from .circumstances import DAY, year_wanted

SHOWN_MEETINGS = 30


class EndForm(forms.Form):
    """The last day on which the group studies, and why."""

    last_on = forms.DateField(label=gettext_lazy("Last day"), widget=DAY)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300)


def clock(minute: int) -> str:
    """A minute of the day as people write it."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def moment(at: int) -> datetime:
    """An epoch second in local time."""
    return timezone.localtime(datetime.fromtimestamp(at, UTC))


@require_safe
@allowed(door.SEE_GROUPS)
def groups(request: Request) -> HttpResponse:
    """The branch's groups of a year with their figures."""
    year = year_wanted(request, request.GET.get("year", ""))
    page = page_of(request, door.groups_in(request.actor, year=year, q=request.GET.get("q", "")[:90]))
    figures = door.figures_of([one.pk for one in page.rows])
    shown = {
        "year": year,
        "years": list(policies.years_for(request.actor)),
        "list": page,
        "rows": [{"it": one, "figures": figures[one.pk]} for one in page.rows],
        "may_grant": request.actor.may(door.GRANT_GROUP),
        "may_receive": request.actor.may(door.RECEIVE),
    }
    return render(request, "bureau/groups.html", shown)


@require_safe
@allowed(door.SEE_GROUPS)
def group(request: Request, pid: str) -> HttpResponse:
    """One group."""
    return show_group(request, pid)


def show_group(request: Request, pid: str, *, form: EndForm | None = None, error: str = "", status: int = 200) -> HttpResponse:
    """The group's page, with a form's mistakes or a refusal."""
    found = door.group_in(request.actor, pid)
    modes = door.modes_of(policies.policy_of(found.training_year))
    if request.GET.get("export") == "xlsx":
        return _export(request.actor, found, modes)
    kits = door.kits_of(found)
    sheets = door.sheets_of(found)
    is_office = request.actor.may(door.GRANT_GROUP)
    shown = {
        "it": found,
        "people": _people(request.actor, found, modes),
        "times": [_time(one, modes, sheets, request) for one in door.times_of(found)],
        "kits": [_kit(one) for one in kits],
        "deliveries": [{"it": one, "how": door.HOWS[door.How(one.how)]} for one in door.deliveries_of(one.pk for one in kits)][:10],
        "meetings": _meetings(request.actor, found, kits),
        "end_form": (form or EndForm()) if is_office and found.ended_on is None else None,
        "may_make": request.actor.may(door.MAKE_KIT) and found.ended_on is None,
        "may_see_kits": request.actor.may(door.SEE_KITS),
        "may_key": request.actor.may(door.KEY_IN),
        "error": error,
    }
    return render(request, "bureau/group.html", shown, status=status)


def _people(actor: Actor, found: door.StudyGroup, modes: dict[str, tuple[str, str]]) -> list[dict[str, Any]]:
    hours = door.hours_of(found)
    nothing = door.Hours(0, {}, ())
    return [
        {
            "it": one,
            "hours": hours.get(one.teacher_id, nothing),
            "modes": [
                (door.mode_word(modes, code) or "–", seconds) for code, seconds in hours.get(one.teacher_id, nothing).by_mode.items()
            ],
            "is_leader": one.teacher_id == found.leader_id,
        }
        for one in door.members_of(found, actor)
    ]


def _time(one: door.GroupTime, modes: dict[str, tuple[str, str]], sheets: dict[int, door.PaperSheet], request: Request) -> dict[str, Any]:
    return {
        "it": one,
        "from": clock(one.from_minute),
        "to": clock(one.to_minute),
        "mode": door.mode_word(modes, one.mode),
        "sheet": sheets.get(one.pk),
        "is_past": one.on <= request.today,
    }


def _kit(one: door.Kit) -> dict[str, Any]:
    state = door.KitState(one.state)
    return {"it": one, "state": door.KIT_STATES[state], "chip": door.KIT_CHIPS[state], "doubts": sum(one.doubts.values())}


def _meetings(actor: Actor, found: door.StudyGroup, kits: Sequence[door.Kit]) -> list[dict[str, Any]]:
    """The sessions that kits told of; a school sees its own people's names only."""
    names = {one.teacher.public_id: one.teacher.name for one in door.members_of(found, actor)}
    shown = []
    for kit, meeting, reading in door.meetings_of(kits)[:SHOWN_MEETINGS]:
        end = meeting.closed_at or meeting.latest
        came = {stay.person for stay in reading.stays if meeting.opened_at <= stay.start <= end}
        shown.append(
            {
                "kit": kit,
                "opened_at": moment(meeting.opened_at),
                "end": moment(end) if end else None,
                "is_closed": meeting.is_confirmed,
                "came": [names[pid] for pid in names if pid in came],
                "count": len(came),
                "signed": len(meeting.signed & came),
            }
        )
    return shown


def _export(actor: Actor, found: door.StudyGroup, modes: dict[str, tuple[str, str]]) -> HttpResponse:
    headings = [_("Name"), _("School"), _("Days"), _("Seconds"), *(door.mode_word(modes, code) for code in modes)]
    rows = (
        (
            one["it"].teacher.name,
            one["it"].teacher.school,
            len(one["hours"].days),
            one["hours"].seconds,
            *(one["hours"].by_mode.get(code, 0) for code in modes),
        )
        for one in _people(actor, found, modes)
    )
    return workbook_response(f"{found.name} {found.training_year.year}", headings, rows)  # type: ignore[return-value]  # -- a file is an answer too


@require_POST
@allowed(door.GRANT_GROUP)
def end(request: Request, pid: str) -> HttpResponse:
    """The grant ends with the form's day, and hours after it count no more."""
    found = door.group_in(request.actor, pid)
    form = EndForm(request.POST)
    if not form.is_valid():
        return show_group(request, pid, form=form, status=422)
    try:
        door.end_group(actor=request.actor, group_id=found.pk, now=request.now, **form.cleaned_data)
        door.count_members(found.pk, request.now)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return show_group(request, pid, form=form, status=409)
    messages.success(request, _("The grant ends with this day."))
    return redirect("bureau:group", pid)

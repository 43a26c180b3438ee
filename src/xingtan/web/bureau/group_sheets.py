"""Attendance sheets of a group: printed for its times, and keyed in with their scan."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from xingtan.domains.certificates import api as certificates
from xingtan.domains.kits import api as door
from xingtan.domains.policies import api as policies
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import keep_file
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.paper import list_response
from xingtan.web.words import refusal_sentence

from .circumstances_add import TYPES
from .groups import clock

KIND = "group_sheet"
SHOWN_ROWS = 4
MOST_SHEETS = 60
CHINESE = "zh-hans"


@require_safe
@allowed(door.SEE_GROUPS)
def sheets_pdf(request: Request, pid: str) -> HttpResponse:
    """An attendance sheet for each coming time (or the one that the address names), to be signed by hand."""
    found = door.group_in(request.actor, pid)
    modes = door.modes_of(policies.policy_of(found.training_year))
    wanted = request.GET.get("time", "")
    times = [one for one in door.times_of(found) if (str(one.pk) == wanted if wanted else one.on >= request.today)][:MOST_SHEETS]
    people = [[one.teacher.name, str(one.teacher.school.name)] for one in door.members_of(found)]
    title = f"{found.name}　集中学习签到表"
    with translation.override(CHINESE):
        pages = [
            {"on": one.on.isoformat(), "from": clock(one.from_minute), "to": clock(one.to_minute), "mode": door.mode_word(modes, one.mode)}
            for one in times
        ]
        head = {
            "year": found.training_year.year,
            "place": str(found.place.name if found.place else found.place_note),
            "leader": found.leader.name,
        }
    if not pages:
        raise Refused("nothing_to_print")
    data = {"title": title, "group": found.name, "county": found.county.name, **head, "people": people, "pages": pages}
    return list_response(title, certificates.set_sheet("attendance", data))


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.KEY_IN)
def sheet(request: Request, pid: str, time_id: int) -> HttpResponse:
    """The signed sheet of one time, keyed in: what was shown, who was there, from when to when."""
    found = door.group_in(request.actor, pid)
    time = next((one for one in door.times_of(found) if one.pk == time_id), None)
    if time is None:
        raise NotInScope("time")
    if request.method != "POST":
        return _page(request, found, time)
    try:
        shown, there = _shown(request.POST), _there(request.POST, found)
        door.key_in(actor=request.actor, time_id=time.pk, shown=shown, there=there, scan=_scan(request), now=request.now)
    except Refused as refused:
        return _page(request, found, time, error=refusal_sentence(refused), status=409)
    except ValueError:
        return _page(request, found, time, error=_("Write times as hours and minutes, 09:30."), status=422)
    messages.success(request, _("Kept; the hours follow."))
    return redirect("bureau:group", pid)


def _page(request: Request, found: door.StudyGroup, time: door.GroupTime, *, error: str = "", status: int = 200) -> HttpResponse:
    kept = door.sheets_of(found).get(time.pk)
    was = {row[0]: (clock(row[1]), clock(row[2])) for row in kept.there} if kept else {}
    given = request.POST
    shown = {
        "it": found,
        "time": time,
        "from": clock(time.from_minute),
        "to": clock(time.to_minute),
        "kept": kept,
        "people": [_row(one, was, given, time) for one in door.members_of(found)],
        "films": [_film(place, kept, given) for place in range(SHOWN_ROWS)],
        "units": door.study_units(found),
        "error": error,
    }
    return render(request, "bureau/group_sheet.html", shown, status=status)


def _row(one: door.GroupMember, was: dict[int, tuple[str, str]], given: QueryDict, time: door.GroupTime) -> dict[str, Any]:
    pk = one.teacher_id
    first, last = was.get(pk, (clock(time.from_minute), clock(time.to_minute)))
    is_there = f"there-{pk}" in given if given else pk in was
    return {"it": one.teacher, "is_there": is_there, "from": given.get(f"from-{pk}", first), "to": given.get(f"to-{pk}", last)}


def _film(place: int, kept: door.PaperSheet | None, given: QueryDict) -> dict[str, Any]:
    was = kept.shown[place] if kept and place < len(kept.shown) else None
    names = (
        {"unit": str(was[0]), "from": clock(was[1]), "to": clock(was[2]), "at": was[3] // 60}
        if was
        else {"unit": "", "from": "", "to": "", "at": 0}
    )
    return {"place": place, **{name: given.get(f"{name}-film-{place}", value) for name, value in names.items()}}


def _minute(text: str) -> int:
    hours, _colon, minutes = text.strip().partition(":")
    return int(hours) * 60 + int(minutes)


def _shown(given: QueryDict) -> list[door.Shown]:
    rows = []
    for place in range(SHOWN_ROWS):
        if unit := given.get(f"unit-film-{place}", ""):
            first, last = (_minute(given.get(f"{name}-film-{place}", "")) for name in ("from", "to"))
            rows.append(door.Shown(int(unit), first, last, 60 * int(given.get(f"at-film-{place}") or 0)))
    return rows


def _there(given: QueryDict, found: door.StudyGroup) -> list[door.There]:
    ids = [one.teacher_id for one in door.members_of(found) if f"there-{one.teacher_id}" in given]
    return [door.There(pk, _minute(given.get(f"from-{pk}", "")), _minute(given.get(f"to-{pk}", ""))) for pk in ids]


def _scan(request: Request) -> StoredFile | None:
    sent = request.FILES.get("scan")
    if not isinstance(sent, UploadedFile):
        return None
    name = str(sent.name)
    media_type = TYPES.get(name.lower().rpartition(".")[2])
    if media_type is None:
        raise Refused("file_is_not_what_it_says", media_type=name.rpartition(".")[2])
    return keep_file(sent.chunks(), kind=KIND, name=name, media_type=media_type, actor=request.actor, now=request.now)

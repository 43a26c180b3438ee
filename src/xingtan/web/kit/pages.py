"""Pages of a kit that only show: home, the open session, what is recorded and what still has to be carried."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from xingtan.domains.kits import api as kits
from xingtan.foundation.db import uuid7
from xingtan.foundation.refusal import Refused
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from . import desk

KINDS = ("video", "document", "quiz")


def moment(at: int) -> datetime:
    """An epoch second as the page's local time."""
    return timezone.localtime(datetime.fromtimestamp(at, UTC))


def frame() -> dict[str, Any]:
    """What every page shows above its content."""
    kit = desk.the_kit()
    return {"kit": kit.manifest, "group": kit.manifest["group"], "waiting": desk.waiting_blocks()}


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page in a kit."""
    return render(request, "kit/message.html", {**frame(), "sentence": ""}, status=404)


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the kit's folder and its book can be read."""
    desk.the_kit().head()
    return HttpResponse("ready\n", content_type="text/plain")


@require_safe
def home(request: Request) -> HttpResponse:
    """What comes next: the open session, or the time at which the leader may open one."""
    return show_home(request)


def show_home(request: Request, refused: Refused | None = None) -> HttpResponse:
    """The home page, with the sentence of a refusal."""
    kit, now = desk.the_kit(), desk.now_s()
    clock = ""
    try:
        kit.refuse_clock(now)
    except Refused as wrong:
        clock = str(refusal_sentence(wrong))
    ahead = [one for one in kit.times if one.end > now]
    shown = {
        **frame(),
        "now": moment(now),
        "clock": clock,
        "error": refusal_sentence(refused) if refused else "",
        "open": desk.open_session(now),
        "time": kit.time_now(now),
        "leader": kit.people[kit.manifest["group"]["leader"]],
        "ahead": [_time(one) for one in ahead[:6]],
        "left": max(len(ahead) - 6, 0),
        "token": uuid7(),
    }
    return render(request, "kit/home.html", shown, status=409 if refused else 200)


def _time(one: Any) -> dict[str, Any]:  # noqa: ANN401 -- a fixed time of the room
    modes = {code: (word["zh"], word["en"]) for code, word in desk.the_kit().manifest["modes"].items()}
    return {"start": moment(one.start), "end": moment(one.end), "mode": kits.mode_word(modes, one.mode)}


@require_safe
def session(request: Request) -> HttpResponse:
    """The open session: who is there, what can be played, who signed off."""
    return show_session(request)


def show_session(request: Request, refused: Refused | None = None) -> HttpResponse:
    """The session's page, with the sentence of a refusal."""
    found = desk.open_session(desk.now_s())
    if found is None:
        return show_home(request, refused)
    kit = desk.the_kit()
    shown = {
        **frame(),
        "open": found,
        "until": moment(found.until),
        "error": refusal_sentence(refused) if refused else "",
        "people": [_person(found, one) for one in desk.people()],
        "there": [one for one in desk.people() if one["id"] in found.there],
        "courses": [_course(one, found) for one in kit.manifest["courses"]],
        "leader": kit.people[kit.manifest["group"]["leader"]],
        "token": uuid7(),
    }
    return render(request, "kit/session.html", shown, status=409 if refused else 200)


def _person(found: desk.Open, one: dict[str, Any]) -> dict[str, Any]:
    stays = [stay for stay in found.reading.stays if stay.person == one["id"]]
    return {
        **one,
        "is_there": one["id"] in found.there,
        "since": moment(found.meeting.here[one["id"]]) if one["id"] in found.there else None,
        "left": moment(stays[-1].end) if stays and one["id"] not in found.there else None,
        "has_signed": one["id"] in found.meeting.signed,
    }


def _course(course: dict[str, Any], found: desk.Open) -> dict[str, Any]:
    units = [_unit(one, found) for one in course["units"] if one["kind"] in KINDS]
    whose = [one["name"] for one in desk.people() if course["id"] in one["courses"]]
    return {**course, "units": units, "whose": whose}


def _unit(unit: dict[str, Any], found: desk.Open) -> dict[str, Any]:
    place = desk.the_kit().frame.units[unit["id"]][0]
    return {**unit, "played_s": desk.covered_s(one for one in found.reading.plays if one.unit_id == place)}


@require_safe
def records(request: Request) -> HttpResponse:
    """Every session of this kit with who came, and how much still has to be carried to the centre."""
    return show_records(request)


def show_records(request: Request, *, refused: Refused | None = None, said: str = "") -> HttpResponse:
    """The page of records, with what a delivery said."""
    kit = desk.the_kit()
    lines = kits.KitLine.objects.exclude(what=kits.What.PLAYED).order_by("block__height", "place")
    reading = kits.read_lines(kit.frame, (kits.Arrived(one.source, one.body) for one in lines), is_over=False)
    meetings = sorted(reading.meetings.values(), key=lambda one: -one.opened_at)
    shown = {
        **frame(),
        "meetings": [_meeting(one, reading) for one in meetings],
        "height": kit.head()[0],
        "acknowledged": kit.acknowledged(),
        "acknowledged_at": moment(int(kit.acknowledged()["at"])) if kit.acknowledged() else None,
        "error": refusal_sentence(refused) if refused else "",
        "said": said,
    }
    return render(request, "kit/records.html", shown, status=409 if refused else 200)


def _meeting(one: Any, reading: Any) -> dict[str, Any]:  # noqa: ANN401 -- a session of the room
    kit = desk.the_kit()
    end = one.closed_at or one.latest
    came = {stay.person for stay in reading.stays if one.opened_at <= stay.start < max(end, one.opened_at + 1)} | set(one.here)
    return {
        "opened_at": moment(one.opened_at),
        "end": moment(end) if end else None,
        "is_closed": one.is_confirmed,
        "came": [kit.people[pid]["name"] for pid in kit.people if pid in came],
        "signed": len(one.signed & came),
        "units": [kit.unit_at(place) for place in dict.fromkeys(one.units)],
    }


@require_safe
def records_file(request: Request) -> StreamingHttpResponse:
    """Everything as a file for a stick."""
    kit = desk.the_kit()

    def lines() -> Iterator[str]:
        for line in kits.file_lines(kit, kit.uuid):
            yield f"{line}\n"

    response = StreamingHttpResponse(lines(), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="kit-{kit.uuid[:8]}-{kit.head()[0]}.xtk"'
    return response

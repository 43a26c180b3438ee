"""What people do on a kit's pages: open and close a session, sign in, leave, sign off, begin to play, deliver."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from xingtan.domains.kits import api as kits
from xingtan.foundation.db import uuid7
from xingtan.foundation.refusal import Refused
from xingtan.web.http import Request

from . import desk, pages

SIGNS = {"came": kits.What.CAME, "left": kits.What.LEFT, "signed": kits.What.SIGNED}


def plainly(act: Callable[[Request], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """A refusal shows the page again with its sentence."""

    @wraps(act)
    def inside(request: Request) -> HttpResponse:
        try:
            return act(request)
        except Refused as refused:
            return pages.show_session(request, refused)

    return inside


def token_of(request: Request, *said: str) -> str:
    """The form's own id with what was said on it, so that a form sent twice is one line; a new one when it has none."""
    try:
        return ":".join((str(UUID(request.POST.get("token", ""))), *said))
    except ValueError:
        return str(uuid7())


def leader() -> str:
    """The person who signs for the group."""
    return str(desk.the_kit().manifest["group"]["leader"])


@require_POST
@plainly
def open_session(request: Request) -> HttpResponse:
    """A session of the timetable is open, signed by the leader."""
    kit, now = desk.the_kit(), desk.now_s()
    kit.refuse_clock(now)
    if desk.open_session(now):
        return redirect("kit:session")
    if kit.time_now(now) is None:
        raise Refused("kit_outside_times")
    desk.check_code(leader(), request.POST.get("pin", ""))
    kit.write(kits.What.OPENED, source=token_of(request), session=str(uuid7()), person=leader())
    return redirect("kit:session")


@require_POST
@plainly
def sign(request: Request) -> HttpResponse:
    """The person came, left, or confirmed being there, with the own code."""
    found = desk.session_or_refuse(desk.now_s())
    person, what = request.POST.get("person", ""), SIGNS.get(request.POST.get("act", ""), kits.What.CAME)
    desk.check_code(person, request.POST.get("pin", ""))
    if (what is kits.What.CAME) == (person in found.there) and what is not kits.What.SIGNED:
        return redirect("kit:session")
    desk.the_kit().write(what, source=token_of(request, person, what.value), session=found.session, person=person)
    return redirect("kit:session")


@require_POST
@plainly
def start(request: Request) -> HttpResponse:
    """A player is open, for the group or for one person who is there and gave the own code; a quiz is always one person's."""
    found, kit = desk.session_or_refuse(desk.now_s()), desk.the_kit()
    unit, person = kit.units.get(request.POST.get("unit", "")), request.POST.get("person", "")
    if unit is None or (person and person not in found.there) or (unit["kind"] == "quiz" and not person):
        raise Refused("kit_not_there")
    if person:
        desk.check_code(person, request.POST.get("pin", ""))
    player = str(uuid7())
    said = {"session": found.session, "player": player, "unit": unit["id"], "person": person}
    if unit["kind"] == "quiz":
        request.session["quiz"] = [found.session, unit["id"], person]
        return redirect("kit:quiz", unit["id"])
    kit.write(kits.What.STARTED, source=token_of(request, unit["id"], person), **said)
    return redirect("kit:play", player)


@require_POST
@plainly
def close(request: Request) -> HttpResponse:
    """The session is over, signed by the leader; whoever is still there leaves with it."""
    found = desk.session_or_refuse(desk.now_s())
    desk.check_code(leader(), request.POST.get("pin", ""))
    desk.the_kit().write(kits.What.CLOSED, source=token_of(request), session=found.session, person=leader())
    return redirect("kit:records")


@require_POST
def deliver(request: Request) -> HttpResponse:
    """The centre has everything, when there is a line; broken off, the same again goes on."""
    kit = desk.the_kit()
    try:
        done = kits.sync(kit, request.POST.get("to", "").strip() or str(kit.manifest["centre"]))
    except kits.LineBroken:
        said = _("There is no line to the centre now, or it broke. Nothing is lost: try again, or take a file on a stick.")
        return pages.show_records(request, said=said)
    except kits.CentreRefused as refused:
        return pages.show_records(request, refused=Refused(refused.code))
    return pages.show_records(request, said=_("Delivered: %(n)s new blocks.") % {"n": done.new})

"""Kits of a group for the county: make, download, codes, what arrived, forks, withdrawal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.certificates import api as certificates
from xingtan.domains.kits import api as door
from xingtan.foundation.audit.log import record
from xingtan.foundation.jobs.run import start_job
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.paper import list_response
from xingtan.web.words import refusal_sentence

from .groups import moment


@require_POST
@allowed(door.MAKE_KIT)
def make(request: Request, pid: str) -> HttpResponse:
    """A kit of the group is being made in the background."""
    found = door.group_in(request.actor, pid)
    params = {"group": found.pk, "back": reverse("bureau:group", args=[pid])}
    job = start_job(actor=request.actor, kind=door.MAKE_JOB, params=params, now=request.now)
    return redirect("public:job", job.public_id)


@require_safe
@allowed(door.SEE_KITS)
def kit(request: Request, uuid: UUID) -> HttpResponse:
    """One kit: its state, its people's codes for the county, what is in doubt, forks that wait for a decision."""
    return _page(request, uuid)


def _page(request: Request, uuid: UUID, *, error: str = "", status: int = 200) -> HttpResponse:
    found = _found(request, uuid)
    state = door.KitState(found.state)
    shown = {
        "it": found,
        "state": door.KIT_STATES[state],
        "chip": door.KIT_CHIPS[state],
        "doubts": [(door.DOUBTS[door.Doubt(code)], n) for code, n in found.doubts.items() if code in set(door.Doubt)],
        "standing": door.standing_of(found),
        "forks": [_fork(one) for one in door.forks_of(found)],
        "deliveries": [{"it": one, "how": door.HOWS[door.How(one.how)]} for one in door.deliveries_of([found.pk])],
        "has_zip": door.zip_place(found).exists(),
        "may_make": request.actor.may(door.MAKE_KIT),
        "may_decide": request.actor.may(door.DECIDE_FORK),
        "may_withdraw": request.actor.may(door.MAKE_KIT) and state is not door.KitState.WITHDRAWN,
        "error": error,
    }
    return render(request, "bureau/kit.html", shown, status=status)


def _found(request: Request, uuid: UUID) -> door.Kit:
    return door.kit_in(request.actor, uuid)


def _fork(one: door.ForkShown) -> dict[str, Any]:
    ways = [
        {"it": way, "first": moment(way.first_at), "last": moment(way.last_at), "is_chosen": way.digest in one.chosen} for way in one.ways
    ]
    return {"it": one.fork, "ways": ways, "is_decided": bool(one.chosen)}


@require_safe
@allowed(door.MAKE_KIT)
def download(request: Request, uuid: UUID) -> HttpResponseBase:
    """The kit as one file, as long as nothing was heard of it."""
    found = _found(request, uuid)
    place = door.zip_place(found)
    if not place.exists():
        raise Refused("kit_file_gone")
    record(request.actor, "kits.downloaded", "kit", [found.pk], now=request.now)
    response = FileResponse(place.open("rb"), content_type="application/zip")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{found.group.name}-{found.number}')}.zip"
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
@allowed(door.MAKE_KIT)
def codes_pdf(request: Request, uuid: UUID) -> HttpResponse:
    """Each person's code on a slip, to be cut and handed out; that it was printed is in the audit log."""
    found = _found(request, uuid)
    rows = [[one.teacher.name, str(one.teacher.school.name), door.PIN_BOX.open(one.pin_closed)] for one in door.kit_people(found)]
    record(request.actor, "kits.codes_printed", "kit", [found.pk], now=request.now)
    title = f"{found.group.name}　签到码（第 {found.number} 套）"
    return list_response(title, certificates.set_sheet("kit_codes", {"title": title, "group": found.group.name, "rows": rows}))


@require_POST
@allowed(door.RECEIVE)
def receive(request: Request) -> HttpResponse:
    """A file from a stick is taken in; what it brought is said."""
    sent = request.FILES.get("file")
    pid = request.POST.get("group", "")
    if sent is None:
        messages.error(request, _("Choose the file from the stick."))
        return redirect("bureau:group", pid) if pid else redirect("bureau:groups")
    try:
        text = sent.read().decode("utf-8", errors="replace")
        done = door.receive_file(text, actor=request.actor, now=request.now)
    except Refused as refused:
        messages.error(request, refusal_sentence(refused))
        return redirect("bureau:group", pid) if pid else redirect("bureau:groups")
    _say(request, done)
    return redirect("bureau:group", done.kits[0].group.public_id)


def _say(request: Request, done: door.FileReceived) -> None:
    told = ngettext("%(n)s new block taken in.", "%(n)s new blocks taken in.", done.new) % {"n": done.new}
    known = _("Known already: %(n)s.") % {"n": done.known}
    messages.success(request, f"{told} {known}")
    if not done.is_whole:
        messages.warning(request, _("The file broke off: what it held is taken in. Copy it again for the rest."))


@require_POST
@allowed(door.MAKE_KIT)
def withdraw(request: Request, uuid: UUID) -> HttpResponse:
    """Nothing more is taken from the kit."""
    found = _found(request, uuid)
    try:
        door.withdraw_kit(actor=request.actor, kit_id=found.pk, reason=request.POST.get("reason", "")[:300], now=request.now)
    except Refused as refused:
        return _page(request, uuid, error=refusal_sentence(refused), status=409)
    door.forget_zip(found)
    messages.success(request, _("Withdrawn: what the kit delivered stays, nothing more is taken from it."))
    return redirect("bureau:kit", uuid)


@require_POST
@allowed(door.DECIDE_FORK)
def fork(request: Request, uuid: UUID) -> HttpResponse:
    """The chosen ways of a fork stand."""
    found = _found(request, uuid)
    ways: Sequence[str] = request.POST.getlist("ways")
    try:
        door.decide_fork(
            actor=request.actor,
            kit_id=found.pk,
            previous=request.POST.get("previous", ""),
            chosen=ways,
            reason=request.POST.get("reason", "")[:300],
            now=request.now,
        )
    except Refused as refused:
        return _page(request, uuid, error=refusal_sentence(refused), status=409)
    messages.success(request, _("Decided; the hours follow."))
    return redirect("bureau:kit", uuid)

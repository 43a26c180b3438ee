"""Playing a unit on a kit: its page, its files, what was played, a quiz."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.domains.kits import api as kits
from xingtan.foundation.db import uuid7
from xingtan.foundation.refusal import Refused
from xingtan.web.http import Request
from xingtan.web.parts.ranges import ranged
from xingtan.web.words import refusal_sentence

from . import acts, desk, pages

NUMBERS = {"seq": 2**31, "from_s": 10**7, "to_s": 10**7, "rate_centi": 10**4, "signs": 8}
PLAYED = kits.What.PLAYED


def started(player: str) -> dict[str, Any]:
    """What the player's first line says; 404 when there is none."""
    rows = kits.KitLine.objects.filter(what=kits.What.STARTED, body__player=player)
    line = rows.first()
    if line is None:
        raise Http404
    return dict(line.body)


@require_safe
def play(request: Request, player: str) -> HttpResponse:
    """The film or document, from where it was left."""
    body, kit = started(player), desk.the_kit()
    found, unit = desk.open_session(desk.now_s()), kit.units[body["unit"]]
    if found is None or found.session != body["session"]:
        return redirect("kit:home")
    rows = kits.KitLine.objects.filter(what=PLAYED, body__unit=unit["id"]).order_by("-block__height")
    last = rows.first()
    own = rows.filter(body__player=player).first()
    position = int(last.body["to_s"]) if last else 0
    shown = {
        **pages.frame(),
        "unit": unit,
        "player": player,
        "person": kit.people.get(body["person"]),
        "position_s": 0 if position >= unit["length_s"] - 1 else position,
        "seq": int(own.body["seq"]) + 1 if own else 0,
        "until": pages.moment(found.until),
        "count": len(found.there),
    }
    return render(request, "kit/play.html", shown)


@require_POST
def beat(request: Request, player: str) -> JsonResponse:
    """What was played stands in the book, on the disk; the same number again changes nothing."""
    body = started(player)
    found = desk.open_session(desk.now_s())
    if found is None or found.session != body["session"]:
        return JsonResponse({"over": True}, status=409)
    try:
        told = json.loads(request.body)
        numbers = {name: int(told[name]) for name in NUMBERS}
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"error": "unreadable"}, status=400)
    if any(not 0 <= value <= NUMBERS[name] for name, value in numbers.items()):
        return JsonResponse({"error": "unreadable"}, status=400)
    source = f"{UUID(player)}:{numbers['seq']}"
    try:
        desk.the_kit().write(PLAYED, source=source, session=found.session, player=player, unit=body["unit"], **numbers)
    except Refused as refused:
        return JsonResponse({"error": str(refusal_sentence(refused))}, status=409)
    return JsonResponse({"acknowledged": numbers["seq"]})


@require_safe
def media(request: Request, unit: str, name: str) -> HttpResponseBase:
    """The unit's file or captions, in parts where asked."""
    kit = desk.the_kit()
    told = kit.units.get(unit, {}).get({"file": "file", "captions.vtt": "captions"}.get(name, ""))
    if not told:
        raise Http404
    return ranged(request, kit.file(told["sha256"]), told["media_type"])


@require_http_methods(["GET", "HEAD", "POST"])
def quiz(request: Request, unit: str) -> HttpResponse:
    """The quiz of the person who gave the code; handed in, the answers stand in the book and the centre scores them."""
    found, one = desk.open_session(desk.now_s()), desk.the_kit().units.get(unit)
    session, quiz_unit, person = request.session.get("quiz") or ("", "", "")
    if one is None or found is None or (session, quiz_unit) != (found.session, unit):
        return redirect("kit:session")
    shown = {**pages.frame(), "unit": one, "person": desk.the_kit().people[person], "token": uuid7(), "error": ""}
    if request.method != "POST":
        return render(request, "kit/quiz.html", shown)
    answers = {str(question["key"]): request.POST.getlist(f"q-{question['key']}") for question in one["questions"]}
    if not all(answers.values()):
        shown["error"] = refusal_sentence(Refused("kit_quiz_unanswered"))
        return render(request, "kit/quiz.html", shown, status=422)
    told = desk.the_kit()
    told.write(kits.What.ANSWERED, source=acts.token_of(request), session=session, unit=unit, person=person, answers=answers)
    request.session.pop("quiz", None)
    sentence = _("Handed in. The result comes when the records have reached the centre.")
    return render(request, "kit/message.html", {**pages.frame(), "sentence": sentence})

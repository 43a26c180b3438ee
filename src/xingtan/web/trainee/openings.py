"""The teacher's own hours of earlier years: confirmed, or objected to line by line."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.papers import api as door
from xingtan.foundation.files.models import StoredFile
from xingtan.foundation.files.store import chunks_of, keep_file
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.bureau.opening import TYPES
from xingtan.web.bureau.opening_batch import answer_words, hours_of, line_words
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence


@require_safe
@allowed(door.CONFIRM_OPENING)
def openings(request: Request) -> HttpResponse:
    """My hours of earlier years by batch, what I said, and what the office answered."""
    return _page(request)


def _page(request: Request, *, error: str = "", status: int = 200) -> HttpResponse:
    if request.actor.teacher_id is None:
        raise NotInScope
    rows = [_batch(one, lines, request.today) for one, lines in door.own_openings(request.actor.teacher_id)]
    return render(request, "trainee/openings.html", {"rows": rows, "error": error}, status=status)


def _batch(one: door.OpeningAnswer, lines: list[Any], today: date) -> dict[str, Any]:
    shown = [line_words(row, one.wanted) for row in lines]
    may_say = one.state in (door.Answer.WAITING, door.Answer.CONFIRMED) and today <= one.batch.answer_by
    total = sum(row.learned_centi for row, said in zip(lines, shown, strict=True) if said["stands"])
    return {**answer_words(one, today), "lines": shown, "may_say": may_say, "total": total}


@require_POST
@allowed(door.CONFIRM_OPENING)
def opening_say(request: Request, pid: str) -> HttpResponse:
    """The hours are confirmed, or objected to with words, hours and a paper."""
    try:
        objection = _objection(request) if request.POST.get("outcome") == "objected" else None
        door.say(actor=request.actor, answer_id=pid, objection=objection, now=request.now)
    except Refused as refused:
        return _page(request, error=refusal_sentence(refused), status=409)
    return redirect("trainee:openings")


def _objection(request: Request) -> door.Objection:
    return door.Objection(request.POST.get("words", ""), hours_of(request), _file(request))


def _file(request: Request) -> StoredFile | None:
    sent = request.FILES.get("file")
    if sent is None or sent.file is None:
        return None
    media_type = TYPES.get(str(sent.name).rpartition(".")[2].lower(), "")
    if media_type not in door.SCANS:
        raise Refused("opening_scan_wrong")
    kind, name = "papers.opening_proof", str(sent.name)
    return keep_file(chunks_of(sent.file), kind=kind, name=name, media_type=media_type, actor=request.actor, now=request.now)

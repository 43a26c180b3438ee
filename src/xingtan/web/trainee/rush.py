"""The press for a seat: when it opens, one button, and the answer; the press itself goes to the bare path `/press`."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.domains.admissions import api as admissions
from xingtan.domains.rush import api as room
from xingtan.web.access import allowed
from xingtan.web.bureau.quotas.shown import category_words
from xingtan.web.http import Request

SENTENCES = {**room.REFUSALS, **room.ANSWERS}


@require_safe
@allowed(admissions.APPLY)
def rush(request: Request, pid: str) -> HttpResponse:
    """The teacher's own press for this project: before it opens a calm countdown, afterwards what became of it. `no` is what was refused."""
    choice = request.GET.get("choice", "")
    wished = room.Wished(int(choice) if choice.isdecimal() and len(choice) < 12 else None, request.GET.get("category", "")[:32])
    found = room.opening_of(request.actor, pid, wished, request.now)
    begun, held = found.round, found.application
    is_open = begun is None or begun.opens_at <= request.now
    words = category_words(found.project)
    shown = {
        "it": found,
        "held": held,
        "chip": admissions.CHIPS[held.state] if held else "",
        "state": admissions.STATES[held.state] if held else "",
        "place": admissions.place_of(held) if held else None,
        "category": words.get(found.category, ""),
        "categories": [(code, words[code]) for code in found.categories] if len(found.categories) > 1 else [],
        "against": [admissions.finding_sentence(one) for one in found.against],
        "shut": SENTENCES.get(found.shut["code"], "") if found.shut else "",
        "said": SENTENCES.get(request.GET.get("no", ""), ""),
        "is_open": is_open,
        "opens_ms": int(begun.opens_at.timestamp() * 1000) if begun and not is_open else 0,
        "now_ms": int(request.now.timestamp() * 1000),
        "sentences": SENTENCES,
        "broken": _("The line is broken. Your press is sent again by itself; it counts once."),
    }
    return render(request, "trainee/rush.html", shown)

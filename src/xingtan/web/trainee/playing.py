"""What every player's page has in common: the unit is opened, its script is told what it must know, the browser keeps its mark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from xingtan.domains.courses import api as courses
from xingtan.domains.learning import api as learning
from xingtan.web.http import Request

from .came import came_from, mark
from .player_words import player_words


def play(request: Request, template: str, course: learning.StudyCourse, unit: courses.Unit, facts: Mapping[str, Any]) -> HttpResponse:
    """The player's page of a unit of an open course, what its script is told as `player`; each time it is asked for, the unit is opened anew."""
    one = next(one for one in course.units if one.unit.pk == unit.pk)
    came = came_from(request)
    opened = learning.open_player(actor=request.actor, course=course, unit=unit, came=came, now=request.now)
    after = next((other for other in course.units if other.unit.place > unit.place), None)
    common = {"course": course, "one": one, "unit": unit, "after": after, "player": player_data(one, opened)}
    return mark(render(request, template, {**common, **facts}), came)


def player_data(one: learning.StudyUnit, opened: learning.Opened) -> dict[str, Any]:
    """What the player's script is told: token, places, the policy's limits, what was counted so far, and its words."""
    unit, progress, claims, policy = one.unit, one.progress, opened.claims, opened.policy
    return {
        "beat": "/beat",
        "unit": unit.public_id,
        "token": opened.token,
        "session": claims.session,
        "interval_s": claims.interval_s,
        "opened_at": claims.opened_at,
        "length_s": claims.length_s,
        "most_s": claims.length_s * claims.rules.viewings,
        "viewings": claims.rules.viewings,
        "viewing": progress.viewing,
        "learned_s": progress.online_s,
        "position_s": progress.position_s,
        "covered": progress.covered,
        "pages": courses.seconds_of_pages(unit) if unit.length_s else [policy.page_s] * unit.page_count,
        "question_s": policy.question_s,
        "fastest_centi": policy.fastest_centi,
        "picture_in_picture": policy.picture_in_picture,
        "media": reverse("trainee:media", args=[unit.public_id, "document.pdf"]) if unit.page_count else "",
        "words": player_words(),
    }

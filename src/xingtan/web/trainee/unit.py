"""One unit: a film, a document, or the way to its quiz or assignment."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from xingtan.domains.courses import api as courses
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .playing import play

ELSEWHERE = {
    courses.UnitKind.QUIZ: "trainee:quiz",
    courses.UnitKind.ASSIGNMENT: "trainee:hand_in",
    courses.UnitKind.PACKAGE: "trainee:package",
}


@require_safe
@allowed(learning.STUDY)
def unit(request: Request, public_id: str) -> HttpResponse:
    """The player of the unit, or why it is locked and what to do."""
    years = policies.open_years_for(request.actor.scope)
    course, one = learning.unit_at_desk(request.actor.teacher_id or 0, public_id, years, request.today)
    if course.why:
        locked = {"course": course, "unit": one.unit, "sentence": refusal_sentence(course.why)}
        return render(request, "trainee/locked.html", locked, status=409)
    kind = courses.UnitKind(one.unit.kind)
    if kind in ELSEWHERE:
        return redirect(ELSEWHERE[kind], public_id=public_id)
    page = "trainee/video.html" if kind is courses.UnitKind.VIDEO else "trainee/document.html"
    return play(request, page, course, one.unit, {"chapters": chapters_of(one.unit)})


def chapters_of(unit: courses.Unit) -> list[dict[str, Any]]:
    """The film's chapters in the reader's language, each with its second."""
    english = (get_language() or "").startswith("en")
    return [
        {"at_s": chapter["at_s"], "title": (chapter.get("title_en") if english else "") or chapter["title"]}
        for chapter in unit.body.get("chapters", ())
    ]

"""The unit in front of a teacher, of one kind."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from xingtan.domains.courses import api as courses
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import NotInScope
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence


def unit_here(request: Request, public_id: str, kind: courses.UnitKind) -> tuple[learning.StudyCourse, courses.Unit]:
    """The actor's own course and its unit with this address; `NotInScope` for another's, and for a unit of another kind."""
    years = policies.open_years_for(request.actor.scope)
    course, one = learning.unit_at_desk(request.actor.teacher_id or 0, public_id, years, request.today)
    if one.unit.kind != kind:
        raise NotInScope("unit")
    return course, one.unit


def why_locked(course: learning.StudyCourse) -> str:
    """The sentence that says why the course is locked today, "" while it is open."""
    return refusal_sentence(course.why) if course.why else ""


def locked_page(request: Request, course: learning.StudyCourse, unit: courses.Unit) -> HttpResponse:
    """Why this cannot be opened now and what to do."""
    return render(request, "trainee/locked.html", {"course": course, "unit": unit, "sentence": why_locked(course)}, status=409)

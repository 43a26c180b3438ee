"""The courses that a teacher studies."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence


def own_courses(request: Request) -> list[learning.StudyCourse]:
    """The actor's own courses of all open years."""
    return learning.study_courses(request.actor.teacher_id or 0, policies.open_years_for(request.actor.scope), request.today)


@require_safe
@allowed(learning.STUDY)
def study(request: Request) -> HttpResponse:
    """What I study: my courses, each unit's progress, what is left, and why a course is locked."""
    learning.tell_learned(request.now)
    shown = [(course, refusal_sentence(course.why) if course.why else "") for course in own_courses(request)]
    return render(request, "trainee/study.html", {"courses": shown})

"""The courses that a teacher studies."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xingtan.domains.assessment import api as assessment
from xingtan.domains.courses import api as courses
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

CENTI_HOUR_S = 36
SCORED = {courses.UnitKind.QUIZ, courses.UnitKind.PACKAGE}


def own_courses(request: Request) -> list[learning.StudyCourse]:
    """The actor's own courses of all open years."""
    return learning.study_courses(request.actor.teacher_id or 0, policies.open_years_for(request.actor.scope), request.today)


@require_safe
@allowed(learning.STUDY)
def study(request: Request) -> HttpResponse:
    """What I study: my courses, each unit's progress, what is left, and why a course is locked."""
    learning.tell_learned(request.now)
    own = own_courses(request)
    elsewhere = learning.delivered_seconds(request.actor.teacher_id or 0, [course.offer.pk for course in own])
    shown = [
        (course, refusal_sentence(course.why) if course.why else "", elsewhere.get(course.offer.pk, 0) // CENTI_HOUR_S) for course in own
    ]
    return render(request, "trainee/study.html", {"courses": shown, "work": _work_done(request.actor.teacher_id or 0, own)})


def _work_done(teacher_id: int, own: list[learning.StudyCourse]) -> dict[str, set[int]]:
    """The quizzes, packages and assignments that are passed, and the assignments that wait for the tutor."""
    units = [one.unit for study in own for one in study.units]
    quizzes = assessment.best_attempts(teacher_id, [unit.pk for unit in units if unit.kind in SCORED])
    papers = assessment.last_submissions(teacher_id, [unit.pk for unit in units if unit.kind == courses.UnitKind.ASSIGNMENT])
    passed = {pk for pk, one in quizzes.items() if one.is_passed} | {
        pk for pk, one in papers.items() if one.state == assessment.State.PASSED
    }
    return {"passed": passed, "waiting": {pk for pk, one in papers.items() if one.state == assessment.State.HANDED_IN}}

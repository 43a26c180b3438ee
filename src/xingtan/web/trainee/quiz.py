"""A quiz: answer it, see what was right, take it again; the best attempt counts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xingtan.domains.assessment import api as assessment
from xingtan.domains.courses import api as courses
from xingtan.domains.learning import api as learning
from xingtan.foundation.keys import dated_token
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .desk import locked_page, unit_here, why_locked
from .playing import play
from .quiz_shown import Answers, questions_shown

LONGEST_TOKEN = 36


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@allowed(assessment.TAKE_QUIZ)
def quiz(request: Request, public_id: str) -> HttpResponse:
    """The form, or the result of an attempt; a form handed in is one attempt, however often it is sent."""
    course, unit = unit_here(request, public_id, courses.UnitKind.QUIZ)
    attempts = assessment.attempts_of(request.actor.teacher_id or 0, unit.pk)
    if request.method == "POST":
        return _hand_in(request, course, unit, attempts)
    if course.why and not attempts:
        return locked_page(request, course, unit)
    if attempts and (course.why or "again" not in request.GET):
        return render(request, "trainee/quiz_result.html", result_facts(request, course, unit, attempts))
    return play(request, "trainee/quiz.html", course, unit, form_facts(course, unit, {}) | draft_facts(request, unit, attempts))


def _hand_in(request: Request, course: learning.StudyCourse, unit: courses.Unit, attempts: list[assessment.QuizAttempt]) -> HttpResponse:
    answers, token = answers_of(request, unit), request.POST.get("token", "")[:LONGEST_TOKEN] or dated_token(request.now)
    try:
        attempt = assessment.take_quiz(actor=request.actor, unit_id=unit.pk, answers=answers, source=token, now=request.now)
    except Refused as refused:
        facts = form_facts(course, unit, answers, token) | draft_facts(request, unit, attempts) | {"refusal": refusal_sentence(refused)}
        response = (
            render(request, "trainee/quiz.html", facts, status=409)
            if course.why
            else play(request, "trainee/quiz.html", course, unit, facts)
        )
        response.status_code = 409
        return response
    mine = assessment.attempts_of(request.actor.teacher_id or 0, unit.pk)
    number = [one.pk for one in mine].index(attempt.pk) + 1
    return redirect(f"{reverse('trainee:quiz', args=[unit.public_id])}?attempt={number}")


def answers_of(request: Request, unit: courses.Unit) -> Answers:
    """What the form answers, by the questions' keys."""
    return {str(question["key"]): request.POST.getlist(f"q-{question['key']}") for question in unit.body["questions"]}


def form_facts(course: learning.StudyCourse, unit: courses.Unit, answers: Answers, token: str = "") -> dict[str, Any]:
    """What the page of questions shows; after a refusal the answers stand as they were given."""
    questions = unit.body["questions"]
    missing = assessment.unanswered(questions, answers) if answers else ()
    shown = questions_shown(questions, answers, missing=missing)
    return {"course": course, "unit": unit, "questions": shown, "missing": len(missing), "token": token or dated_token(timezone.now())}


def draft_facts(request: Request, unit: courses.Unit, attempts: list[assessment.QuizAttempt]) -> dict[str, Any]:
    """Under which name the browser keeps what was ticked; the next attempt has another."""
    return {"draft": f"quiz.{request.actor.account_id}.{unit.public_id}.{len(attempts) + 1}"}


def result_facts(
    request: Request, course: learning.StudyCourse, unit: courses.Unit, attempts: list[assessment.QuizAttempt]
) -> dict[str, Any]:
    """What the result shows: the attempt that the address names, else the one that counts."""
    best = assessment.best_of(attempts) or attempts[-1]
    wanted = request.GET.get("attempt", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and 0 < int(wanted) <= len(attempts) else attempts.index(best) + 1
    attempt = attempts[number - 1]
    questions = questions_shown(unit.body["questions"], attempt.answers)
    right = sum(question.is_right for question in questions)
    return {
        "course": course,
        "unit": unit,
        "attempts": list(enumerate(attempts, start=1)),
        "attempt": attempt,
        "number": number,
        "best": best,
        "questions": questions,
        "right": right,
        "locked": why_locked(course),
        "after": next_unit(course, unit),
    }


def next_unit(course: learning.StudyCourse, unit: courses.Unit) -> courses.Unit | None:
    """The unit behind this one, or None behind the last."""
    return next((one.unit for one in course.units if one.unit.place > unit.place), None)

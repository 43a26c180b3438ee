"""Surveys for who is asked: what waits, answering once, what was typed kept meanwhile."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.domains.plans import api as plans
from xingtan.foundation.refusal import Refused
from xingtan.foundation.surveys import api as surveys
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence


@require_safe
@allowed(surveys.ANSWER)
def survey_list(request: Request) -> HttpResponse:
    """The surveys that ask this person today, and those that were answered."""
    waiting = surveys.surveys_for(request.actor, plans.traits_of(request.actor), request.today)
    return render(request, "surveys/mine.html", {"waiting": waiting, "done": surveys.answered_by(request.actor)})


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(surveys.ANSWER)
def survey(request: Request, pid: str) -> HttpResponseBase:
    """The survey to answer, with what was typed before; sent, it is answered once for all."""
    traits = plans.traits_of(request.actor)
    held = surveys.survey_to_answer(request.actor, pid, traits)
    if request.method != "POST":
        return _page(request, held, surveys.draft_of(request.actor, held))
    questions = surveys.questions_of(held)
    values = typed_values(questions, request.POST)
    wrong = surveys.mistakes(questions, values)
    try:
        surveys.answer(actor=request.actor, survey=held, values=values, traits=traits, now=request.now)
    except Refused as refused:
        return _page(request, held, values, wrong=wrong, refusal=refused)
    messages.success(request, _("Thank you. Your answers stand."))
    return redirect("public:surveys")


@require_POST
@allowed(surveys.ANSWER)
def draft(request: Request, pid: str) -> HttpResponseBase:
    """What was typed so far is kept for this person."""
    held = surveys.survey_to_answer(request.actor, pid, plans.traits_of(request.actor))
    values = typed_values(surveys.questions_of(held), request.POST)
    try:
        surveys.keep_draft(actor=request.actor, survey=held, values=values, now=request.now)
    except Refused as refused:
        return JsonResponse({"refusal": refusal_sentence(refused)}, status=409)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"at": timezone.localtime(request.now).strftime("%H:%M:%S")})
    messages.success(request, _("Kept. Go on when you like; nothing is handed in yet."))
    return redirect("public:survey", pid)


def typed_values(questions: list[surveys.Question], data: QueryDict) -> dict[int, surveys.Value]:
    """The answers as typed, by the question's id; what is no number where one is asked stays a word, which is no answer."""
    found: dict[int, surveys.Value] = {}
    for question in questions:
        name = f"q{question.pk}"
        if question.kind == surveys.QuestionKind.MANY:
            value: surveys.Value = [int(one) for one in data.getlist(name)[:99] if one.isascii() and one.isdigit() and len(one) < 4]
        else:
            value = data.get(name, "").strip()[:1001]
            if question.kind != surveys.QuestionKind.TEXT and value.isascii() and value.isdigit() and len(value) < 10:
                value = int(value)
        if value not in ("", []):
            found[question.pk] = value
    return found


def _page(
    request: Request,
    held: surveys.Survey,
    values: dict[int, surveys.Value],
    *,
    wrong: dict[int, str] | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    rows = [_row(question, values.get(question.pk), (wrong or {}).get(question.pk)) for question in surveys.questions_of(held)]
    is_open = held.state == surveys.SurveyState.OPEN and held.opens_on <= request.today <= held.closes_on
    facts = {
        "survey": held,
        "rows": rows,
        "is_done": surveys.has_answered(request.actor, held),
        "is_open": is_open,
        "refusal": refusal_sentence(refusal) if refusal else "",
        "least": surveys.LEAST,
    }
    return render(request, "surveys/answer.html", facts, status=(422 if wrong else 409) if refusal else 200)


def _row(question: surveys.Question, value: surveys.Value | None, wrong: str | None) -> dict[str, Any]:
    chosen = value if isinstance(value, list) else [value]
    least, most = surveys.SCALE
    texts = question.options if question.kind in surveys.CHOOSING else [str(number) for number in range(least, most + 1)]
    first = 0 if question.kind in surveys.CHOOSING else least
    choices = [(number, text, number in chosen) for number, text in enumerate(texts, start=first)]
    return {"it": question, "choices": choices, "value": value, "wrong": refusal_sentence(Refused(wrong)) if wrong else ""}

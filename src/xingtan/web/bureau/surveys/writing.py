"""Writing a survey."""

from __future__ import annotations

from datetime import timedelta

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.surveys import api as surveys
from xingtan.web.access import allowed
from xingtan.web.bureau.answers import form_page, tried
from xingtan.web.http import Request

from .forms import QuestionForm, SurveyForm, shown_questions, typed_questions, usual_questions


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(surveys.ASK)
def new(request: Request) -> HttpResponseBase:
    """A survey that begins with the usual questions; sent, it is a draft."""
    form, rows = _forms(request)
    if rows is not None and _are_right(form, rows):
        asked = [row.asking for row in rows]
        made = tried(form, lambda: surveys.draft_survey(actor=request.actor, wanted=form.wanted(), questions=asked, now=request.now))
        if made is not None:
            return redirect("bureau:survey", made.public_id)
    if rows is None:
        form = SurveyForm(initial={"opens_on": request.today, "closes_on": request.today + timedelta(days=14), "roles": ["teacher"]})
    return form_page(request, "surveys/form.html", form, {"rows": rows or shown_questions(usual_questions())})


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(surveys.ASK)
def change(request: Request, pid: str) -> HttpResponseBase:
    """A draft, to change; sent, it says and asks this."""
    held = own(request, pid)
    form, rows = _forms(request)
    if rows is not None and _are_right(form, rows):
        asked = [row.asking for row in rows]
        said = form.wanted()._replace(subject_id=held.subject_id)
        done = tried(
            form, lambda: surveys.change_survey(actor=request.actor, survey_id=held.pk, wanted=said, questions=asked, now=request.now)
        )
        if done is not None:
            return redirect("bureau:survey", pid)
    if rows is None:
        form = SurveyForm(initial=_initial(held))
        rows = shown_questions([surveys.Asking(one.kind, one.text, one.options, one.is_required) for one in surveys.questions_of(held)])
    return form_page(request, "surveys/form.html", form, {"survey": held, "rows": rows})


def own(request: Request, pid: str) -> surveys.Survey:
    """The own office's survey with this address."""
    held = surveys.survey_in(request.actor.scope, pid)
    if held.organisation_id != request.actor.organisation_id:
        raise NotInScope
    return held


def _forms(request: Request) -> tuple[SurveyForm, list[QuestionForm] | None]:
    return (SurveyForm(request.POST), typed_questions(request.POST)) if request.method == "POST" else (SurveyForm(), None)


def _are_right(form: SurveyForm, rows: list[QuestionForm]) -> bool:
    return all([form.is_valid(), *(row.is_valid() for row in rows)])


def _initial(held: surveys.Survey) -> dict[str, object]:
    same = {name: getattr(held, name) for name in ("title", "intro", "purpose", "opens_on", "closes_on", "roles")}
    return {**same, **held.traits, "is_named": not held.is_anonymous}

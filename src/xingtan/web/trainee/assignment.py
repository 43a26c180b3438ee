"""An assignment: what to do, what it is judged by, handing in, and what the tutor said to each version."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from xingtan.domains.assessment import api as assessment
from xingtan.domains.courses import api as courses
from xingtan.domains.learning import api as learning
from xingtan.foundation.db import writing
from xingtan.foundation.refusal import Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.marks import MarkLine, mark_lines
from xingtan.web.parts.wording import worded_in
from xingtan.web.words import refusal_sentence

from .desk import locked_page, unit_here, why_locked
from .handing import HandInForm, keep_handed_in
from .quiz import next_unit

CHIPS = {assessment.State.HANDED_IN: "wait", assessment.State.PASSED: "ok", assessment.State.RETURNED: "act"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@allowed(assessment.HAND_IN)
def hand_in(request: Request, public_id: str) -> HttpResponse:
    """The assignment with its versions; a form handed in waits for the tutor."""
    course, unit = unit_here(request, public_id, courses.UnitKind.ASSIGNMENT)
    versions = list(assessment.history(request.actor.teacher_id or 0, unit.pk))
    if request.method != "POST":
        if course.why and not versions:
            return locked_page(request, course, unit)
        return render(
            request, "trainee/assignment.html", facts_of(request, course, unit, versions, HandInForm(initial=begun_with(versions)))
        )
    form = HandInForm(request.POST, request.FILES)
    if not form.is_valid():
        return render(request, "trainee/assignment.html", facts_of(request, course, unit, versions, form), status=422)
    try:
        _keep(request, unit, form.cleaned_data)
    except Refused as refused:
        facts = facts_of(request, course, unit, versions, form) | {"refusal": refusal_sentence(refused)}
        return render(request, "trainee/assignment.html", facts, status=409)
    messages.success(request, _("Handed in. It waits for your tutor now."))
    return redirect("trainee:hand_in", unit.public_id)


def _keep(request: Request, unit: courses.Unit, given: dict[str, Any]) -> None:
    # One transaction: a file whose work is refused is not kept.
    with writing():
        file = keep_handed_in(request, given["file"])
        assessment.hand_in(actor=request.actor, unit_id=unit.pk, text=given["text"], file=file, now=request.now)


def begun_with(versions: list[assessment.Submission]) -> dict[str, str]:
    """A version that came back is what the next one begins with."""
    return {"text": versions[0].text} if versions and versions[0].state == assessment.State.RETURNED else {}


def facts_of(
    request: Request, course: learning.StudyCourse, unit: courses.Unit, versions: list[assessment.Submission], form: HandInForm
) -> dict[str, Any]:
    """What the page shows."""
    state = assessment.State(versions[0].state) if versions else None
    rubric = assessment.rubric_of(unit.body)
    return {
        "course": course,
        "unit": unit,
        "brief": worded_in(unit.body, "brief"),
        "least": assessment.least_characters(unit.body),
        "rubric": mark_lines(rubric, {}),
        "most": sum(line.most for line in rubric),
        "versions": [(one, *state_shown(one), _marks(one, rubric)) for one in versions],
        "state": state and state_shown(versions[0]),
        "may_hand_in": not course.why and state in (None, assessment.State.RETURNED),
        "locked": why_locked(course),
        "form": form,
        "draft": f"hand-in.{request.actor.account_id}.{unit.public_id}.{len(versions) + 1}",
        "after": next_unit(course, unit),
    }


def _marks(work: assessment.Submission, rubric: tuple[assessment.Criterion, ...]) -> list[MarkLine]:
    return mark_lines(rubric, work.marks) if work.marks else []


def state_shown(work: assessment.Submission) -> tuple[str, Any]:
    """The chip's kind and word of a version."""
    state = assessment.State(work.state)
    return CHIPS[state], assessment.STATES[state]

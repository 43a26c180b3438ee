"""What the pages of a project's making share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms

from xingtan.core.units import HoursRefused, parse_hours
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.bureau.answers import OfficeForm
from xingtan.web.bureau.project_forms import HOURS_WRONG
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

T = TypeVar("T")
# Beside which field a refusal stands; any other stands above the form.
BESIDE = {
    "project_days_backwards": "closes_on",
    "project_training_backwards": "ends_on",
    "project_title_taken": "title",
    "project_cancel_needs_reason": "reason",
    "project_tier_not_yours": "tier",
    "segment_needs_title": "title",
    "segment_days_backwards": "last_on",
    "segment_outside_project": "first_on",
    "segment_hours_need_component": "component",
    "segment_hours_over": "hours",
    "offer_component_unknown": "component",
}


def own_project(request: Request, pid: str) -> projects.Project:
    """The project of one's own branch with this address; `NotInScope` for any other."""
    held = projects.project_in(request.actor.scope, pid)
    if not request.actor.scope.holds(held.organiser.path):
        raise NotInScope
    return held


def is_changeable(request: Request, held: projects.Project) -> bool:
    """Whether this actor may still change the draft."""
    is_own = request.actor.may(projects.PUBLISH) and request.actor.scope.holds(held.organiser.path)
    return is_own and held.state == projects.ProjectState.DRAFT and held.training_year.state == policies.YearState.OPEN


def tried(form: OfficeForm, act: Callable[[], T]) -> T | None:
    """What the action made, or None with its refusal's sentence beside the field that it is about."""
    try:
        return act()
    except Refused as refused:
        field = BESIDE.get(refused.code, "")
        form.add_error(field if field in form.fields else None, refusal_sentence(refused))
        form.refusal = refused
        return None


def centi_of(text: str) -> int:
    """Hundredths of an hour, 0 for nothing typed; a form's error otherwise."""
    if not text.strip():
        return 0
    try:
        return parse_hours(text)
    except HoursRefused as refused:
        raise forms.ValidationError(HOURS_WRONG[refused.code]) from None

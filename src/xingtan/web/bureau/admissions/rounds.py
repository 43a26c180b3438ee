"""Rounds and classes: who applied for which, what the rule leaves out, thin classes, the decision, the terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.admissions import api as door
from xingtan.domains.projects import api as projects
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.bureau.answers import OfficeForm, form_page, tried
from xingtan.web.http import Request

from .common import ids_of, seated_project, tabs
from .round_forms import LimitForm, RoundForm, TermsForm, WhyForm


@require_safe
@allowed(door.SEE_APPLICATIONS)
def rounds(request: Request, pid: str) -> HttpResponse:
    """The rounds of the project with their classes, and what may be decided now."""
    return _page(request, seated_project(request, pid), OfficeForm())


def _page(request: Request, project: projects.Project, form: OfficeForm) -> HttpResponse:
    may = request.actor.may(door.DECIDE) and request.actor.scope.holds(project.organiser.path)
    found = door.rounds_of(project.pk)
    latest = next((one for one in reversed(found) if one.state in ("planned", "trimmed")), None)
    terms = door.terms_of(project.pk)
    facts: dict[str, Any] = {
        "project": project,
        "tabs": tabs(request, project, "rounds"),
        "rounds": [(one, door.ROUND_STATES[one.state], door.CHIPS[one.state]) for one in found],
        "latest": latest,
        "is_over": latest is not None and latest.closes_at <= request.now,
        "seen": door.round_of(latest) if latest is not None and may else None,
        "criteria": [door.CRITERIA_WORDS[name] for name in door.criteria_of(terms)],
        "classes": door.classes_of(project.pk),
        "may_decide": may,
        "plan_form": form if isinstance(form, RoundForm) else RoundForm(),
        "terms_form": form if isinstance(form, TermsForm) else TermsForm(terms=terms),
        "refusals": form.non_field_errors() if form.is_bound and not isinstance(form, RoundForm | TermsForm) else [],
    }
    return form_page(request, "bureau/admissions/rounds.html", form, facts)


def _do(request: Request, pid: str, form: OfficeForm, act: Callable[[projects.Project], Any], done: str) -> HttpResponse:
    """The act is done and the page shown anew, or shown with the reason against it."""
    project = seated_project(request, pid)
    if form.is_valid():
        made = tried(form, lambda: (act(project),))
        if made is not None:
            messages.success(request, done)
            return redirect("bureau:rounds", pid)
    return _page(request, project, form)


@require_POST
@allowed(door.DECIDE)
def plan(request: Request, pid: str) -> HttpResponse:
    """One more round."""
    form = RoundForm(request.POST)
    return _do(
        request,
        pid,
        form,
        lambda project: door.plan_round(actor=request.actor, project_id=project.pk, planned=form.planned(), now=request.now),
        _("The round is planned."),
    )


@require_POST
@allowed(door.DECIDE)
def terms(request: Request, pid: str) -> HttpResponse:
    """The project's terms of admission."""
    form = TermsForm(request.POST)
    return _do(
        request,
        pid,
        form,
        lambda project: door.set_terms(actor=request.actor, project_id=project.pk, terms=form.terms(), now=request.now),
        _("The terms are kept."),
    )


@require_POST
@allowed(door.DECIDE)
def limits(request: Request, pid: str, offer: str) -> HttpResponse:
    """How many the class takes and needs."""
    form = LimitForm(request.POST)

    def act(project: projects.Project) -> Any:  # noqa: ANN401 -- whatever the action made
        return door.set_limit(actor=request.actor, offer_id=_offer(project, offer), **form.cleaned_data, now=request.now)

    return _do(request, pid, form, act, _("The limits are kept."))


@require_POST
@allowed(door.DECIDE)
def cancel_class(request: Request, pid: str, offer: str) -> HttpResponse:
    """The thin class is cancelled; its teachers choose first."""
    form = WhyForm(request.POST)

    def act(project: projects.Project) -> Any:  # noqa: ANN401 -- whatever the action made
        return door.cancel_class(actor=request.actor, offer_id=_offer(project, offer), **form.cleaned_data, now=request.now)

    return _do(request, pid, form, act, _("The class is cancelled; its teachers choose first among the others."))


@require_POST
@allowed(door.DECIDE)
def decide(request: Request, pid: str, number: str) -> HttpResponse:
    """The round is trimmed by the ticked rows, decided, or dropped, as the button says."""
    form, act = OfficeForm(request.POST), request.POST.get("act", "")
    acts: dict[str, Callable[[projects.Project], Any]] = {
        "trim": lambda _project: door.trim(
            actor=request.actor, public_id=number, ids=ids_of(request, request.POST.getlist("ids")), now=request.now
        ),
        "decide": lambda _project: door.decide_round(actor=request.actor, public_id=number, now=request.now),
        "drop": lambda _project: door.drop_round(actor=request.actor, public_id=number, now=request.now),
    }
    if act not in acts:
        raise NotInScope
    return _do(request, pid, form, acts[act], _("Done."))


def _offer(project: projects.Project, public_id: str) -> int:
    for one in projects.offers_of([project.pk])[project.pk]:
        if one.public_id == public_id:
            return one.pk
    raise NotInScope

"""One application with its whole trail; another class, a substitute."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.admissions import api as door
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.web.access import allowed
from xingtan.web.bureau.answers import OfficeForm, form_page, tried
from xingtan.web.bureau.quotas.shown import category_words
from xingtan.web.http import Request


class ChangeForm(OfficeForm):
    """Another class, course or workshop of the project."""

    choice = forms.ChoiceField(label=gettext_lazy("Class or course"))

    def __init__(self, data: Any = None, *, offers: list[projects.Offer]) -> None:  # noqa: ANN401 -- what Django calls data
        super().__init__(data)
        self.fields["choice"] = forms.ChoiceField(label=_("Class or course"), choices=[(str(one.pk), str(one)) for one in offers])


class SubstituteForm(OfficeForm):
    """Who comes instead, and why."""

    number = forms.CharField(label=gettext_lazy("Identity number of the substitute"), max_length=30)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


@require_safe
@allowed(door.SEE_APPLICATIONS)
def application(request: Request, pid: str) -> HttpResponse:
    """What was wished, how it stands, every step with its author."""
    return _page(request, door.application_in(request.actor.scope, pid))


def _page(
    request: Request, one: door.Application, change: ChangeForm | None = None, substitute: SubstituteForm | None = None
) -> HttpResponse:
    steps, offers = door.trail_of(one.pk), projects.offers_of([one.project_id])[one.project_id]
    facts = {
        **told(one),
        "steps": shown_steps(steps),
        "change": change or ChangeForm(offers=offers),
        "substitute": substitute or SubstituteForm(),
        "may_change": request.actor.may(door.CHANGE)
        and one.state in ("applied", "school_approved", "county_approved", "admitted")
        and bool(offers),
        "may_replace": request.actor.may(door.NOMINATE) and one.state == "admitted",
    }
    form = change if change is not None else substitute if substitute is not None else facts["change"]
    return form_page(request, "bureau/admissions/application.html", form, facts)


def told(one: door.Application) -> dict[str, Any]:
    """The application in words."""
    return {
        "it": one,
        "project": one.project,
        "state": door.STATES[one.state],
        "chip": door.CHIPS[one.state],
        "way": door.WAYS[one.way],
        "category": category_words(one.project).get(one.category, one.category),
        "place": door.place_of(one),
        "plan": door.plan_of(one.pk),
        "reason": door.reason_said(one.reason),
        "warnings": door.warnings_said(one.warnings),
    }


def shown_steps(steps: list[door.ApplicationStep]) -> list[dict[str, Any]]:
    """Each step as the page shows it."""
    names = door.names_of(steps)
    return [
        {
            "at": step.at,
            "word": door.ACTS[step.act],
            "became": door.STATES[step.became],
            "chip": door.CHIPS[step.became],
            "who": names.get(step.account_id or 0, ""),
            "reason": door.reason_said(step.reason),
        }
        for step in steps
    ]


@require_POST
@allowed(door.CHANGE)
def change(request: Request, pid: str) -> HttpResponse:
    """The person is in the other class; refused, the page says why."""
    one = door.application_in(request.actor.scope, pid)
    form = ChangeForm(request.POST, offers=projects.offers_of([one.project_id])[one.project_id])
    if form.is_valid():
        choice = int(form.cleaned_data["choice"])
        if tried(form, lambda: door.change(actor=request.actor, ids=[one.pk], choice_id=choice, now=request.now)) is not None:
            messages.success(request, _("The class is changed; what was studied is kept."))
            return redirect("bureau:application", pid)
    return _page(request, one, change=form)


@require_POST
@allowed(door.NOMINATE)
def substitute(request: Request, pid: str) -> HttpResponse:
    """The seat is the substitute's; refused, the page says why."""
    one = door.application_in(request.actor.scope, pid)
    form = SubstituteForm(request.POST)
    if form.is_valid():
        number, reason = form.cleaned_data["number"], form.cleaned_data["reason"]
        person = teachers.teachers_by_number([number], request.actor.scope).get(number)
        if person is None:
            form.add_error("number", _("Nobody of your branch has this identity number."))
        elif made := tried(form, lambda: door.substitute(actor=request.actor, pairs={one.pk: person.pk}, reason=reason, now=request.now)):
            messages.success(request, _("The substitute has the seat."))
            return redirect("bureau:application", made[0].public_id)
    return _page(request, one, substitute=form)

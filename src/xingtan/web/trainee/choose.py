"""Choosing project, item, courses and workshop."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.enrolment import api as enrolment
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from .choosing import Choice, choice_of, teacher_of
from .year import year_of_teacher


class ChooseForm(forms.Form):
    """The item and the ticked offers, by the public ids that the page showed."""

    item = forms.TypedChoiceField(coerce=int)
    courses = forms.MultipleChoiceField(required=False)
    workshop = forms.ChoiceField(required=False)
    version = forms.IntegerField(required=False)

    def __init__(self, choice: Choice, data: Any = None) -> None:  # noqa: ANN401 -- Django's own type
        """Only what the page offers may be chosen."""
        super().__init__(data)
        self.ids = {row.offer.public_id: row.offer.pk for row in (*choice.courses, *choice.workshops)}
        _offer(self.fields["item"], [(str(row.item.number), row.label) for row in choice.items])
        _offer(self.fields["courses"], [(row.offer.public_id, "") for row in choice.courses])
        _offer(self.fields["workshop"], [(row.offer.public_id, "") for row in choice.workshops])

    def offer_ids(self) -> list[int]:
        """The ids behind what was ticked."""
        ticked = [*self.cleaned_data["courses"], self.cleaned_data["workshop"]]
        return [self.ids[pid] for pid in ticked if pid]


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


@require_safe
@allowed(enrolment.CHOOSE)
def choose(request: Request) -> HttpResponse:
    """What I may choose, and what I chose."""
    choice = choice_of(teacher_of(request.actor.teacher_id), request.GET.get("project", ""), request.today)
    return _page(request, choice)


@require_POST
@allowed(enrolment.CHOOSE)
def choose_save(request: Request, pid: str) -> HttpResponse:
    """My choice stands and waits for my school, or the page says why it does not."""
    teacher = teacher_of(request.actor.teacher_id)
    sent = {"item": request.POST.get("item"), "offers": [*request.POST.getlist("courses"), request.POST.get("workshop", "")]}
    choice = choice_of(teacher, pid, request.today, sent)
    if choice is None:
        raise NotInScope
    form = ChooseForm(choice, request.POST)
    if not form.is_valid():
        return _page(request, choice, _("Choose an item, your courses and a workshop from the lists."), status=422)
    try:
        _save(request, choice, form)
    except Refused as refused:
        return _page(request, choice, refusal_sentence(refused), status=409)
    messages.success(request, _("Your choice is saved. Your school confirms it next."))
    return redirect("trainee:choose")


def _save(request: Request, choice: Choice, form: ChooseForm) -> None:
    enrolment.choose(
        actor=request.actor,
        project_id=choice.project.pk,
        item=form.cleaned_data["item"],
        offer_ids=form.offer_ids(),
        version=form.cleaned_data["version"],
        now=request.now,
    )


@require_POST
@allowed(enrolment.CHOOSE)
def choose_withdraw(request: Request, pid: str) -> HttpResponse:
    """My choice no longer stands; what I studied is kept."""
    ids = enrolment.selection_ids(request.actor.scope, [pid])
    enrolment.withdraw(actor=request.actor, selection_ids=ids.values(), now=request.now)
    messages.success(request, _("Your choice is withdrawn. You may choose again while choosing is open."))
    return redirect("trainee:choose")


def _page(request: Request, choice: Choice | None, refusal: str = "", status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"choice": choice, "refusal": refusal}
    if choice is None and request.actor.teacher_id:
        context["year"] = year_of_teacher(request.actor.teacher_id, request.today)
    selection = choice.selection if choice else context["year"].selection if context.get("year") else None
    if selection is not None:
        state = enrolment.State(selection.state)
        context |= {"state": enrolment.STATES[state], "chip": enrolment.CHIPS[state]}
    return render(request, "trainee/choose.html", context, status=status)

"""Declaring a school-run training, and changing one that waits or came back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from xingtan.core.policy import Way, WayKind
from xingtan.domains.policies import api as policies
from xingtan.domains.recognition import api as door
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.words import refusal_sentence

from . import proofs
from .circumstances import DAY, year_wanted

DAYS = ("first_on", "last_on")


class DeclareForm(forms.Form):
    """What a school declares."""

    way = forms.ChoiceField(label=gettext_lazy("Kind"))
    title = forms.CharField(label=pgettext_lazy("training", "Title"), max_length=120)
    ground = forms.CharField(
        label=gettext_lazy("Ground in the school's staff-development plan"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Which part of the plan it carries out"),
    )
    place = forms.CharField(label=pgettext_lazy("training", "Place"), max_length=120, required=False)
    planned = forms.DecimalField(
        label=gettext_lazy("Hours planned for each teacher"), min_value=Decimal("0.01"), max_value=Decimal(400), decimal_places=2
    )
    first_on = forms.DateField(label=gettext_lazy("First day"), widget=DAY)
    last_on = forms.DateField(label=gettext_lazy("Last day"), widget=DAY)

    def __init__(self, *args: Any, ways: list[Way], year: policies.TrainingYear, **more: Any) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(*args, **more)
        choices = [(one.code, door.way_word(policies.policy_of(year), one.code)) for one in ways]
        cast("forms.ChoiceField", self.fields["way"]).choices = choices
        self.year = year
        # Sentences beside the teachers ("people") and beside each kind of document, which are no fields of this form.
        self.beside: dict[str, str] = {}
        span = {"first": year.first_on.isoformat(), "last": year.last_on.isoformat()}
        for name in DAYS:
            self.fields[name].widget.attrs |= {"min": span["first"], "max": span["last"]}
            self.fields[name].help_text = _("Within the training year, %(first)s to %(last)s") % span

    def clean(self) -> dict[str, Any]:
        """Each day lies within the training year and the last is not before the first, or the day's own field says so."""
        days = {name: self.cleaned_data[name] for name in DAYS if name in self.cleaned_data}
        span = {"first": self.year.first_on.isoformat(), "last": self.year.last_on.isoformat()}
        for name, day in days.items():
            if not self.year.first_on <= day <= self.year.last_on:
                self.add_error(name, refusal_sentence(Refused("training_outside_year", **span)))
        if len(days) == len(DAYS) and days["last_on"] < days["first_on"]:
            self.add_error("last_on", refusal_sentence(Refused("training_ends_before")))
        return self.cleaned_data

    def declared(self, teacher_ids: list[int]) -> door.Declared:
        """What the valid form says, of these teachers."""
        said = dict(self.cleaned_data)
        planned = int(said.pop("planned") * 100)
        return door.Declared(**said, planned_centi=planned, teacher_ids=teacher_ids)


def training_ways(year: policies.TrainingYear) -> list[Way]:
    """The ways of the pack that are trainings of a school."""
    return [one for one in policies.policy_of(year).ways if one.kind is WayKind.TRAINING]


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.DECLARE)
def new(request: Request) -> HttpResponse:
    """The form; handed in, the training waits for the county."""
    year = year_wanted(request, request.GET.get("year", ""))
    ways = training_ways(year) if year else []
    if year is None or not ways:
        return render(request, "recognition/training_new.html", {"year": None})
    if request.method != "POST":
        return _page(request, year, DeclareForm(ways=ways, year=year))
    return _save(request, year, DeclareForm(request.POST, ways=ways, year=year), None)


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(door.DECLARE)
def change(request: Request, pid: str) -> HttpResponse:
    """The same form with what was declared; handed in, the training waits for the county again."""
    found = door.training_in(request.actor.scope, pid)
    year = found.training_year
    if request.method == "POST":
        return _save(request, year, DeclareForm(request.POST, ways=training_ways(year), year=year), found)
    initial = {name: getattr(found, name) for name in ("way", "title", "ground", "place", "first_on", "last_on")}
    initial["planned"] = Decimal(found.planned_centi) / 100
    return _page(request, year, DeclareForm(initial=initial, ways=training_ways(year), year=year), found)


def _page(
    request: Request, year: policies.TrainingYear, form: DeclareForm, found: door.Training | None = None, status: int = 200
) -> HttpResponse:
    people = list(teachers.teachers_in_post(request.actor.scope).order_by("name_pinyin", "pk"))
    ticked = set(request.POST.getlist("people")) or {str(one.teacher_id) for one in (door.members_of(found) if found else ())}
    policy = policies.policy_of(year)
    ways = training_ways(year)
    kept = _kept_codes(found)
    shown = {
        "year": year,
        "form": form,
        "found": found,
        "people": [(one, str(one.pk) in ticked) for one in people],
        "inputs": [
            (name, label, is_required and name.removeprefix("proof-") not in kept, form.beside.get(name, ""))
            for name, label, is_required in proofs.inputs(policy, ways[0])
        ],
        "people_error": form.beside.get("people", ""),
        "accept": proofs.ACCEPT,
        "ways": [(one, door.way_word(policy, one.code)) for one in ways],
    }
    return render(request, "recognition/training_new.html", shown, status=status)


def _kept_codes(found: door.Training | None) -> set[str]:
    return {one.code for one in door.documents_of(found)} if found else set()


def _beside(request: Request, year: policies.TrainingYear, found: door.Training | None, ticked: list[int]) -> dict[str, str]:
    """What is missing beside the form's own fields: somebody to take part, and by input each document that the way asks for."""
    said = {} if ticked else {"people": refusal_sentence(Refused("training_nobody"))}
    ways, kept = training_ways(year), _kept_codes(found)
    way = next((one for one in ways if one.code == request.POST.get("way")), ways[0])
    for name, label, is_required in proofs.inputs(policies.policy_of(year), way):
        if is_required and name.removeprefix("proof-") not in kept and not request.FILES.getlist(name):
            said[name] = _("Hand in this document: %(name)s.") % {"name": label}
    return said


def _save(request: Request, year: policies.TrainingYear, form: DeclareForm, found: door.Training | None) -> HttpResponse:
    ticked = [int(one) for one in request.POST.getlist("people") if one.isdecimal() and len(one) < 12]
    form.beside = _beside(request, year, found, ticked)
    if not form.is_valid() or form.beside:
        return _page(request, year, form, found, status=422)
    way = next((one for one in training_ways(year) if one.code == form.cleaned_data["way"]), None)
    if way is None:
        raise NotInScope
    declared = form.declared(ticked)
    try:
        papers = proofs.kept(request, [one.code for one in way.proofs])
        if found is None:
            made = door.declare(actor=request.actor, training_year_id=year.pk, declared=declared, papers=papers, now=request.now)
        else:
            made = door.change(actor=request.actor, training_id=found.pk, declared=declared, papers=papers, now=request.now)
    except forms.ValidationError as wrong:
        form.add_error(None, wrong)
        return _page(request, year, form, found, status=422)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _page(request, year, form, found, status=409)
    messages.success(request, _("Declared. The county decides next."))
    return redirect("bureau:training", made.public_id)

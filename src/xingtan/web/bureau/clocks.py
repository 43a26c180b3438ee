"""Clocks: who has what to do at each level, until when, and who is late by how much; more days for a county."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.calendar import WindowKind
from xingtan.core.units import format_hours_exact
from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies
from xingtan.domains.reviews import api as reviews
from xingtan.foundation.people.roles import SCHOOL, Role
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Kind, Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.trainee.record import chosen_year
from xingtan.web.words import refusal_sentence

from .deciding import year_in

SORTS = {
    "office": lambda one: str(one.office),
    "count": lambda one: -one.entries,
    "late": lambda one: -one.late,
    "days": lambda one: -one.late_days,
    "due": lambda one: str(one.due_on or "9"),
}


class ExtendForm(forms.Form):
    """Which county has more days for which window, and why."""

    county = forms.ChoiceField(label=gettext_lazy("County"))
    kind = forms.ChoiceField(label=gettext_lazy("Window"))
    until_on = forms.DateField(label=gettext_lazy("New last day"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400)

    def __init__(self, request: Request, data: Any = None) -> None:  # noqa: ANN401 -- Django's own
        super().__init__(data)
        counties = Organisation.objects.within(request.actor.scope).filter(kind__in=[Kind.COUNTY, Kind.ZONE]).order_by("path")
        cast("forms.ChoiceField", self.fields["county"]).choices = [(one.public_id, str(one)) for one in counties]
        kinds = [(kind.value, policies.WINDOW_LABELS[kind]) for kind in reviews.EXTENDED_KINDS]
        cast("forms.ChoiceField", self.fields["kind"]).choices = kinds


@require_safe
@allowed(reviews.SEE_CLOCKS)
def clocks(request: Request) -> HttpResponseBase:
    """What waits for whom, the latest first, by step; as a workbook too."""
    years = list(policies.years_for(request.actor))
    year = chosen_year(years, request.GET.get("year", ""))
    if year is None:
        return render(request, "bureau/clocks.html", {"year": None, "years": years})
    return _page(request, year, years)


def _page(
    request: Request, year: policies.TrainingYear, years: Sequence[policies.TrainingYear], form: ExtendForm | None = None, status: int = 200
) -> HttpResponseBase:
    policy = policies.policy_of(year)
    by_school = request.actor.role in SCHOOL or request.actor.role == Role.COUNTY_OFFICER
    every = reviews.clocks(request.actor.scope, year, request.today, by_school=by_school)
    labels = {step: credits_room.word_of(reviews.rule_of(policy, step).label) for step in credits_room.steps_of(policy)}
    rows = _wanted(request, every)
    if request.GET.get("export") == "xlsx":
        return _workbook(rows, labels, year)
    page = page_of(request, rows)
    facts = {
        "year": year,
        "years": years,
        "steps": [(step.value, word, sum(one.entries for one in every if one.step is step)) for step, word in labels.items()],
        "step": request.GET.get("step", ""),
        "rows": [(one, labels[one.step]) for one in page.rows],
        "page_rows": page,
        "totals": (sum(one.entries for one in rows), sum(one.late for one in rows)),
        "form": (form or ExtendForm(request)) if request.actor.may(reviews.EXTEND) else None,
        "extensions": _extensions(request, year),
    }
    return render(request, "bureau/clocks.html", facts, status=status)


def _wanted(request: Request, rows: Sequence[reviews.Waiting]) -> list[reviews.Waiting]:
    step, q, name = request.GET.get("step", ""), request.GET.get("q", "").strip(), request.GET.get("sort", "")
    found = [one for one in rows if step in ("", one.step.value) and q in str(one.office) and (one.late or request.GET.get("late") != "1")]
    if key := SORTS.get(name.removeprefix("-")):
        found.sort(key=key, reverse=name.startswith("-"))
    return found


def _extensions(request: Request, year: policies.TrainingYear) -> list[tuple[credits_room.WindowExtension, Any]]:
    found = credits_room.WindowExtension.everywhere.filter(training_year=year).select_related("county").order_by("-pk")
    scope = request.actor.scope
    own = [one for one in found if scope.holds(one.county.path) or scope.first.startswith(one.county.path)]
    return [(one, policies.WINDOW_LABELS[WindowKind(one.kind)]) for one in own]


def _workbook(rows: Sequence[reviews.Waiting], labels: dict[credits_room.Step, str], year: policies.TrainingYear) -> FileResponse:
    headings = [_("Step"), _("Office or school"), _("Entries"), _("Hours"), _("Late"), _("Last day"), _("Days late")]
    lines = (
        (labels[one.step], one.office, one.entries, format_hours_exact(one.centi), one.late, one.due_on or "", one.late_days)
        for one in rows
    )
    return workbook_response(f"{year.year}-{_('deadlines')}", headings, lines)


@require_POST
@allowed(reviews.EXTEND)
def extend(request: Request) -> HttpResponseBase:
    """The county has more days."""
    year = year_in(request, request.POST.get("year", ""))
    form = ExtendForm(request, request.POST)
    if not form.is_valid():
        return _page(request, year, list(policies.years_for(request.actor)), form, 422)
    try:
        _extend(request, year, form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _page(request, year, list(policies.years_for(request.actor)), form, 409)
    return redirect(f"{reverse('bureau:clocks')}?year={year.year}")


def _extend(request: Request, year: policies.TrainingYear, said: dict[str, Any]) -> None:
    county = Organisation.objects.within(request.actor.scope).filter(public_id=said["county"]).first()
    if county is None:
        raise NotInScope
    kind = WindowKind(said["kind"])
    reviews.extend(
        actor=request.actor, training_year_id=year.pk, county_id=county.pk, kind=kind, until_on=said["until_on"], reason=said["reason"], now=request.now
    )  # fmt: skip
    messages.success(request, _("The county has more days; it stands in the audit log."))


@require_POST
@allowed(reviews.REOPEN)
def reopen(request: Request) -> HttpResponse:
    """The verified entry waits for its last step again."""
    public_id, teacher = request.POST.get("entry", ""), request.POST.get("teacher", "")
    entry_id = credits_room.entry_ids_in(request.actor.scope, [public_id]).get(public_id)
    if entry_id is None:
        raise NotInScope
    reviews.reopen(actor=request.actor, entry_ids=[entry_id], reason=request.POST.get("reason", ""), now=request.now)
    messages.success(request, _("The entry is open again and waits for its last step."))
    return redirect("bureau:teacher", teacher) if teacher else redirect("bureau:queue")

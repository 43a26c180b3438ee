"""An accepted plan becomes projects: which lines, of which kind, in which days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from xingtan.domains.plans import api as plans
from xingtan.domains.projects import api as projects
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.bureau.answers import OfficeForm, form_page, tried
from xingtan.web.http import Request
from xingtan.web.parts.days import day_field

from .plan import people_of

# The kind that a line's category suggests; the officer may choose another.
SUGGESTED = {"principal": "principals", "technology": "it_capability", "english_abroad": "overseas"}
USUAL = "face_to_face"


class ProjectsForm(OfficeForm):
    """The days of the applications, and for each line whether it becomes a project and of which kind."""

    opens_on = day_field(_("First day"))
    closes_on = day_field(_("Last day"))

    def __init__(self, data: Any = None, *, plan: plans.Plan, lines: list[plans.PlanLine]) -> None:  # noqa: ANN401 -- what Django calls data
        year = plan.training_year
        first, last = projects.days_of(year)
        super().__init__(data, initial={"opens_on": year.first_on, "closes_on": year.last_on})
        for name in ("opens_on", "closes_on"):
            self.fields[name].widget.attrs.update(min=first.isoformat(), max=last.isoformat())
        self.lines = lines
        for line in lines:
            suggested = SUGGESTED.get(line.category, USUAL)
            self.fields[f"kind{line.pk}"] = forms.ChoiceField(
                choices=list(projects.KIND_LABELS.items()),
                label=line.what,
                initial=suggested if suggested in projects.KIND_LABELS else USUAL,
            )
            self.fields[f"take{line.pk}"] = forms.BooleanField(required=False, initial=True, label=line.what)

    @property
    def rows(self) -> list[tuple[plans.PlanLine, str, forms.BoundField, forms.BoundField]]:
        """Each line with whom it is for, its tick and its kind."""
        return [(line, people_of(line), self[f"take{line.pk}"], self[f"kind{line.pk}"]) for line in self.lines]

    @property
    def wanted(self) -> list[plans.Became]:
        """The ticked lines."""
        told = self.cleaned_data
        return [
            plans.Became(line.pk, told[f"kind{line.pk}"], told["opens_on"], told["closes_on"])
            for line in self.lines
            if told[f"take{line.pk}"]
        ]


@require_http_methods(["GET", "HEAD", "POST"])
@allowed(projects.PUBLISH)
def make(request: Request, pid: str) -> HttpResponseBase:
    """The lines that the office runs itself, to tick; sent, each is a project draft."""
    held = plans.plan_in(request.actor.scope, pid)
    if held.organisation_id != request.actor.organisation_id:
        raise NotInScope
    waiting = [line for line in plans.lines_of([held.pk])[held.pk] if line.way == plans.Way.RUN and line.project_id is None]
    form = ProjectsForm(request.POST or None, plan=held, lines=[line for line in waiting if line.accepted_count])
    if form.is_bound and form.is_valid():
        made = tried(form, lambda: plans.make_projects(actor=request.actor, plan_id=held.pk, wanted=form.wanted, now=request.now))
        if made is not None:
            words = ngettext(
                "%(n)s project draft stands. Complete it and publish it.",
                "%(n)s project drafts stand. Complete and publish them.",
                len(made),
            )
            messages.success(request, words % {"n": len(made)})
            return redirect("bureau:plan", pid)
    return form_page(request, "planning/make.html", form, {"plan": held})

"""A project again in another year, its differences shown before it is made."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.web.access import allowed
from xingtan.web.bureau.answers import OfficeForm, form_page
from xingtan.web.http import Request
from xingtan.web.parts.days import bound_days, day_field
from xingtan.web.parts.formats import hours2

from .common import own_project, tried

DAYS = ("opens_on", "closes_on", "starts_on", "ends_on")
WHAT = {
    "title": pgettext_lazy("project", "Title"),
    "title_en": _("Title in English"),
    "opens_on": _("First day of application"),
    "closes_on": _("Last day of application"),
    "starts_on": _("First day of the training"),
    "ends_on": _("Last day of the training"),
    "segment_days": _("Days"),
    "segment_hours": _("Hours"),
    "offer_hours": _("Hours of the offer"),
    "offer_lead": _("Workshop lead"),
}


class Told(NamedTuple):
    """A difference in words."""

    what: str
    part: str
    old: str
    new: str


class CopyForm(OfficeForm):
    """What of a copy is said anew."""

    title = forms.CharField(label=pgettext_lazy("project", "Title"), max_length=160)
    title_en = forms.CharField(label=_("Title in English"), max_length=160, required=False)
    opens_on = day_field(_("First day of application"))
    closes_on = day_field(_("Last day of application"))
    starts_on = day_field(_("First day of the training"), required=False)
    ends_on = day_field(_("Last day of the training"), required=False)

    def __init__(self, data: Any = None, *, proposed: Any, year: policies.TrainingYear) -> None:  # noqa: ANN401 -- what Django calls data
        super().__init__(data, initial={name: proposed.facts[name] for name in ("title", "title_en", *DAYS)})
        bound_days(self, DAYS, *projects.days_of(year))


@require_http_methods(["GET", "POST"])
@allowed(projects.PUBLISH)
def copy(request: Request, pid: str) -> HttpResponse:
    """The copy in another year beside its source; the draft is made when its form is sent."""
    held = own_project(request, pid)
    years = sorted(policies.open_years_for(held.organiser), key=lambda one: one.year)
    year = _year(request, years, held.training_year)
    proposed = projects.copy_proposed(actor=request.actor, project_id=held.pk, training_year_id=year.pk, now=request.now)
    form = CopyForm(request.POST or None, proposed=proposed, year=year)
    if form.is_bound and form.is_valid():
        act = partial(projects.copy_project, actor=request.actor, project_id=held.pk, training_year_id=year.pk, now=request.now)
        made = tried(form, lambda: act(values=form.cleaned_data))
        if made is not None:
            messages.success(request, gettext("The copy is a draft. Look it through, then publish it."))
            return redirect("bureau:project", made.public_id)
    facts = {"project": held, "years": years, "year": year, "differences": [_told(one) for one in proposed.differences]}
    kept = {"segments": len(proposed.segments), "offers": len(proposed.offers)}
    return form_page(request, "bureau/projects/copy.html", form, {**facts, **kept})


def _year(request: Request, years: list[policies.TrainingYear], own: policies.TrainingYear) -> policies.TrainingYear:
    """The year that the address names; the next open one after the project's, or its own where none is."""
    later = next((one for one in years if one.year > own.year), own)
    return next((one for one in years if str(one.year) == request.GET.get("year")), later)


def _told(one: Any) -> Told:  # noqa: ANN401 -- a difference of the room
    show = hours2 if one.what.endswith("_hours") else _plain
    return Told(str(WHAT[one.what]), one.part, show(one.old), show(one.new))


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return " – ".join(_plain(day) for day in value)
    return str(value) if value not in (None, "") else "–"

"""Training years: the list, opening one, its page, moving a window."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from xingtan.core.calendar import WindowKind
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import NotInScope
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of

from .answers import form_page, tried
from .forms import OpenYearForm, PickYearForm, WindowForm
from .views import year_view


@require_safe
@allowed(policies.SEE_YEARS)
def years(request: Request) -> HttpResponse:
    """Every year that holds in the branch, with what is open today."""
    page = page_of(request, policies.years_for(request.actor))
    windows = policies.windows_by_year([year.pk for year in page.rows])
    rows = [year_view(year, windows[year.pk], request.today) for year in page.rows]
    return render(request, "bureau/years.html", {"page_rows": page, "years": rows, "may_open": request.actor.may(policies.OPEN_YEAR)})


@require_safe
@allowed(policies.OPEN_YEAR)
def open_year(request: Request) -> HttpResponse:
    """First the pack and the year, then the days that the pack proposes, to change and confirm."""
    pick = PickYearForm(request.GET if "pack" in request.GET else None, initial={"year": request.today.year})
    if not pick.is_valid():
        return form_page(request, "bureau/year_pick.html", pick)
    pack, year = pick.cleaned_data["pack"], pick.cleaned_data["year"]
    return form_page(request, "bureau/year_open.html", OpenYearForm(pack=pack, year=year), {"pack": pack, "year": year})


@require_POST
@allowed(policies.OPEN_YEAR)
def open_year_now(request: Request, pack_id: int, year: int) -> HttpResponse:
    """The year is open, or the form comes back with why not."""
    pack = policies.pack_by_id(pack_id)
    form = OpenYearForm(request.POST, pack=pack, year=year)
    if form.is_valid() and tried(form, lambda: _open(request, pack.pk, year, form)) is not None:
        messages.success(request, _("The training year %(year)s is open.") % {"year": year})
        return redirect("bureau:year", year)
    return form_page(request, "bureau/year_open.html", form, {"pack": pack, "year": year})


def _open(request: Request, pack_id: int, year: int, form: OpenYearForm) -> policies.TrainingYear:
    if request.actor.organisation_id is None:
        raise NotInScope
    return policies.open_year(
        actor=request.actor, organisation_id=request.actor.organisation_id, year=year, pack_id=pack_id, now=request.now, **form.cleaned_data
    )


@require_safe
@allowed(policies.SEE_YEARS)
def year(request: Request, year: int) -> HttpResponse:
    """One year: its windows on an axis and as a table, its pack with the digest that names its exact words."""
    held = policies.year_for(request.actor, year)
    facts = year_view(held, policies.windows_of(held), request.today)
    may_move = request.actor.may(policies.OPEN_YEAR) and held.state == policies.YearState.OPEN
    return render(request, "bureau/year.html", {"year": facts, "policy": policies.policy_of(held), "may_move": may_move})


@require_http_methods(["GET", "POST"])
@allowed(policies.OPEN_YEAR)
def window(request: Request, year: int, kind: str) -> HttpResponse:
    """A window's days, to change with a reason."""
    held = policies.year_for(request.actor, year)
    shown = policies.windows_of(held).get(_kind(kind))
    if shown is None:
        raise NotInScope
    form = WindowForm(request.POST or None, initial={"opens_on": shown.opens_on, "closes_on": shown.closes_on})
    if form.is_bound and form.is_valid() and tried(form, lambda: _move(request, held.pk, shown.kind, form)) is not None:
        messages.success(request, _("The window has its new days. The days before stand in the audit log."))
        return redirect("bureau:year", year)
    return form_page(request, "bureau/window.html", form, {"year": held, "label": policies.WINDOW_LABELS[shown.kind], "window": shown})


def _move(request: Request, training_year_id: int, kind: WindowKind, form: WindowForm) -> object:
    return policies.set_window(actor=request.actor, training_year_id=training_year_id, kind=kind, now=request.now, **form.cleaned_data)


def _kind(text: str) -> WindowKind:
    try:
        return WindowKind(text)
    except ValueError:
        raise NotInScope from None

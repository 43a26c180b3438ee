"""The rates of a county's schools, for a circular: how many teachers came how far, and whom each school still chases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xingtan.domains.papers import api as door
from xingtan.domains.policies import api as policies
from xingtan.foundation.people.roles import OVERSIGHT, Permission
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.models import Kind, Organisation
from xingtan.foundation.scope.tree import organisation_in
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.school.scopes import year_wanted

SEE_RATES = Permission("papers.see_rates", OVERSIGHT)
COUNTIES = (Kind.COUNTY, Kind.ZONE)
SORTS = ("school", "people", "behind", *(one.value for one in door.Matter))


@require_safe
@allowed(SEE_RATES)
def rates(request: Request) -> HttpResponseBase:
    """The schools of the office's county with their rates; an office above the counties chooses one first."""
    year = year_wanted(request)
    counties = list(Organisation.objects.within(request.actor.scope).filter(kind__in=COUNTIES, closed_on=None).order_by("path"))
    county = _county(request, counties)
    if year is None or county is None:
        return render(request, "bureau/rates.html", {"year": year, "counties": counties, "county": None})
    found = _sorted(door.rates_in(county.scope, year, request.today), request.GET.get("sort", "-behind"))
    if request.GET.get("export") == "xlsx":
        return _export(found, county, year)
    return _page(request, found, {"year": year, "counties": counties, "county": county})


def _county(request: Request, counties: Sequence[Organisation]) -> Organisation | None:
    """The county of the address, or the only one there is."""
    if wanted := request.GET.get("county", ""):
        return organisation_in(request.actor.scope, wanted, kinds=COUNTIES)
    return counties[0] if len(counties) == 1 else None


def _page(request: Request, found: list[door.Rate], shown: dict[str, Any]) -> HttpResponse:
    people, behind = sum(one.people for one in found), sum(one.behind for one in found)
    page = page_of(request, found)
    rows = [(one, [(one.held[matter]) for matter in door.Matter], percent(one)) for one in page.rows]
    totals = [sum(one.held[matter] for one in found) for matter in door.Matter]
    shown |= {"page_rows": page, "rows": rows, "matters": list(door.MATTERS.items()), "totals": totals, "people": people, "behind": behind}
    return render(request, "bureau/rates.html", shown)


def percent(one: door.Rate) -> int:
    """Of a hundred teachers in post, how many nobody has to chase; rounded down."""
    return (one.people - one.behind) * 100 // one.people if one.people else 100


def _sorted(rows: list[door.Rate], wanted: str) -> list[door.Rate]:
    key = wanted.removeprefix("-")
    if key not in SORTS:
        raise NotInScope
    if key == "school":
        return sorted(rows, key=lambda one: one.school.path, reverse=wanted.startswith("-"))
    return sorted(rows, key=lambda one: (_figure(one, key), one.school.path), reverse=wanted.startswith("-"))


def _figure(one: door.Rate, key: str) -> int:
    """What a column is sorted by: the share of all who are chased, not their number, for schools are of many sizes."""
    if key == "people":
        return one.people
    return one.behind * 1_000_000 // max(one.people, 1) if key == "behind" else one.held[door.Matter(key)]


def _export(rows: list[door.Rate], county: Organisation, year: policies.TrainingYear) -> HttpResponseBase:
    headings = [_("School"), _("In post"), *(str(word) for word in door.MATTERS.values()), _("Chased"), _("On track, percent")]
    lines = ([str(one.school), one.people, *(one.held[matter] for matter in door.Matter), one.behind, percent(one)] for one in rows)
    return workbook_response(f"{county.name} {_('Rates of schools')} {year.year}", headings, lines)

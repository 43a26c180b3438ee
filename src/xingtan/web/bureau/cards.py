"""Learning cards, school by school: how far each is, and registration in bulk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.cards.tabs import tabs_for
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import page_of
from xingtan.web.school.scopes import year_wanted

State = enrolment.State


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """A school's numbers of the year."""

    school: Organisation
    chosen: int
    confirmed: int
    paid: int
    registered: int
    cards: int
    active: int


@require_safe
@allowed(enrolment.SEE_CARDS)
def cards(request: Request) -> HttpResponseBase:
    """How many choices, payments, registrations and cards each school has."""
    year = year_wanted(request)
    if year is None:
        return render(request, "bureau/cards.html", {"year": None, "tabs": []})
    schools = teachers.schools_in(request.actor.scope)
    if text := request.GET.get("q", "").strip():
        schools = schools.filter(name__contains=text)
    if request.GET.get("export") == "xlsx":
        return _export(_rows(request, year, list(schools)), year.year)
    page = page_of(request, schools)
    context = {
        "tabs": tabs_for(request, "bureau:cards"),
        "year": year,
        "page_rows": page,
        "rows": _rows(request, year, page.rows),
        "total": _total(request, year),
    }
    context |= {"is_first": not enrolment.registers_in_bulk(enrolment.year_rules(year).policy.entry)}
    context |= {"may_register": request.actor.may(enrolment.REGISTER), "may_issue": request.actor.may(enrolment.ISSUE_CARDS)}
    return render(request, "bureau/cards.html", context)


def _rows(request: Request, year: policies.TrainingYear, schools: Iterable[Organisation]) -> list[SchoolRow]:
    states = enrolment.state_counts_by_school(request.actor.scope, year.pk)
    counts = enrolment.card_counts(request.actor.scope, year.pk)
    return [SchoolRow(one, *_numbers(states.get(one.pk, {})), *counts.get(one.pk, (0, 0))) for one in schools]


def _numbers(states: Mapping[enrolment.State, int]) -> tuple[int, int, int, int]:
    registered = states.get(State.REGISTERED, 0)
    paid = registered + states.get(State.PAID, 0)
    confirmed = paid + states.get(State.CONFIRMED, 0)
    return confirmed + states.get(State.CHOSEN, 0), confirmed, paid, registered


def _total(request: Request, year: policies.TrainingYear) -> dict[str, int]:
    states = enrolment.counts_by_state(request.actor.scope, year.pk)
    counts = enrolment.card_counts(request.actor.scope, year.pk).values()
    chosen, confirmed, paid, registered = _numbers(states)
    found = {"chosen": chosen, "confirmed": confirmed, "paid": paid, "registered": registered, "waiting": states[State.PAID]}
    return found | {"cards": sum(n for n, _active in counts), "active": sum(active for _n, active in counts)}


def _export(rows: list[SchoolRow], year: int) -> HttpResponseBase:
    headings = [
        _("School"),
        _("Chosen"),
        _("Confirmed"),
        pgettext("selection", "Paid"),
        pgettext("selection", "Registered"),
        _("Cards"),
        _("Active"),
    ]
    return workbook_response(f"cards-{year}", headings, _lines(rows))


def _lines(rows: list[SchoolRow]) -> Iterator[list[object]]:
    for row in rows:
        yield [str(row.school), row.chosen, row.confirmed, row.paid, row.registered, row.cards, row.active]


@require_POST
@allowed(enrolment.REGISTER)
def cards_register(request: Request) -> HttpResponse:
    """Everyone of the branch who is paid for is registered and has a card."""
    year = year_wanted(request)
    if year is None:
        raise NotInScope
    waiting = enrolment.selections_in(request.actor.scope, year.pk).filter(state__in=[State.CONFIRMED, State.PAID])
    ids = list(waiting.values_list("pk", flat=True))
    count = enrolment.register_paid(actor=request.actor, selection_ids=ids, now=request.now)
    messages.success(request, ngettext("%(n)d teacher registered.", "%(n)d teachers registered.", count) % {"n": count})
    return redirect("bureau:cards")


@require_POST
@allowed(enrolment.ISSUE_CARDS)
def cards_issue(request: Request) -> HttpResponse:
    """Every teacher in post of the branch has a card to activate, where the policy puts the card first."""
    year = year_wanted(request)
    if year is None:
        raise NotInScope
    ids = list(teachers.teachers_in_post(request.actor.scope).values_list("pk", flat=True))
    count = enrolment.issue_cards(actor=request.actor, training_year_id=year.pk, teacher_ids=ids, now=request.now)
    messages.success(request, ngettext("%(n)d card issued.", "%(n)d cards issued.", count) % {"n": count})
    return redirect("bureau:cards")

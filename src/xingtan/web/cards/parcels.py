"""Parcels: sent down to those who need cards, counted on arrival, differences explained."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.domains.cards import api as cards
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.models import Organisation
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.tables import page_of

from .tabs import done, page, year_of

HERE = "bureau:card_parcels"
MOST_COUNT = 50_000


@require_safe
@allowed(cards.SEE_CARDS)
def parcels(request: Request) -> HttpResponse:
    """Parcels to and within the branch, and who needs cards that are in hand here."""
    year = year_of(request)
    found = cards.consignments_in(request.actor.scope, year.pk)
    if text := request.GET.get("q", "").strip():
        found = found.filter(receiver__name__contains=text)
    if (state := request.GET.get("state", "")) in cards.CONSIGNMENTS:
        found = found.filter(state=state)
    listed = page_of(request, found)
    facts: dict[str, Any] = {"year": year, "list": listed, "rows": [_shown(request, one) for one in listed.rows], "state": state}
    facts |= {"states": list(cards.CONSIGNMENTS.items()), "in_hand": cards.in_hand(request.actor.organisation_id or 0, year.pk)}
    if request.actor.may(cards.SEND_ON):
        facts["needs"] = _needs(request, year.pk)
    return page(request, "parcels", HERE, facts)


def _needs(request: Request, year_id: int) -> list[tuple[Organisation, int]]:
    """Of a county the schools that lack cards, of a higher office the counties whose batches lie here, each with how many."""
    if request.actor.role is Role.COUNTY_OFFICER:
        needs = cards.needs_by_school(request.actor.scope, year_id)
    else:
        here = cards.cards_in(request.actor.scope, year_id).filter(holder_id=request.actor.organisation_id, state__in=sorted(cards.IN_HAND))
        needs = {}
        for county_id in here.exclude(batch=None).values_list("batch__county_id", flat=True):
            needs[county_id] = needs.get(county_id, 0) + 1
    places = Organisation.objects.within(request.actor.scope).in_bulk(list(needs))
    return sorted(((place, needs[pk]) for pk, place in places.items()), key=lambda row: row[0].path)


def _shown(request: Request, one: cards.Consignment) -> dict[str, Any]:
    state = cards.ConsignmentState(one.state)
    waits = state is cards.ConsignmentState.SENT and one.receiver_id == request.actor.organisation_id
    return {"it": one, "word": cards.CONSIGNMENTS[state], "chip": cards.PARCEL_CHIPS[state], "waits": waits}


@require_POST
@allowed(cards.SEND_ON)
def send(request: Request) -> HttpResponse:
    """Each named place with a number above 0 has a parcel on its way; all or none."""
    year = year_of(request)
    counts = {name[6:]: int(str(text)) for name, text in request.POST.items() if name.startswith("count-") and _is_count(str(text))}
    known = dict(Organisation.objects.within(request.actor.scope).filter(public_id__among=list(counts)).values_list("public_id", "pk"))
    if len(known) != len(counts):
        raise NotInScope
    wanted = {known[pid]: n for pid, n in counts.items() if n}
    said = ngettext("%(n)d parcel is on its way.", "%(n)d parcels are on their way.", len(wanted)) % {"n": len(wanted)}
    return done(request, lambda: cards.send(actor=request.actor, training_year_id=year.pk, counts=wanted, now=request.now), said, HERE)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) <= MOST_COUNT


@require_safe
@allowed(cards.SEE_CARDS)
def parcel(request: Request, pid: str) -> HttpResponse:
    """One parcel: its numbers, and counting them on arrival."""
    one = cards.consignment_in(request.actor.scope, pid)
    shown = _shown(request, one)
    facts = {**shown, "year": one.training_year, "numbers": [card.number for card in cards.cards_of(one)][:2000]}
    facts["may_receive"] = shown["waits"] and request.actor.may(cards.RECEIVE)
    facts["may_settle"] = one.state == cards.ConsignmentState.SHORT and one.sender_id == request.actor.organisation_id
    return page(request, "parcel", HERE, facts)


@require_POST
@allowed(cards.RECEIVE)
def receive(request: Request, pid: str) -> HttpResponse:
    """The parcel is confirmed, with the numbers that were missing or damaged."""
    one = cards.consignment_in(request.actor.scope, pid)
    missing, damaged = (request.POST.get(name, "").split() for name in ("missing", "damaged"))
    return done(
        request,
        lambda: cards.receive(actor=request.actor, consignment_id=one.pk, missing=missing, damaged=damaged, now=request.now),
        _("Received; the cards are in hand."),
        "bureau:card_parcel",
        pid,
    )


@require_POST
@allowed(cards.SEND_ON)
def settle(request: Request, pid: str) -> HttpResponse:
    """The sender's explanation of the difference stands."""
    one = cards.consignment_in(request.actor.scope, pid)
    reason = request.POST.get("reason", "")[:200]
    return done(
        request,
        lambda: cards.settle(actor=request.actor, consignment_id=one.pk, reason=reason, now=request.now),
        _("The difference is explained."),
        "bureau:card_parcel",
        pid,
    )

"""Parcels go down, are counted, and differences are explained."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from xingtan.domains.cards import access, rules
from xingtan.domains.cards.models import Card, Consignment
from xingtan.domains.cards.rules import Refusal
from xingtan.domains.cards.states import IN_HAND, CardAct, ConsignmentState
from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.models import Kind, Organisation

from .moving import Note, hold_place, move, refuse


@atomic
def send(
    *, actor: Actor, training_year_id: int, counts: Mapping[int, int], handbooks: int | None = None, now: datetime
) -> list[Consignment]:
    """Each receiver below the actor's office is on the list of parcels with so many cards, the lowest numbers in hand first; all or none.

    A county's own cards only go to that county's branch. Without a number of handbooks each card has one.
    """
    require(actor, access.SEND_ON)
    year = policies.year_by_id(actor, training_year_id)
    sender = hold_place(actor.organisation_id)
    receivers = Organisation.objects.within(actor.scope).exclude(pk=sender.pk).exclude(kind=Kind.PROVIDER).in_bulk(list(counts))
    if len(receivers) != len(counts):
        raise NotInScope
    sent = []
    for receiver_id in sorted(counts):
        cards = _taken(sender, receivers[receiver_id], year.pk, counts[receiver_id])
        parcel = Consignment.everywhere.create(
            training_year=year, sender=sender, receiver_id=receiver_id, state=ConsignmentState.SENT.value, count=len(cards),
            first_number=cards[0].number, last_number=cards[-1].number, handbooks=len(cards) if handbooks is None else handbooks,
            sent_at=now, sent_by_id=actor.account_id,
        )  # fmt: skip
        move(actor, cards, CardAct.SEND, now, Note(consignment=parcel), consignment=parcel)
        sent.append(parcel)
    record(actor, "cards.sent", "consignment", [one.pk for one in sent], now=now, detail={"count": sum(counts.values())})
    return sent


def _taken(sender: Organisation, receiver: Organisation, year_id: int, count: int) -> list[Card]:
    """The next cards in the sender's drawer that are for the receiver's county; the sender is held by the caller."""
    drawer = Card.everywhere.filter(holder=sender, training_year_id=year_id, state__in=sorted(IN_HAND), batch__isnull=False)
    place = receiver.path
    counties = [pk for pk, path in drawer.values_list("batch__county_id", "batch__county__path").distinct() if _fits(path, place)]
    fitting = drawer.filter(batch__county_id__in=counties).select_for_update(of=("self",))
    cards = list(fitting.order_by("number")[:count]) if count > 0 else []
    refuse(rules.refuse_count(count, len(cards)), held=len(cards), wanted=count)
    return cards


def _fits(county: str, place: str) -> bool:
    """A county's cards go to the county, below it, or to an office above it on the way down."""
    return place.startswith(county) or county.startswith(place)


@atomic
def receive(
    *, actor: Actor, consignment_id: int, missing: Collection[str] = (), damaged: Collection[str] = (), now: datetime
) -> Consignment:
    """The parcel's cards are in the receiver's drawer but for those that it did not find or found damaged; confirmed again it stays as it is."""
    require(actor, access.RECEIVE)
    parcel = _parcel(actor, consignment_id)
    if parcel.receiver_id != actor.organisation_id:
        raise NotInScope
    if parcel.received_at is not None:
        return parcel
    cards = list(Card.everywhere.select_for_update().filter(consignment=parcel).order_by("number"))
    refuse(rules.refuse_differences([card.number for card in cards], missing, damaged))
    note = Note(consignment=parcel)
    fine = [card for card in cards if card.number not in missing and card.number not in damaged]
    move(actor, fine, CardAct.RECEIVE, now, note, holder=parcel.receiver_id)
    move(actor, [card for card in cards if card.number in missing], CardAct.LOSE, now, note)
    move(actor, [card for card in cards if card.number in damaged], CardAct.DAMAGE, now, note, holder=parcel.receiver_id)
    parcel.missing, parcel.damaged = len(missing), len(damaged)
    parcel.state = (ConsignmentState.SHORT if missing or damaged else ConsignmentState.RECEIVED).value
    parcel.received_at, parcel.received_by_id = now, actor.account_id
    parcel.save(update_fields=["missing", "damaged", "state", "received_at", "received_by_id"])
    record(actor, "cards.received", "consignment", [parcel.pk], now=now, detail={"missing": len(missing), "damaged": len(damaged)})
    return parcel


@atomic
def settle(*, actor: Actor, consignment_id: int, reason: str, now: datetime) -> Consignment:
    """The sender's explanation of a difference stands with the parcel."""
    require(actor, access.SEND_ON)
    parcel = _parcel(actor, consignment_id)
    if parcel.sender_id != actor.organisation_id:
        raise NotInScope
    refuse(None if reason.strip() else Refusal.CARDS_REASON)
    refuse(rules.refuse_consignment(ConsignmentState(parcel.state), ConsignmentState.SETTLED))
    parcel.state, parcel.reason = ConsignmentState.SETTLED.value, reason.strip()[:200]
    parcel.save(update_fields=["state", "reason"])
    record(actor, "cards.difference_settled", "consignment", [parcel.pk], now=now)
    return parcel


def _parcel(actor: Actor, consignment_id: int) -> Consignment:
    held = Consignment.objects.within(actor.scope).select_for_update(of=("self",)).filter(pk=consignment_id)
    parcel: Consignment | None = held.select_related("sender", "receiver").first()
    if parcel is None:
        raise NotInScope
    return parcel

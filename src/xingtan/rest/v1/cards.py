"""Printed learning cards: where each is, its trail, parcels to count, handing out; cards needed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from ninja import Query, Router, Schema
from pydantic import Field

from xingtan.domains.cards import api as door
from xingtan.domains.enrolment import api as enrolment

from .http import Request
from .operations import reads, writes
from .paging import Page, Paging, page_of
from .shapes import MANY, In, OrganisationOut, TeacherRef, organisation, teacher_ids, teacher_ref, year_named

router = Router(tags=["cards"])
parcels = Router(tags=["cards"])


class CardOut(Schema):
    """A printed card: who has it, whom it is for, what it is good for."""

    id: str
    number: str
    state: door.CardState
    holder: OrganisationOut
    teacher: TeacherRef | None
    hours_centi: int
    drawn_centi: int
    expires_on: date


class StepOut(Schema):
    """One act on a card."""

    act: door.CardAct
    was: str
    became: door.CardState
    at: datetime
    role: str
    reason: str


class CardTrail(CardOut):
    """A card with every act on it, the first one first."""

    steps: list[StepOut]


class CardQuery(Paging):
    """Which cards are wanted."""

    year: int = Field(ge=2000, le=2200)
    state: door.CardState | None = None
    q: str = ""


class ParcelQuery(Paging):
    """Which parcels are wanted; a text finds a receiver."""

    year: int = Field(ge=2000, le=2200)
    q: str = ""


class HandOutIn(In):
    """Reported teachers of the own school, who get the next cards of the drawer."""

    year: int = Field(ge=2000, le=2200)
    teachers: list[str] = Field(min_length=1, max_length=MANY)


class HandedCard(Schema):
    """A card that was handed out; to whom says the card itself."""

    id: str
    number: str
    state: door.CardState


class HandedOut(Schema):
    """The cards that were handed out; who had one is not among them."""

    cards: list[HandedCard]


class ParcelOut(Schema):
    """Cards on their way from one office to the next, and what the receiver counted."""

    id: str
    sender: OrganisationOut
    receiver: OrganisationOut
    state: door.ConsignmentState
    first_number: str
    last_number: str
    count: int
    handbooks: int
    missing: int
    damaged: int
    sent_at: datetime
    received_at: datetime | None


class ReceiptIn(In):
    """The numbers that did not arrive, or arrived damaged; none when all is there."""

    missing: list[str] = Field(default=[], max_length=MANY)
    damaged: list[str] = Field(default=[], max_length=MANY)


def _cards(found: Sequence[door.Card]) -> list[CardOut]:
    drawn = enrolment.drawn_by([one.number for one in found])
    return [
        CardOut(
            id=one.public_id,
            holder=organisation(one.holder),
            teacher=teacher_ref(one.teacher) if one.teacher else None,
            drawn_centi=drawn.get(one.number, 0),
            **{name: getattr(one, name) for name in ("number", "state", "hours_centi", "expires_on")},
        )
        for one in found
    ]


def _parcels(found: Sequence[door.Consignment]) -> list[ParcelOut]:
    own = set(ParcelOut.model_fields) - {"id", "sender", "receiver"}
    return [
        ParcelOut(
            id=one.public_id,
            sender=organisation(one.sender),
            receiver=organisation(one.receiver),
            **{name: getattr(one, name) for name in own},
        )
        for one in found
    ]


@reads(router, "", "cards_list", Page[CardOut], permission=door.SEE_CARDS)
def cards_list(request: Request, wanted: Query[CardQuery]) -> Page[CardOut]:
    """The branch's printed cards of the year."""
    found = door.cards_in(request.actor.scope, year_named(request.actor, wanted.year).pk, wanted.q)
    return page_of(found.filter(state=wanted.state) if wanted.state else found, wanted, _cards)


@writes(router, "/hand-outs", "cards_hand_out", HandedOut, permission=door.HAND_OUT)
def cards_hand_out(request: Request, body: HandOutIn) -> HandedOut:
    """Hand cards to teachers of the own school."""
    year = year_named(request.actor, body.year)
    ids = teacher_ids(request.actor, body.teachers)
    made = door.hand_out(actor=request.actor, training_year_id=year.pk, teacher_ids=ids, now=request.now)
    found = door.cards_in(request.actor.scope, year.pk).filter(pk__among=[card.pk for card in made]).order_by("number")
    return HandedOut(cards=[HandedCard(**one.model_dump(include={"id", "number", "state"})) for one in _cards(list(found))])


@reads(router, "/{card}", "cards_get", CardTrail, permission=door.SEE_CARDS)
def cards_get(request: Request, card: str) -> CardTrail:
    """A card with its whole trail."""
    one = door.card_in(request.actor.scope, card)
    steps = [StepOut(**{name: getattr(step, name) for name in StepOut.model_fields}) for step in door.trail_of(one)]
    return CardTrail(**_cards([one])[0].model_dump(), steps=steps)


@reads(parcels, "", "card_parcels_list", Page[ParcelOut], permission=door.SEE_CARDS)
def parcels_list(request: Request, wanted: Query[ParcelQuery]) -> Page[ParcelOut]:
    """Parcels of cards to the branch."""
    found = door.consignments_in(request.actor.scope, year_named(request.actor, wanted.year).pk)
    return page_of(found.filter(receiver__name__contains=wanted.q) if wanted.q else found, wanted, _parcels)


@writes(parcels, "/{parcel}/receipt", "card_parcels_receive", ParcelOut, permission=door.RECEIVE)
def parcels_receive(request: Request, parcel: str, body: ReceiptIn) -> ParcelOut:
    """Confirm what arrived of a parcel to the own office or school."""
    one = door.consignment_in(request.actor.scope, parcel)
    door.receive(actor=request.actor, consignment_id=one.pk, missing=body.missing, damaged=body.damaged, now=request.now)
    return _parcels([door.consignment_in(request.actor.scope, parcel)])[0]

"""Individual members buy hours of their county and study up to them (S1 六(五), 七)."""

from __future__ import annotations

from datetime import datetime

from xingtan.core.calendar import WindowKind, local_day
from xingtan.core.money import price
from xingtan.domains.cards import access
from xingtan.domains.cards.models import Card, HoursPurchase
from xingtan.domains.cards.models.cards import BOUND
from xingtan.domains.cards.queries.prices import fen_per_hour
from xingtan.domains.cards.rules import Refusal
from xingtan.domains.cards.states import CardAct, CardState, PurchaseState
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.registers import api as registers
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .moving import Note, move, steps


@atomic
def buy_hours(*, actor: Actor, training_year_id: int, hours_centi: int, now: datetime) -> HoursPurchase:
    """An approved individual member's order of hours waits for the payment at the county; ordered again it is changed."""
    require(actor, access.BUY_HOURS)
    year = policies.year_by_id(actor, training_year_id)
    member = registers.own_membership(actor.teacher_id or 0)
    if member is None or member.state != registers.MemberState.APPROVED:
        raise Refused(Refusal.NOT_A_MEMBER)
    values = {"county": member.county, "hours_centi": hours_centi, "price_fen": price(hours_centi, fen_per_hour(year)), "ordered_at": now}
    made: HoursPurchase = HoursPurchase.everywhere.update_or_create(
        teacher_id=actor.teacher_id or 0, training_year=year, state=PurchaseState.ORDERED.value, defaults=values
    )[0]
    record(actor, "cards.hours_ordered", "hours_purchase", [made.pk], now=now)
    return made


@atomic
def confirm_purchase(*, actor: Actor, purchase_id: int, receipt: str, now: datetime) -> HoursPurchase:
    """The hours are paid for and on the member's card of the year: a new one, or more on the one that stands; confirmed twice is once."""
    require(actor, access.SELL_HOURS)
    bought = _held(actor, purchase_id)
    if bought.state == PurchaseState.PAID:
        return bought
    _refuse_done(bought)
    card = Card.everywhere.select_for_update().filter(teacher=bought.teacher, training_year=bought.training_year, state__in=BOUND).first()
    if card is None:
        _new_card(actor, bought, now)
    else:
        Card.everywhere.filter(pk=card.pk).update(hours_centi=card.hours_centi + bought.hours_centi)
        enrolment.add_hours([card.number], bought.hours_centi)
        if card.state in (CardState.ACTIVE, CardState.EXHAUSTED):
            move(actor, [card], CardAct.TOP_UP, now, Note(receipt))
    _decide(actor, bought, PurchaseState.PAID, now, receipt)
    record(actor, "cards.hours_sold", "hours_purchase", [bought.pk], now=now)
    return bought


def _new_card(actor: Actor, bought: HoursPurchase, now: datetime) -> Card:
    """A numbered card without a batch, the member's at once; it is activated as every other."""
    year = bought.training_year
    person = teachers.teachers_by_id([bought.teacher_id])[bought.teacher_id]
    [number] = enrolment.reserve_numbers(year=year.year, county_id=bought.county_id, count=1)
    last = enrolment.year_rules(year).windows[WindowKind.STUDY].closes_on
    card: Card = Card.everywhere.create(
        training_year=year, number=number, state=CardState.ISSUED.value, holder_id=person.school_id, teacher=person,
        hours_centi=bought.hours_centi, expires_on=max(last, local_day(now)), changed_at=now,
    )  # fmt: skip
    steps(actor, [(card, None, CardState.ISSUED)], CardAct.MAKE, now)
    bound = enrolment.Bound(number, person.pk, person.school_id, year.pk, bought.hours_centi, card.expires_on)
    if enrolment.bind_cards([bound], now):
        move(actor, [card], CardAct.ACTIVATE, now)
    return card


@atomic
def cancel_purchase(*, actor: Actor, purchase_id: int, now: datetime) -> HoursPurchase:
    """The order is given up, by the member or the county; a paid one stays."""
    require(actor, access.SELL_HOURS if actor.role in access.SELL_HOURS.roles else access.BUY_HOURS)
    bought = _held(actor, purchase_id)
    if bought.state != PurchaseState.CANCELLED:
        _refuse_done(bought)
        _decide(actor, bought, PurchaseState.CANCELLED, now)
        record(actor, "cards.hours_cancelled", "hours_purchase", [bought.pk], now=now)
    return bought


def _held(actor: Actor, purchase_id: int) -> HoursPurchase:
    rows = HoursPurchase.everywhere.filter(teacher_id=actor.teacher_id) if actor.teacher_id else HoursPurchase.objects.within(actor.scope)
    held = rows.select_for_update(of=("self",)).filter(pk=purchase_id).select_related("training_year__pack")
    found: HoursPurchase | None = held.first()
    if found is None:
        raise NotInScope
    return found


def _refuse_done(bought: HoursPurchase) -> None:
    if bought.state != PurchaseState.ORDERED:
        raise Refused(Refusal.PURCHASE_DONE)


def _decide(actor: Actor, bought: HoursPurchase, state: PurchaseState, now: datetime, receipt: str = "") -> None:
    bought.state, bought.receipt, bought.decided_at, bought.decided_by_id = state.value, receipt.strip()[:60], now, actor.account_id
    bought.save(update_fields=["state", "receipt", "decided_at", "decided_by_id"])

"""Cards that are lost, spoilt, called back, or good for longer."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from xingtan.core.calendar import local_day
from xingtan.domains.cards import access, rules
from xingtan.domains.cards.models import Card
from xingtan.domains.cards.rules import Refusal
from xingtan.domains.cards.states import CardAct, CardState
from xingtan.domains.enrolment import api as enrolment
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require

from .moving import Note, hold, move, refuse


@atomic
def report_spoilt(*, actor: Actor, card_ids: Collection[int], is_lost: bool, reason: str, now: datetime) -> int:
    """The cards count as lost or damaged, with the reason; one that was not activated yet opens nothing from now on."""
    require(actor, access.KEEP)
    refuse(None if reason.strip() else Refusal.CARDS_REASON)
    cards = hold(actor, card_ids)
    unused = [card.number for card in cards if card.state == CardState.ISSUED]
    move(actor, cards, CardAct.LOSE if is_lost else CardAct.DAMAGE, now, Note(reason))
    enrolment.void_cards(unused, now, unused_only=True)
    record(actor, "cards.lost" if is_lost else "cards.damaged", "card", [card.pk for card in cards], now=now)
    return len(cards)


@atomic
def recall(*, actor: Actor, card_ids: Collection[int], reason: str, now: datetime) -> int:
    """The cards are void and open nothing; what was studied is kept, and their numbers are never used again."""
    require(actor, access.EXTEND)
    refuse(None if reason.strip() else Refusal.CARDS_REASON)
    cards = hold(actor, card_ids)
    move(actor, cards, CardAct.RECALL, now, Note(reason))
    enrolment.void_cards([card.number for card in cards], now)
    record(actor, "cards.recalled", "card", [card.pk for card in cards], now=now)
    return len(cards)


@atomic
def extend(*, actor: Actor, card_ids: Collection[int], until: date, now: datetime) -> int:
    """The cards are good until this day; those that had expired open their study again."""
    require(actor, access.EXTEND)
    refuse(rules.refuse_day(until, today=local_day(now)))
    cards = hold(actor, card_ids)
    over = [card for card in cards if card.state in (CardState.EXPIRED, CardState.LAPSED)]
    move(actor, over, CardAct.EXTEND, now, Note(until.isoformat()))
    Card.everywhere.filter(pk__among=[card.pk for card in cards]).update(expires_on=until, changed_at=now)
    enrolment.extend_cards([card.number for card in cards], until)
    record(actor, "cards.extended", "card", [card.pk for card in cards], now=now, detail={"until": until.isoformat()})
    return len(cards)

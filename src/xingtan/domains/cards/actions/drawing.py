"""What a card's own life does: activated by its holder, drawn by study, over on its last day; and who is warned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from xingtan.core.calendar import local_day
from xingtan.core.units import format_hours
from xingtan.domains.cards import rules
from xingtan.domains.cards.models import Card
from xingtan.domains.cards.rules import WARN_DAYS
from xingtan.domains.cards.states import WITH_PERSON, CardAct, CardState
from xingtan.domains.enrolment import api as enrolment
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import OPERATOR

from .moving import move

PORTION = 2_000


@atomic
def take_activated(payload: Mapping[str, Any], now: datetime) -> None:
    """`enrolment.card_activated`: the printed cards with these numbers are active; told twice is once."""
    held = Card.everywhere.select_for_update().filter(number__among=payload["numbers"], state=CardState.ISSUED)
    move(OPERATOR, list(held.order_by("number")), CardAct.ACTIVATE, now)


@atomic
def draw(learned: Mapping[int, int], training_year_id: int, now: datetime) -> int:
    """The hours (hundredths) that each teacher has studied are drawn from the teacher's card; used-up ones are exhausted. Answers how many."""
    held = Card.everywhere.select_for_update().filter(
        teacher_id__among=list(learned), training_year_id=training_year_id, state__in=[CardState.ACTIVE, CardState.EXHAUSTED]
    )
    cards = list(held.order_by("number"))
    before = enrolment.drawn_by([card.number for card in cards])
    drawn = enrolment.draw_hours({card.teacher_id: learned[card.teacher_id] for card in cards if card.teacher_id}, training_year_id)
    for card in cards:
        if mark := rules.crossed(before.get(card.number, 0), *drawn.get(card.number, (0, 1))):
            _warn([card], "card_used", mark, now)
    spent = [card for card in cards if card.state == CardState.ACTIVE and card.number in drawn and _is_spent(drawn[card.number])]
    move(OPERATOR, spent, CardAct.EXHAUST, now)
    return len(spent)


def _is_spent(figures: tuple[int, int]) -> bool:
    return figures[0] >= figures[1]


def _warn(cards: Sequence[Card], code: str, mark: int, now: datetime) -> None:
    for card in cards:
        params = {"percent": mark, "hours": format_hours(card.hours_centi), "day": card.expires_on.isoformat()}
        account = card.teacher.account_id if card.teacher else 0
        tell([account], code, source=f"{code}:{card.number}:{mark}:{card.expires_on}", params=params, link="/my/card/", now=now)


@atomic
def expire_due(now: datetime) -> int:
    """Cards whose last day has passed are expired, and holders whose last day is near have been told once; answers how many expired."""
    today = local_day(now)
    with_people = Card.everywhere.filter(state__in=sorted(WITH_PERSON)).select_related("teacher")
    near = with_people.filter(expires_on__gte=today, expires_on__lte=today + timedelta(days=WARN_DAYS))
    _warn(list(near.order_by("number")[:PORTION]), "card_expires", 0, now)
    over = list(with_people.filter(expires_on__lt=today).select_for_update(of=("self",)).order_by("number")[:PORTION])
    move(OPERATOR, over, CardAct.EXPIRE, now)
    return len(over)

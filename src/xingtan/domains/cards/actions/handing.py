"""The school hands cards to the people it reported, and new ones for those that were lost or spoilt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from xingtan.core.units import format_hours
from xingtan.domains.cards import access, rules
from xingtan.domains.cards.models import Card, ReportedName
from xingtan.domains.cards.models.cards import BOUND
from xingtan.domains.cards.rules import Refusal
from xingtan.domains.cards.states import CardAct, CardState
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.inbox.send import tell
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation

from .moving import Note, hold, hold_place, move, refuse, steps


@atomic
def hand_out(*, actor: Actor, training_year_id: int, teacher_ids: Collection[int], now: datetime) -> list[Card]:
    """Each of the reported teachers has a card of the school's drawer, lowest number first, bound to the person; who has one keeps it."""
    require(actor, access.HAND_OUT)
    year = policies.year_by_id(actor, training_year_id)
    school = hold_place(actor.organisation_id)
    people = teachers.teachers_held(actor.scope, set(teacher_ids))
    named = set(ReportedName.objects.filter(training_year=year, teacher__in=people).values_list("teacher_id", flat=True))
    if strangers := [one for one in people if one.pk not in named]:
        raise Refused(Refusal.CARDS_NOT_REPORTED, count=len(strangers))
    standing = Card.everywhere.filter(training_year=year, teacher__in=people, state__in=BOUND)
    having = set(standing.values_list("teacher_id", flat=True))
    waiting = sorted((one for one in people if one.pk not in having), key=lambda one: (one.name_pinyin, one.pk))
    if not waiting:
        return []
    cards = _drawn(school, year.pk, len(waiting))
    _bind(actor, list(zip(cards, waiting, strict=True)), now)
    record(actor, "cards.handed_out", "card", [card.pk for card in cards], now=now, detail={"count": len(cards)})
    return cards


def _drawn(school: Organisation, year_id: int, count: int) -> list[Card]:
    drawer = Card.everywhere.filter(holder=school, training_year_id=year_id, state=CardState.HELD)
    cards = list(drawer.select_for_update().order_by("number")[:count])
    refuse(rules.refuse_count(count, len(cards)), held=len(cards), wanted=count)
    return cards


def _bind(actor: Actor, pairs: Sequence[tuple[Card, teachers.Teacher]], now: datetime, reason: str = "") -> None:
    """The cards are these people's and open their right of the year; a right that was active already stays active under the new number."""
    was = {card.pk: CardState(card.state) for card, _ in pairs}
    refuse(rules.refuse_act(was.values(), CardAct.HAND_OUT))
    for card, person in pairs:
        card.teacher, card.state, card.changed_at = person, CardState.ISSUED.value, now
    Card.everywhere.bulk_update([card for card, _ in pairs], ["teacher", "state", "changed_at"], batch_size=300)
    steps(actor, [(card, was[card.pk], CardState.ISSUED) for card, _ in pairs], CardAct.HAND_OUT, now, Note(reason))
    active = enrolment.bind_cards(
        [
            enrolment.Bound(card.number, one.pk, one.school_id, card.training_year_id, card.hours_centi, card.expires_on)
            for card, one in pairs
        ],
        now,
    )
    move(actor, [card for card, _ in pairs if card.number in active], CardAct.ACTIVATE, now)
    by_hours: dict[int, list[int]] = {}
    for card, one in pairs:
        by_hours.setdefault(card.hours_centi, []).append(one.account_id)
    for centi, accounts in by_hours.items():
        params = {"hours": format_hours(centi)}
        tell(accounts, "card_handed_out", source=f"card:{pairs[0][0].number}", params=params, link="/my/card/", now=now)


@atomic
def reissue(*, actor: Actor, card_id: int, reason: str = "", now: datetime) -> Card:
    """The holder of a lost or damaged card has the next one of the school's drawer; the old one is void and its hours drawn go on."""
    require(actor, access.HAND_OUT)
    school = hold_place(actor.organisation_id)
    [old] = hold(actor, [card_id])
    refuse(rules.refuse_act([CardState(old.state)], CardAct.REPLACE))
    person = teachers.teachers_by_id([old.teacher_id or 0]).get(old.teacher_id or 0)
    if person is None or old.holder_id != school.pk:
        raise NotInScope
    [card] = _drawn(school, old.training_year_id, 1)
    move(actor, [old], CardAct.REPLACE, now, Note(reason))
    Card.everywhere.filter(pk=card.pk).update(replaces=old)
    _bind(actor, [(card, person)], now, reason)
    record(actor, "cards.reissued", "card", [old.pk, card.pk], now=now)
    return card

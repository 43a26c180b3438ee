"""Moving cards along their table, each move with its step in the trail, set by set."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from xingtan.domains.cards import rules
from xingtan.domains.cards.models import Card, CardStep, Consignment
from xingtan.domains.cards.states import CardAct, CardState
from xingtan.foundation.db import insert_objects
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation


@dataclass(frozen=True, slots=True)
class Note:
    """What a step says beside the act: why, and with which parcel."""

    reason: str = ""
    consignment: Consignment | None = None


NOTHING = Note()


def hold(actor: Actor, card_ids: Iterable[int]) -> list[Card]:
    """The cards, locked, in the order of their numbers; `NotInScope` when one is unknown or outside the actor's branch."""
    wanted = set(card_ids)
    list(Card.everywhere.select_for_update().filter(pk__among=wanted).order_by("pk").values_list("pk"))
    found = list(Card.objects.within(actor.scope).filter(pk__among=wanted).select_related("holder").order_by("number"))
    if len(found) != len(wanted):
        raise NotInScope
    return found


def hold_place(organisation_id: int | None) -> Organisation:
    """The office or school, locked: whoever takes cards out of its drawer waits here, so that no card is taken twice."""
    found = Organisation.everywhere.select_for_update(no_key=True).filter(pk=organisation_id or 0).first()
    if found is None:
        raise NotInScope
    return found


def refuse(why: rules.Refusal | None, **params: object) -> None:
    """Nothing happened; raises when there is a reason against."""
    if why is not None:
        raise Refused(why, **params)


def move(actor: Actor, cards: Sequence[Card], act: CardAct, now: datetime, note: Note = NOTHING, **values: object) -> None:
    """The cards (held by the caller) stand where the act leads, with these values, and each has a step more; all or none."""
    was = {card.pk: CardState(card.state) for card in cards}
    refuse(rules.refuse_act(was.values(), act))
    by_state: dict[CardState, list[Card]] = {}
    for card in cards:
        by_state.setdefault(rules.after(was[card.pk], act) or was[card.pk], []).append(card)
    for state, some in by_state.items():
        Card.everywhere.filter(pk__among=[card.pk for card in some]).update(state=state.value, changed_at=now, **values)
        for card in some:
            card.state = state.value
    steps(actor, [(card, was[card.pk], CardState(card.state)) for card in cards], act, now, note)


def steps(
    actor: Actor, moves: Collection[tuple[Card, CardState | None, CardState]], act: CardAct, now: datetime, note: Note = NOTHING
) -> None:
    """Each card has a step more that says who did what, where and why."""
    role, place = actor.role.value, actor.organisation_id
    parcel = note.consignment.pk if note.consignment else None
    insert_objects(
        [
            CardStep(
                card_id=card.pk, act=act.value, was=was.value if was else "", became=became.value, at=now, account_id=actor.account_id,
                role=role, organisation_id=place, consignment_id=parcel, reason=note.reason.strip()[:200],
            )
            for card, was, became in moves
        ]
    )  # fmt: skip

"""A batch of presses decided and kept in one transaction: seats in the order of arrival, behind them the waiting line."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db import OperationalError, connection
from django.db.models import Count

from xingtan.domains.admissions.api import STANDING, Application, State
from xingtan.domains.quotas import api as quotas
from xingtan.foundation.db import writing

from .presses import Answer, Press, refused
from .rows import Born, write_born
from .standing import Ground, Known, ground_of, known_of, places_held, refuse_round

LOG = logging.getLogger(__name__)
TRIES = 3


@dataclass(slots=True)
class Desk:
    """What a batch is decided on and what comes of it."""

    ground: Ground
    leaves: dict[int, quotas.Leaf]
    known: dict[tuple[int, int], Known]
    places: dict[int, int]
    waiting: Counter[int]  # by quota
    born: list[Born] = field(default_factory=list)


def decide(batch: Sequence[Press]) -> list[Answer]:
    """Every press has its definite answer and what it says stands, in one committed transaction; pressing again is answered the same.

    An office's act in the same project goes before or after the batch, batches of several servers go beside each other. Should the database
    end the batch all the same, nothing was kept, and it is decided again.
    """
    for last in (*[False] * (TRIES - 1), True):
        try:
            return _decide(batch)
        except OperationalError:
            if last:
                raise
            LOG.warning("a batch of %s presses met another act and is decided again", len(batch))
            connection.close()
    raise AssertionError


def _decide(batch: Sequence[Press]) -> list[Answer]:
    ground = ground_of(batch)
    with writing():
        quotas.share_seats({press.claims.project_id for press in batch})
        places = places_held(batch)
        leaves = quotas.leaves_held({pk for press in batch for pk in press.claims.quota_ids})
        desk = Desk(ground, leaves, known_of(batch, ground.heads), places, _waiting(leaves))
        answers = [_one(desk, press) for press in batch]
        write_born(desk.born, leaves, batch[-1].at)
    return answers


def _one(desk: Desk, press: Press) -> Answer:
    claims, ground = press.claims, desk.ground
    key = claims.project_id, ground.heads[claims.teacher_id]
    known = desk.known.get(key)
    if known and (known.state in STANDING or known.applied_at.timestamp() >= claims.issued_at):
        return _told(known)
    against = ground.shut.get(claims.project_id) or refuse_round(ground.rounds.get(claims.project_id, ()), claims, press.at)
    if against:
        return against
    if key[1] in ground.gone:
        return refused("rush_not_in_post")
    if claims.choice_id is not None and desk.places.get(claims.choice_id, 1) <= 0:
        return refused("class_full_now")
    return _seat(desk, press, key)


def _told(known: Known) -> Answer:
    return {"state": known.state.value, "number": known.number, "quota": known.quota_id}


def _seat(desk: Desk, press: Press, key: tuple[int, int]) -> Answer:
    """A seat of the nearest quota with a free one for which nobody waits, else a place in the line of the nearest, else a definite no."""
    mine = [desk.leaves[pk] for pk in press.claims.quota_ids if pk in desk.leaves and desk.leaves[pk].project_id == key[0]]
    if not mine:
        return refused("rush_no_quota")
    leaf = next((leaf for leaf in mine if leaf.free > 0 and not desk.waiting[leaf.pk]), None)
    if leaf is None and key[0] in desk.ground.lineless:
        return refused("rush_full")
    state, leaf = (State.ADMITTED, leaf) if leaf else (State.WAITING, mine[0])
    number = leaf.number(press.arrived)
    desk.born.append(Born(press, key[1], state, number, leaf.pk))
    desk.known[key] = Known(state, number, leaf.pk, press.at)
    if state is State.WAITING:
        desk.waiting[leaf.pk] += 1
        return _told(desk.known[key]) | {"place": desk.waiting[leaf.pk]}
    leaf.take()
    if press.claims.choice_id in desk.places:
        desk.places[press.claims.choice_id] -= 1
    return _told(desk.known[key])


def _waiting(quota_ids: Collection[int]) -> Counter[int]:
    """How many wait for a seat of each of these quotas; numbers rise, so whoever comes now stands behind them."""
    rows = Application.everywhere.filter(quota_id__among=list(quota_ids), state=State.WAITING).order_by().values("quota")
    return Counter(dict(rows.annotate(n=Count("pk")).values_list("quota", "n")))

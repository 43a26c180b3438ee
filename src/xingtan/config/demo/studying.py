"""Real days of study in the running year: openings and beats that were counted by the recorder's own rules, with what did not count and why."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from xingtan.core.learned_time import BeatRules
from xingtan.domains.courses import api as courses
from xingtan.domains.learning import api as learning
from xingtan.domains.teachers import api as teachers

from .watching import Scene

BEAT_S = 6
OTHERS = 6  # of the course's people, from the end of the list: the night's look tells stories of those at its beginning


class Told(NamedTuple):
    """A stretch of the unit and how it was played."""

    from_s: int
    to_s: int
    is_visible: bool = True
    rate_centi: int = 100


def fill(scene: Scene) -> None:
    """Lin has studied on four evenings and others on two, as beats tell it; every second counts or has its reason."""
    first, *rest = scene.films
    if scene.lin:
        _sit(scene, scene.lin, first, 12, _straight(first))
        _sit(scene, scene.lin, first, 8, [Told(0, BEAT_S), Told(BEAT_S, 2 * BEAT_S)])  # once more: watched again
        for film in rest[:1]:
            half = film.length_s // 2
            _sit(
                scene,
                scene.lin,
                film,
                5,
                [Told(0, half), Told(half, half + 4, is_visible=False), Told(half, film.length_s, rate_centi=400)],
            )
            _sit(scene, scene.lin, film, 2, _straight(film, half))
            _sit(scene, scene.lin, first, 2, [Told(0, BEAT_S)], minute=0)  # in a second player, while the first one played
    for place, one in enumerate(scene.people[-OTHERS:]):
        for days_ago, film in zip((10, 4), scene.films, strict=False):
            _sit(scene, one, film, days_ago, _straight(film)[: 2 + place], minute=place * 7)


def _straight(unit: courses.Unit, start: int = 0) -> list[Told]:
    """The unit played from there to its end."""
    return [Told(at, min(at + BEAT_S, unit.length_s)) for at in range(start, unit.length_s, BEAT_S)]


def _sit(scene: Scene, one: teachers.Teacher, unit: courses.Unit, days_ago: int, told: Sequence[Told], minute: int = 0) -> None:
    """The teacher opened the unit at half past seven in the evening and its player told this; the server counted it."""
    at, rules = scene.at(days_ago, 19, 30 + minute), BeatRules(*scene.rules)
    token, claims = learning.player_token(teacher_id=one.pk, unit_id=unit.pk, length_s=unit.length_s, now_s=at, rules=rules)
    learning.Opening.everywhere.create(
        session=claims.session, teacher=one, school_id=one.school_id, unit=unit, opened_at=at, length_s=unit.length_s, rules=scene.rules
    )
    for body, received_at in _posts(token, at, told):
        learning.settle([learning.read_post(body, received_at)])


def _posts(token: str, at: int, told: Sequence[Told]) -> Iterator[tuple[bytes, int]]:
    for seq, (from_s, to_s, is_visible, rate_centi) in enumerate(told):
        at += to_s - from_s
        beat = {"seq": seq, "client_at": at, "from_s": from_s, "to_s": to_s, "rate_centi": rate_centi, "is_visible": is_visible}
        yield json.dumps({"token": token, "beats": [beat]}).encode(), at

"""A batch of posts settled in one transaction: state read, beats folded by the core, everything written, answers made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeAlias

from django.db import connections
from django.db.backends.utils import CursorWrapper

from xingtan.core.calendar import local_day
from xingtan.core.learned_time import Beat, BeatReason, TeacherClock, UnitState, fold, open_session
from xingtan.foundation.db import BEATS, writing

from .rows import Kept, Key, read_clocks, read_kept, read_units, write_beats, write_clocks, write_units
from .tokens import Claims

Answer: TypeAlias = dict[str, Any]


class Post(NamedTuple):
    """What one request brought: the token's claims and its beats in the order of their numbers."""

    claims: Claims
    beats: tuple[Beat, ...]
    received_at: int

    @property
    def key(self) -> Key:
        """Whose progress in what."""
        return self.claims.teacher_id, self.claims.unit_id


@dataclass(slots=True)
class _Desk:
    """The states a batch works on, and what is to be written."""

    clocks: dict[int, TeacherClock]
    units: dict[Key, UnitState]
    kept: list[Kept] = field(default_factory=list)
    results: list[list[tuple[int, int, str]]] = field(default_factory=list)


def settle(batch: Sequence[Post]) -> list[Answer]:
    """Every beat of the batch is kept and folded, in one committed transaction; one answer a post. Raises `DatabaseError`, then nothing is kept."""
    with writing(BEATS), connections[BEATS].cursor() as cursor:
        is_postgres = connections[BEATS].vendor == "postgresql"
        clocks = read_clocks(cursor, (post.claims.teacher_id for post in batch), locks=is_postgres)
        desk = _Desk(clocks, read_units(cursor, (post.key for post in batch)))
        for post in batch:
            _fold(desk, post)
        _write(cursor, desk, max(post.received_at for post in batch))
        _tell_replayed(cursor, desk, batch)
    return [_answer(post, desk.units[post.key], results) for post, results in zip(batch, desk.results, strict=True)]


def _fold(desk: _Desk, post: Post) -> None:
    """The post's beats are folded in their order; a replayed one changes nothing and is not kept again."""
    claims = post.claims
    unit = open_session(desk.units.get(post.key) or UnitState(claims.length_s), claims.session, claims.opened_at)
    clock = desk.clocks[claims.teacher_id]
    day = local_day(datetime.fromtimestamp(post.received_at, UTC))
    results: list[tuple[int, int, str]] = []
    for beat in post.beats:
        folded = fold(clock, unit, beat)
        clock, unit = folded.clock, folded.unit
        results.append((beat.seq, folded.counted_s, folded.reason.value))
        if folded.reason is not BeatReason.REPLAYED:
            desk.kept.append(Kept(beat, post.key, day, folded.counted_s, folded.reason))
    desk.clocks[claims.teacher_id], desk.units[post.key] = clock, unit
    desk.results.append(results)


def _write(cursor: CursorWrapper, desk: _Desk, at: int) -> None:
    if desk.kept:
        write_beats(cursor, desk.kept)
        touched = {one.key for one in desk.kept}
        write_units(cursor, {key: desk.units[key] for key in touched}, at)
        write_clocks(cursor, {teacher_id: desk.clocks[teacher_id] for teacher_id, _unit in touched})


def _tell_replayed(cursor: CursorWrapper, desk: _Desk, batch: Sequence[Post]) -> None:
    """A beat that comes again is answered as it was answered first."""
    replayed = BeatReason.REPLAYED.value
    pairs = [
        (post.claims.session, seq)
        for post, results in zip(batch, desk.results, strict=True)
        for seq, _counted, reason in results
        if reason == replayed
    ]
    first = read_kept(cursor, pairs)
    for post, results in zip(batch, desk.results, strict=True):
        results[:] = [
            (seq, *first.get((post.claims.session, seq), (counted, reason))) if reason == replayed else (seq, counted, reason)
            for seq, counted, reason in results
        ]


def _answer(post: Post, unit: UnitState, results: Sequence[tuple[int, int, str]]) -> Answer:
    return {
        "acknowledged": max((seq for seq, _counted, _reason in results), default=-1),
        "counted_s": sum(counted for _seq, counted, _reason in results),
        "learned_s": unit.learned_s,
        "length_s": unit.length_s,
        "position_s": unit.position_s,
        "reasons": [list(result) for result in results],
        "server_at": post.received_at,
    }

"""A batch of posts settled in one transaction: state read, beats counted by the core's step, everything written, answers made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from django.db import connections
from django.db.backends.utils import CursorWrapper

from xingtan.core.learned_time.states import REASONS
from xingtan.core.learned_time.step import (
    DAY,
    DAY_S,
    FROM_THE_FUTURE,
    LEARNED,
    LENGTH,
    POSITION,
    PRESENT,
    REPLAYED,
    SESSION_UNKNOWN,
    SINCE_PRESENT,
    UNTIL,
    VIEWING,
    Sign,
    step,
)
from xingtan.foundation.db import BEATS, writing

from .presence import is_nonce_of, nonce_of
from .rows import (
    DayKey,
    Kept,
    Key,
    Study,
    Walls,
    read_clocks,
    read_kept,
    read_units,
    read_walls,
    write_beats,
    write_clocks,
    write_units,
    write_walls,
)
from .tokens import Claims

Answer: TypeAlias = dict[str, Any]
SAID = tuple(reason.value for reason in REASONS)
ANSWERED = 3  # behind the step's mark: how many prompts were answered in this opening


class Post(NamedTuple):
    """What one request brought: the token's claims and its beats in the order of their numbers; by number, what answers a prompt."""

    claims: Claims
    beats: tuple[Sign, ...]
    received_at: int
    nonces: dict[int, str]

    @property
    def key(self) -> Key:
        """Whose progress in what."""
        return self.claims.teacher_id, self.claims.unit_id

    @property
    def day_key(self) -> DayKey:
        """Whose progress in what on which day."""
        return self.claims.teacher_id, self.claims.unit_id, self.local_on

    @property
    def local_on(self) -> date:
        """The local day on which it was received."""
        return date.fromordinal(self.beats[0].day) if self.beats else date.min


@dataclass(slots=True)
class _Desk:
    """The states a batch works on, and what is to be written."""

    clocks: dict[int, list[int]]
    studies: dict[Key, Study]
    walls: dict[DayKey, Walls]
    kept: list[Kept] = field(default_factory=list)
    counted: set[DayKey] = field(default_factory=set)
    results: list[list[tuple[int, int, str]]] = field(default_factory=list)


def settle(batch: Sequence[Post]) -> list[Answer]:
    """Every beat of the batch is kept and folded, in one committed transaction; one answer a post. Raises `DatabaseError`, then nothing is kept."""
    with writing(BEATS), connections[BEATS].cursor() as cursor:
        is_postgres = connections[BEATS].vendor == "postgresql"
        clocks = read_clocks(cursor, (post.claims.teacher_id for post in batch), locks=is_postgres)
        desk = _Desk(clocks, read_units(cursor, (post.key for post in batch)), read_walls(cursor, (post.day_key for post in batch)))
        for post in batch:
            _fold(desk, post)
        _write(cursor, desk, max(post.received_at for post in batch))
        _tell_replayed(cursor, desk, batch)
    return [_answer(desk, post, results) for post, results in zip(batch, desk.results, strict=True)]


def _fold(desk: _Desk, post: Post) -> None:
    """The post's beats are counted in their order; a replayed one changes nothing and is not kept again."""
    claims, key, local_on = post.claims, post.key, post.local_on
    study = desk.studies.setdefault(key, Study(claims.length_s))
    study.viewings = max(study.viewings, claims.rules.viewings)
    mark, clock = _mark(study, claims), desk.clocks[claims.teacher_id]
    results: list[tuple[int, int, str]] = []
    for given in post.beats:
        sign, code, counted = given, SESSION_UNKNOWN, 0
        if mark is not None:
            sign = _present(mark, post, given)
            code, counted = step(clock, study.unit, mark, study.covered, sign, claims.rules)
            mark[ANSWERED] += bool(sign.signs & PRESENT) and code not in {REPLAYED, FROM_THE_FUTURE}
        if counted:
            _wall(desk, post.day_key, clock[UNTIL] - counted, clock[UNTIL])
        results.append((sign.seq, counted, SAID[code]))
        if code != REPLAYED:
            desk.kept.append(Kept(claims.session, sign, key, local_on, counted, SAID[code]))
    desk.results.append(results)


def _mark(study: Study, claims: Claims) -> list[int] | None:
    """The mark of this opening, as it stands or fresh; None when so many younger ones are known that it is forgotten (`fold.open_session`)."""
    marks, session, kept = study.marks, claims.session, claims.rules.sessions_kept
    if session in marks:
        return marks[session]
    if len(marks) >= kept and session < min(marks):
        return None
    marks[session] = [claims.opened_at, -1, 0, 0]
    if len(marks) > kept:
        del marks[min(marks)]
    return marks[session]


def _present(mark: list[int], post: Post, sign: Sign) -> Sign:
    """The beat, saying that somebody is there if it carries the answer to the prompt that is due."""
    nonce = post.nonces.get(sign.seq)
    if nonce is None or not is_nonce_of(nonce, post.claims.session, mark[ANSWERED]):
        return sign
    return sign._replace(signs=sign.signs | PRESENT)


def _wall(desk: _Desk, key: DayKey, start: int, end: int) -> None:
    """This stretch of real time stands in the day; it never lies before what stands there already."""
    walls = desk.walls.setdefault(key, [])
    if walls and walls[-1][1] == start:
        walls[-1][1] = end
    else:
        walls.append([start, end])
    desk.counted.add(key)


def _write(cursor: CursorWrapper, desk: _Desk, at: int) -> None:
    if desk.kept:
        write_beats(cursor, desk.kept)
        touched = {one.key for one in desk.kept}
        write_units(cursor, {key: desk.studies[key] for key in touched}, at)
        write_clocks(cursor, {teacher_id: desk.clocks[teacher_id] for teacher_id, _unit in touched})
    if desk.counted:
        write_walls(cursor, {key: desk.walls[key] for key in desk.counted})


def _tell_replayed(cursor: CursorWrapper, desk: _Desk, batch: Sequence[Post]) -> None:
    """A beat that comes again is answered as it was answered first."""
    replayed = SAID[REPLAYED]
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


def _answer(desk: _Desk, post: Post, results: Sequence[tuple[int, int, str]]) -> Answer:
    study = desk.studies[post.key]
    answer = {
        "acknowledged": max((seq for seq, _counted, _reason in results), default=-1),
        "counted_s": sum(counted for _seq, counted, _reason in results),
        "learned_s": study.unit[LEARNED],
        "length_s": study.unit[LENGTH],
        "viewing": study.unit[VIEWING],
        "position_s": study.unit[POSITION],
        "reasons": [list(result) for result in results],
        "server_at": post.received_at,
    }
    return answer | _caps(desk, post)


def _caps(desk: _Desk, post: Post) -> Answer:
    """What is left of the day where it has a cap, and the prompt where one is due."""
    rules, said = post.claims.rules, {}
    clock, mark = desk.clocks[post.claims.teacher_id], desk.studies[post.key].marks.get(post.claims.session)
    if rules.day_cap_s and post.beats:
        said["day_left_s"] = max(rules.day_cap_s - (clock[DAY_S] if clock[DAY] == post.beats[0].day else 0), 0)
    if mark and rules.prompt_every_s and mark[SINCE_PRESENT] >= rules.prompt_every_s:
        left = max(rules.prompt_every_s + rules.prompt_within_s - mark[SINCE_PRESENT], 0)
        return said | {"prompt": {"nonce": nonce_of(post.claims.session, mark[ANSWERED]), "left_s": left}}
    return said

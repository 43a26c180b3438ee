"""The rule's own text compiled by numba, and the loop that walks a slice of beats with it.

Nothing of the rule stands here: `step.py` is taken as it is, its helpers rebound to their compiled selves (ADR 0010). What is compiled is kept
in a folder named by the texts it was made of, so that a changed rule is never answered by an old one; the folder may be anywhere, for a
package's own is often read-only.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from types import FunctionType
from typing import Any, Final, NamedTuple, TypeAlias

import numba
import numpy as np

from xingtan.core.learned_time import step as text
from xingtan.core.learned_time.batch.cache import cache_folder
from xingtan.core.learned_time.states import REASONS
from xingtan.core.learned_time.step import LAST_SEQ, LENGTH, SESSION_UNKNOWN, VIEWING, BeatRules, Sign, step

Array: TypeAlias = Any
Walk: TypeAlias = Callable[["Beats", "Openings", Array, "Desk", Array], None]
OF_THE_RULE: Final = ("refusal", "left_of_day", "cover", "count", "step")  # each after those that it calls
OF_THE_WALK: Final = ("open_here", "add", "walk")
TEXTS: Final = (Path(str(text.__file__)), Path(__file__))
PLACE, USED, TEACHER = 0, 1, 2
whole: Any = np.int64  # what a narrower column holds, in the width of the rule
config: Any = numba.config


class Beats(NamedTuple):
    """A slice of beats, by teacher and within one in the order of arrival; `opening` is a place among the openings, −1 for an unknown one."""

    opening: Array
    seq: Array
    received_at: Array
    client_at: Array
    day: Array
    from_s: Array
    to_s: Array
    rate_centi: Array
    signs: Array


class Openings(NamedTuple):
    """The slice's openings by teacher, unit and session; `unit` counts the pairs of teacher and unit."""

    teacher: Array
    unit: Array
    opened_at: Array
    length_s: Array
    rules: Array
    first: Array  # of each unit: its first opening
    room: Array  # of each unit: where its seconds begin among its teacher's


class Desk(NamedTuple):
    """What a walk works on and tells. It stops when `days` is full, and goes on where it stood when it is called again."""

    hand: Array  # the beat it stands at, how many rows of `days` are filled, whose beats they are
    clock: Array
    states: Array  # of units
    marks: Array  # of openings
    younger: Array  # of openings: how many younger ones of the unit were seen
    is_seen: Array
    seconds: Array  # of one teacher's units
    row_of: Array  # of units: the row of its latest day
    days: Array  # unit, local day, seconds; a pair may come twice
    tallies: Array  # beats of each unit by reason; the last row is of unknown openings


def new_desk(openings: Openings, room: int, rows: int) -> Desk:
    """A desk for these openings, with so many bytes for a teacher's seconds and so many rows of days."""
    units, marks = len(openings.first), len(openings.unit)
    return Desk(
        hand=np.array([0, 0, -1]),
        clock=np.zeros(3, np.int64),
        states=np.zeros((units, 5), np.int64),
        marks=np.zeros((marks, 3), np.int64),
        younger=np.zeros(marks, np.int64),
        is_seen=np.zeros(marks, np.uint8),
        seconds=np.zeros(room, np.uint8),
        row_of=np.full(units, -1),
        days=np.zeros((rows, 3), np.int64),
        tallies=np.zeros((units + 1, len(REASONS)), np.int64),
    )


def open_here(openings: Openings, desk: Desk, opening: int, unit: int) -> None:
    """The opening was seen; every older one of its unit has one more that is younger."""
    desk.is_seen[opening] = 1
    for older in range(openings.first[unit], opening):
        desk.younger[older] += 1
    desk.marks[opening, 0] = openings.opened_at[opening]
    desk.marks[opening, LAST_SEQ] = -1
    if desk.states[unit, VIEWING] == 0:
        desk.states[unit, LENGTH] = openings.length_s[opening]
        desk.states[unit, VIEWING] = 1


def add(hand: Array, row_of: Array, days: Array, unit: int, day: int, counted: int) -> None:
    """The seconds stand in the unit's row of the day, in a new one when its last is of another day."""
    row = row_of[unit]
    if row < 0 or days[row, 1] != day:
        row = hand[USED]
        hand[USED] += 1
        row_of[unit] = row
        days[row, 0] = unit
        days[row, 1] = day
        days[row, 2] = 0
    days[row, 2] += counted


def walk(beats: Beats, openings: Openings, rules: Array, desk: Desk, codes: Array) -> None:
    """The desk tells of every beat up to the end or until its days are full; its code stands in `codes`, too, unless that is empty."""
    # Names of their own, so that nothing is looked up and counted for each beat.
    which, seqs, received, clients, daily, froms, tos, rates, signs = beats
    hand, clock, states, marks, younger, is_seen, seconds, row_of, days, tallies = desk
    at, unit, nobody = whole(-1), whole(0), tallies.shape[0] - 1
    state, mark, covered, now = clock, clock, seconds, BeatRules(0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    for place in range(hand[PLACE], which.shape[0]):
        if hand[USED] == days.shape[0]:
            hand[PLACE] = place
            return
        opening = whole(which[place])
        if opening >= 0 and opening != at:
            at, unit = opening, whole(openings.unit[opening])
            if openings.teacher[opening] != hand[TEACHER]:
                hand[TEACHER] = openings.teacher[opening]
                clock[:] = 0
                seconds[:] = 0
            state, mark, covered = states[unit], marks[opening], seconds[openings.room[unit] :]
            one = rules[openings.rules[opening]]
            now = BeatRules(one[0], one[1], one[2], one[3], one[4], one[5], one[6], one[7], one[8], one[9])
        code, counted, day = SESSION_UNKNOWN, 0, whole(daily[place])
        # As `open_session`: only the youngest of a unit are known.
        if opening >= 0 and younger[opening] < now.sessions_kept:
            if not is_seen[opening]:
                open_here(openings, desk, opening, unit)
            sign = Sign(
                whole(seqs[place]), whole(received[place]), whole(clients[place]), day, whole(froms[place]),
                whole(tos[place]), whole(rates[place]), whole(signs[place]),
            )  # fmt: skip
            code, counted = step(clock, state, mark, covered, sign, now)
        tallies[unit if opening >= 0 else nobody, code] += 1
        if codes.shape[0]:
            codes[place] = code
        if counted:
            add(hand, row_of, days, unit, day, counted)
    hand[PLACE] = which.shape[0]


@lru_cache(maxsize=1)
def walker() -> Walk:
    """The walk, compiled: some seconds the first time on a machine, then read from the folder."""
    config.CACHE_DIR = str(cache_folder(TEXTS))
    names: dict[str, Any] = {**vars(text), **globals()}
    # Nothing is allocated inside, so nobody need count who holds an array (`_nrt`): that took three quarters of the time.
    options: dict[str, Any] = {"error_model": "numpy", "_nrt": False}
    for name in (*OF_THE_RULE, *OF_THE_WALK):
        plain = FunctionType(names[name].__code__, names, name)
        names[name] = numba.njit(plain, **options, **({"cache": True} if name == "walk" else {"inline": "always"}))
    compiled: Walk = names["walk"]
    return compiled

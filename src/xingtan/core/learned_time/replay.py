"""One teacher's raw record counted anew, beat by beat, with the very functions that answered the player."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from xingtan.core.learned_time.fold import fold, open_session
from xingtan.core.learned_time.intervals import Interval
from xingtan.core.learned_time.states import Beat, BeatReason, TeacherClock, UnitState
from xingtan.core.learned_time.step import BeatRules


class Opened(NamedTuple):
    """One opening of a unit, as its token said it."""

    session: str
    unit_id: int
    opened_at: int
    length_s: int
    rules: BeatRules = BeatRules()


class Judged(NamedTuple):
    """A beat with what it counts: the whole seconds, the stretch of the server's clock that they are, and the reason."""

    beat: Beat
    unit_id: int
    counted_s: int
    reason: BeatReason
    wall: Interval


NOWHERE = 0


def replayed(openings: Iterable[Opened], beats: Iterable[Beat]) -> Iterator[Judged]:
    """Every beat of one teacher, in the order of arrival, judged; one of an unknown opening belongs to no unit."""
    known = {opening.session: opening for opening in openings}
    clock, units = TeacherClock(), dict[int, UnitState]()
    for beat in beats:
        opening = known.get(beat.session)
        if opening is None:
            yield Judged(beat, NOWHERE, 0, BeatReason.SESSION_UNKNOWN, (0, 0))
            continue
        before = units.get(opening.unit_id) or UnitState(opening.length_s)
        unit = open_session(before, beat.session, opening.opened_at, opening.rules)
        clock, units[opening.unit_id], counted, reason = fold(clock, unit, beat, opening.rules)
        yield Judged(beat, opening.unit_id, counted, reason, (clock.counted_until - counted, clock.counted_until) if counted else (0, 0))

"""The step on values: a clock, a unit and a beat in, the clock and the unit after it out.

Always true, whatever arrives in whatever order: the total counted is no more than real time over all players together, no more than the
unit's length for each viewing that counts, and a beat that comes twice changes nothing the second time.
"""

from __future__ import annotations

from dataclasses import replace

from xingtan.core.learned_time.intervals import from_seconds, length, to_seconds
from xingtan.core.learned_time.states import REASONS, Beat, BeatReason, Folded, SessionMark, TeacherClock, UnitState
from xingtan.core.learned_time.step import LEARNED, POSITION, VIEWING, BeatRules, step

RULES = BeatRules()


def open_session(unit: UnitState, session: str, at: int, rules: BeatRules = RULES) -> UnitState:
    """The unit with this session open since `at` (server's clock); opening it again changes nothing.

    Sessions are named in the order of their birth (UUIDv7). As many as the rules keep, the youngest, are known; an older one stays forgotten,
    for its beats that were counted must not be counted anew.
    """
    is_forgotten = len(unit.sessions) >= rules.sessions_kept and session < min(unit.sessions)
    if session in unit.sessions or is_forgotten:
        return unit
    known = {**unit.sessions, session: SessionMark(at)}
    oldest = min(known) if len(known) > rules.sessions_kept else ""
    return replace(unit, sessions={name: mark for name, mark in known.items() if name != oldest})


def fold(clock: TeacherClock, unit: UnitState, beat: Beat, rules: BeatRules = RULES) -> Folded:
    """The clock and the unit after this beat, the whole seconds it counts and the reason."""
    mark = unit.sessions.get(beat.session)
    if mark is None:
        return Folded(clock, unit, 0, BeatReason.SESSION_UNKNOWN)
    if beat.seq <= mark.last_seq:
        return Folded(clock, unit, 0, BeatReason.REPLAYED)
    hands, times, marked = list(clock), [unit.length_s, unit.learned_s, length(unit.covered), unit.viewing, unit.position_s], list(mark)
    seconds = to_seconds(unit.covered, unit.length_s)
    code, counted = step(hands, times, marked, seconds, beat.sign, rules)
    after = UnitState(
        length_s=unit.length_s,
        covered=from_seconds(seconds),
        learned_s=times[LEARNED],
        position_s=times[POSITION],
        viewing=times[VIEWING],
        sessions={**unit.sessions, beat.session: SessionMark(*marked)},
    )
    return Folded(TeacherClock(*hands), after, counted, REASONS[code])

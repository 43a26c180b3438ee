"""The pure fold of beats into learned time.

Always true, whatever arrives in whatever order: the total counted is no more than real time over all players together, no more than a
unit's length, and a beat that comes twice changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from xingtan.core.learned_time.intervals import length, merge
from xingtan.core.learned_time.states import Beat, BeatReason, BeatRules, Folded, SessionMark, TeacherClock, UnitState

RULES = BeatRules()


def open_session(unit: UnitState, session: str, at: int, rules: BeatRules = RULES) -> UnitState:
    """The unit with this session open since `at` (server's clock); opening it again changes nothing. The oldest sessions are forgotten."""
    if session in unit.sessions:
        return unit
    return replace(unit, sessions=_kept({**unit.sessions, session: SessionMark(at)}, rules))


def fold(clock: TeacherClock, unit: UnitState, beat: Beat, rules: BeatRules = RULES) -> Folded:
    """The clock and the unit after this beat, the whole seconds it counts and the reason."""
    mark = unit.sessions.get(beat.session)
    if mark is None:
        return Folded(clock, unit, 0, BeatReason.SESSION_UNKNOWN)
    if beat.seq <= mark.last_seq:
        return Folded(clock, unit, 0, BeatReason.REPLAYED)
    if beat.client_at > beat.received_at + rules.future_s:
        return Folded(clock, _marked(unit, beat, mark, mark.anchor_at), 0, BeatReason.FROM_THE_FUTURE)
    if refused := _refuse(unit, beat, mark, rules):
        return Folded(clock, _marked(unit, beat, mark, _seen(beat)), 0, refused)
    return _count(clock, unit, beat, mark, rules)


def _refuse(unit: UnitState, beat: Beat, mark: SessionMark, rules: BeatRules) -> BeatReason | None:
    """Why nothing of this beat's media was played in earnest, or None."""
    if not beat.is_visible:
        return BeatReason.HIDDEN
    if beat.to_s <= beat.from_s:
        return BeatReason.NOTHING_PLAYED
    if beat.from_s >= unit.length_s or beat.to_s <= 0:
        return BeatReason.BEYOND_END
    most = max(beat.received_at - mark.anchor_at, 0) * rules.max_rate_centi // 100 + rules.slack_s
    if beat.rate_centi > rules.max_rate_centi or beat.to_s - beat.from_s > most:
        return BeatReason.IMPOSSIBLE_SPEED
    return None


def _count(clock: TeacherClock, unit: UnitState, beat: Beat, mark: SessionMark, rules: BeatRules) -> Folded:
    """The beat counted: real time not used yet, at most what was played, at most what is covered and not counted."""
    start, end = max(beat.from_s, 0), min(beat.to_s, unit.length_s)
    covered = merge(unit.covered, start, end)
    uncounted = length(covered) - unit.learned_s
    wall_from = max(mark.anchor_at, clock.counted_until)
    wall = max(beat.received_at - wall_from, 0)
    counted = min(wall, uncounted, end - start + rules.jitter_s)
    played = replace(unit, covered=covered, learned_s=unit.learned_s + counted, position_s=end)
    after = _marked(played, beat, mark, max(wall_from + counted if counted else 0, _seen(beat) - rules.jitter_s))
    if counted:
        return Folded(TeacherClock(wall_from + counted), after, counted, BeatReason.COUNTED)
    return Folded(clock, after, 0, BeatReason.REPEATED if uncounted == 0 else BeatReason.OVERLAPPING)


def _seen(beat: Beat) -> int:
    """Until when the beat shows what the player did. The player's clock may only say that it was earlier (a beat kept back off line)."""
    return min(beat.received_at, beat.client_at)


def _marked(unit: UnitState, beat: Beat, mark: SessionMark, anchor_at: int) -> UnitState:
    """The unit with the beat's session moved on; an anchor never goes back."""
    moved = SessionMark(max(mark.anchor_at, anchor_at), beat.seq)
    return replace(unit, sessions={**unit.sessions, beat.session: moved})


def _kept(sessions: Mapping[str, SessionMark], rules: BeatRules) -> Mapping[str, SessionMark]:
    """The latest sessions, as many as the rules keep."""
    latest = sorted(sessions, key=lambda session: sessions[session].anchor_at, reverse=True)[: rules.sessions_kept]
    return {session: sessions[session] for session in sessions if session in latest}

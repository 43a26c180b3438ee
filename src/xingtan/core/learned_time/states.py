"""What learned time is folded from and into: beats, a unit's state, a teacher's clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from xingtan.core.learned_time.intervals import Intervals, gaps


class BeatReason(StrEnum):
    """What became of a beat."""

    COUNTED = "counted"  # some or all of it
    HIDDEN = "hidden"  # the page was in the background
    NOTHING_PLAYED = "nothing_played"  # a sign of life of a paused player
    OVERLAPPING = "overlapping"  # this real time was already counted, here or in another player
    REPEATED = "repeated"  # media that was already counted
    IMPOSSIBLE_SPEED = "impossible_speed"  # more media than could be played in the time
    FROM_THE_FUTURE = "from_the_future"
    REPLAYED = "replayed"  # this beat or a later one of the session came before: nothing changes
    BEYOND_END = "beyond_end"
    SESSION_UNKNOWN = "session_unknown"


class Beat(NamedTuple):
    """One sign of life of a player.

    `received_at` is the server's clock, `client_at` the player's, corrected by the offset taken when the session was opened; it can only
    reduce what counts. `from_s`..`to_s` is the stretch of media played since the previous beat, `rate_centi` the playing speed (100 = 1 ×).
    """

    session: str
    seq: int
    received_at: int
    client_at: int
    from_s: int
    to_s: int
    rate_centi: int = 100
    is_visible: bool = True


class SessionMark(NamedTuple):
    """One opening of a unit in one player: real time before `anchor_at` is used up, beats up to `last_seq` have been seen."""

    anchor_at: int
    last_seq: int = -1


class TeacherClock(NamedTuple):
    """Real time (server, epoch seconds) up to which one teacher's time is counted, over all players together."""

    counted_until: int = 0


@dataclass(frozen=True, slots=True)
class UnitState:
    """One teacher's time in one unit. `covered` was played; `learned_s` of it is counted and never exceeds it, nor the unit's length."""

    length_s: int
    covered: Intervals = ()
    learned_s: int = 0
    position_s: int = 0
    sessions: Mapping[str, SessionMark] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Every second of the unit is covered and counted."""
        return self.learned_s >= self.length_s

    @property
    def missing(self) -> Intervals:
        """Stretches of the unit that were never played."""
        return gaps(self.covered, 0, self.length_s)


class BeatRules(NamedTuple):
    """What a pack or site decides about beats, all in whole seconds."""

    max_rate_centi: int = 200
    slack_s: int = 5  # a player may report this much more media than time allows (rounding, buffering)
    future_s: int = 120
    jitter_s: int = 2  # whole-second clocks disagree by this much from beat to beat; nothing is gained by it over a session
    sessions_kept: int = 16


class Folded(NamedTuple):
    """The teacher's clock and the unit after a beat, the seconds it added and why."""

    clock: TeacherClock
    unit: UnitState
    counted_s: int
    reason: BeatReason

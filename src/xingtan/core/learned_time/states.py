"""What learned time is folded from and into, as values: beats, a unit's state, a teacher's clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from xingtan.core.learned_time import step
from xingtan.core.learned_time.intervals import Intervals, gaps
from xingtan.core.learned_time.step import ACTIVE, PRESENT, VISIBLE, Sign


class BeatReason(StrEnum):
    """What became of a beat, in the order of the step's codes."""

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
    ABSENT = "absent"  # nobody answered when asked whether somebody is there
    IDLE = "idle"  # a document or an exercise stood open and nothing was done
    DAY_CAP = "day_cap"  # the policy counts no more on this day


REASONS = tuple(BeatReason)
assert all(getattr(step, reason.name) == code for code, reason in enumerate(REASONS))  # noqa: S101 -- two lists of one thing


class Beat(NamedTuple):
    """One sign of life of a player.

    `received_at` is the server's clock, `client_at` the player's, corrected by the offset taken when the session was opened; it can only
    reduce what counts. `from_s`..`to_s` is the stretch of media played since the previous beat, `rate_centi` the playing speed (100 = 1 ×).
    `day` is the ordinal of the local day of reception. `is_present`: a prompt was answered with it.
    """

    session: str
    seq: int
    received_at: int
    client_at: int
    from_s: int
    to_s: int
    rate_centi: int = 100
    is_visible: bool = True
    is_active: bool = True
    is_present: bool = False
    day: int = 0

    @property
    def sign(self) -> Sign:
        """The same in whole numbers only."""
        signs = VISIBLE * self.is_visible + ACTIVE * self.is_active + PRESENT * self.is_present
        return Sign(self.seq, self.received_at, self.client_at, self.day, self.from_s, self.to_s, self.rate_centi, signs)


class SessionMark(NamedTuple):
    """One opening of a unit in one player: real time before `anchor_at` is used up, beats up to `last_seq` have been seen.

    `since_present_s`: seconds counted since somebody showed to be there.
    """

    anchor_at: int
    last_seq: int = -1
    since_present_s: int = 0


class TeacherClock(NamedTuple):
    """Real time (server, epoch seconds) up to which one teacher's time is counted, over all players together.

    `day` is the latest local day on which a beat arrived, `day_s` the seconds counted on it.
    """

    counted_until: int = 0
    day: int = 0
    day_s: int = 0


@dataclass(frozen=True, slots=True)
class UnitState:
    """One teacher's time in one unit. `covered` was played in this viewing; `learned_s` counts all viewings, never more than was played."""

    length_s: int
    covered: Intervals = ()
    learned_s: int = 0
    position_s: int = 0
    viewing: int = 1
    sessions: Mapping[str, SessionMark] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        """Every second of the unit is covered and counted."""
        return self.learned_s >= self.length_s

    @property
    def missing(self) -> Intervals:
        """Stretches of the unit that this viewing has not played."""
        return gaps(self.covered, 0, self.length_s)


class Folded(NamedTuple):
    """The teacher's clock and the unit after a beat, the seconds it added and why.

    What was counted is the real time [clock.counted_until − counted_s, clock.counted_until).
    """

    clock: TeacherClock
    unit: UnitState
    counted_s: int
    reason: BeatReason

"""What one beat counts: the only text of the rule. It is read as Python for one beat and compiled for a thousand million (ADR 0010).

So it knows nothing but whole numbers, `min` and `max`, and things that can be indexed: lists and bytearrays where a player is answered,
arrays of 64-bit integers where a province is counted. It changes what it is given.

clock    [UNTIL, DAY, DAY_S]                          one teacher's real time, over all players together
unit     [LENGTH, LEARNED, COVERED, VIEWING, POSITION] one teacher's time in one unit
mark     [ANCHOR, LAST_SEQ, SINCE_PRESENT]            one opening of the unit in one player
covered  a byte for each second of the unit: 1 where the present viewing played it
"""

from __future__ import annotations

from collections.abc import MutableSequence
from typing import Final, NamedTuple, TypeAlias

Numbers: TypeAlias = MutableSequence[int]

UNTIL: Final = 0  # real time up to here is counted
DAY: Final = 1  # the latest local day on which something was counted
DAY_S: Final = 2  # seconds counted on it
LENGTH: Final = 0
LEARNED: Final = 1  # seconds counted in all viewings
COVERED: Final = 2  # seconds of this viewing that were played
VIEWING: Final = 3  # 1 is the first
POSITION: Final = 4
ANCHOR: Final = 0  # real time before it is used up
LAST_SEQ: Final = 1
SINCE_PRESENT: Final = 2  # seconds counted since somebody showed to be there

VISIBLE: Final = 1
ACTIVE: Final = 2
PRESENT: Final = 4

COUNTED: Final = 0
HIDDEN: Final = 1
NOTHING_PLAYED: Final = 2
OVERLAPPING: Final = 3
REPEATED: Final = 4
IMPOSSIBLE_SPEED: Final = 5
FROM_THE_FUTURE: Final = 6
REPLAYED: Final = 7
BEYOND_END: Final = 8
SESSION_UNKNOWN: Final = 9
ABSENT: Final = 10
IDLE: Final = 11
DAY_CAP: Final = 12


class Sign(NamedTuple):
    """A beat in whole numbers: times in epoch seconds, `day` a local day's ordinal, media in seconds, `signs` of VISIBLE, ACTIVE, PRESENT."""

    seq: int
    received_at: int
    client_at: int
    day: int
    from_s: int
    to_s: int
    rate_centi: int
    signs: int


class BeatRules(NamedTuple):
    """What a pack or site decides about beats, all in whole numbers; 0 switches a cap, the prompts and the need of activity off."""

    max_rate_centi: int = 200
    slack_s: int = 5  # a player may report this much more media than time allows (rounding, buffering)
    future_s: int = 120
    jitter_s: int = 2  # whole-second clocks disagree by this much from beat to beat; nothing is gained by it over a session
    sessions_kept: int = 16
    day_cap_s: int = 0
    viewings: int = 1
    prompt_every_s: int = 0
    prompt_within_s: int = 0
    needs_activity: int = 0


def step(clock: Numbers, unit: Numbers, mark: Numbers, covered: Numbers, sign: Sign, rules: BeatRules) -> tuple[int, int]:
    """The beat's reason and the whole seconds it counts; they are the real time [clock[UNTIL] − seconds, clock[UNTIL])."""
    if sign.seq <= mark[LAST_SEQ]:
        return REPLAYED, 0
    mark[LAST_SEQ] = sign.seq
    if sign.client_at > sign.received_at + rules.future_s:
        return FROM_THE_FUTURE, 0
    if sign.signs & PRESENT:
        mark[SINCE_PRESENT] = 0
    # Until when the beat shows what the player did. The player's clock may only say that it was earlier (a beat kept back off line).
    seen = min(sign.received_at, sign.client_at)
    refused = refusal(unit, mark, sign, rules)
    if refused != COUNTED:
        mark[ANCHOR] = max(mark[ANCHOR], seen)
        return refused, 0
    return count(clock, unit, mark, covered, sign, rules)


def refusal(unit: Numbers, mark: Numbers, sign: Sign, rules: BeatRules) -> int:
    """Why nothing of this beat's media was played in earnest, or COUNTED."""
    if not sign.signs & VISIBLE:
        return HIDDEN
    if sign.to_s <= sign.from_s:
        return NOTHING_PLAYED
    if sign.from_s >= unit[LENGTH] or sign.to_s <= 0:
        return BEYOND_END
    most = max(sign.received_at - mark[ANCHOR], 0) * rules.max_rate_centi // 100 + rules.slack_s
    if sign.rate_centi > rules.max_rate_centi or sign.to_s - sign.from_s > most:
        return IMPOSSIBLE_SPEED
    if rules.needs_activity and not sign.signs & ACTIVE:
        return IDLE
    if rules.prompt_every_s and mark[SINCE_PRESENT] >= rules.prompt_every_s + rules.prompt_within_s:
        return ABSENT
    return COUNTED


def count(clock: Numbers, unit: Numbers, mark: Numbers, covered: Numbers, sign: Sign, rules: BeatRules) -> tuple[int, int]:
    """The beat counted: real time not used yet, at most what was played, what is covered and not counted, and what the day still has."""
    start, end = max(sign.from_s, 0), min(sign.to_s, unit[LENGTH])
    uncounted = cover(unit, covered, start, end, rules)
    unit[POSITION] = end
    wall_from = max(mark[ANCHOR], clock[UNTIL])
    wanted = min(max(sign.received_at - wall_from, 0), uncounted, end - start + rules.jitter_s)
    counted = min(wanted, left_of_day(clock, sign, rules))
    kept_back = min(sign.received_at, sign.client_at) - rules.jitter_s
    if counted == 0:
        mark[ANCHOR] = max(mark[ANCHOR], kept_back)
        return (DAY_CAP if wanted else REPEATED if uncounted == 0 else OVERLAPPING), 0
    clock[UNTIL] = wall_from + counted
    clock[DAY_S] += counted
    unit[LEARNED] += counted
    mark[SINCE_PRESENT] += counted
    mark[ANCHOR] = max(mark[ANCHOR], clock[UNTIL], kept_back)
    return COUNTED, counted


def cover(unit: Numbers, covered: Numbers, start: int, end: int, rules: BeatRules) -> int:
    """These seconds are played in the present viewing; answers how many of it are played and not counted. A full viewing is followed by the next."""
    if unit[LEARNED] >= unit[VIEWING] * unit[LENGTH] and unit[VIEWING] < rules.viewings:
        unit[VIEWING] += 1
        unit[COVERED] = 0
        for second in range(unit[LENGTH]):
            covered[second] = 0
    played_before = 0
    for second in range(start, end):
        played_before += covered[second]
        covered[second] = 1
    unit[COVERED] += end - start - played_before
    return unit[COVERED] - (unit[LEARNED] - (unit[VIEWING] - 1) * unit[LENGTH])


def left_of_day(clock: Numbers, sign: Sign, rules: BeatRules) -> int:
    """Seconds that the local day on which the beat arrived still counts; a new day begins at none counted."""
    if sign.day > clock[DAY]:
        clock[DAY] = sign.day
        clock[DAY_S] = 0
    if rules.day_cap_s == 0:
        return sign.received_at
    return max(rules.day_cap_s - clock[DAY_S], 0)

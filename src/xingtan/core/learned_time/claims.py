"""What others say that a teacher learned, judged: how many seconds of each claim count, and why the others do not.

The answer depends on the set of claims alone, not on their order of arrival nor on how they were split into deliveries: claims with times are
looked at by their times, sums of days after them. What our own server counted stands first and is never lowered. Every second that is claimed
either counts or has exactly one reason.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from xingtan.core.calendar import DAY_S, midnight_of, ordinal_of
from xingtan.core.learned_time.intervals import Interval, gaps, length

HERE = 0


class WhyNot(StrEnum):
    """Why seconds of a claim do not count; the order is that of the steps."""

    REPLACED = "replaced"  # the provider itself corrected it or took it back
    ACTIVITY_UNKNOWN = "activity_unknown"  # nothing that the provider offers has this name
    NOT_ENROLLED = "not_enrolled"  # not a trainee of the provider's project
    IMPOSSIBLE = "impossible"  # longer than the time in which it is said to have happened
    FUTURE = "future"  # it had not happened yet when it was said
    OUTSIDE = "outside"  # outside the project's days
    DUPLICATE = "duplicate"  # the same under another number
    LENGTH = "length"  # more than the medium, or than the offer's hours
    OVERLAPS_HERE = "overlaps_here"  # our own server counted that time
    OVERLAPS_OTHER = "overlaps_other"  # another provider's claim counts for that time
    OVERLAPS_SAME = "overlaps_same"  # another claim of the same provider counts for that time
    DAY_CAP = "day_cap"  # more than the policy lets a day count


class Claim(NamedTuple):
    """One provider's word of one teacher: so many seconds between two moments, or (both 0) on the days from the first to the last.

    Moments are epoch seconds, days are ordinals of the local calendar. `subject` is the offer, 0 when nobody knows it.
    """

    number: str
    provider: int
    subject: int
    seconds: int
    from_at: int
    until_at: int
    first_day: int
    last_day: int
    said_at: int
    media_s: int = 0
    is_enrolled: bool = True
    is_replaced: bool = False


class Subject(NamedTuple):
    """What bounds the claims for one offer: its days, the most seconds it brings, and how many of them our own server counted."""

    first_day: int
    last_day: int
    most_s: int
    here_s: int = 0


class ClaimRules(NamedTuple):
    """What the policy decides: most seconds of a day (0: no cap), and how far a provider's clock may be ahead of ours."""

    day_cap_s: int = 0
    future_s: int = 120


class Judged(NamedTuple):
    """Seconds that count, seconds that do not by reason, and the stretches of time that the counted ones took."""

    counted_s: int
    lost: Mapping[WhyNot, int]
    walls: tuple[Interval, ...] = ()


NOWHERE = Subject(0, -1, 0)


def judge(
    claims: Iterable[Claim], subjects: Mapping[int, Subject], here: Sequence[Interval], rules: ClaimRules
) -> dict[tuple[int, str], Judged]:
    """Each claim of one teacher judged, by (provider, number); `here` are the disjoint stretches that our own server counted, sorted."""
    court = _Court(subjects, rules)
    court.occupy(here)
    return {(one.provider, one.number): court.judge(one) for one in sorted(claims, key=_order)}


def _order(claim: Claim) -> tuple[bool, int, int, int, int, int, str]:
    """Claims with times by their times, then sums by their days; among equals the provider and its number decide."""
    is_sum = not claim.until_at
    begin, end = (claim.last_day, claim.first_day) if is_sum else (claim.from_at, claim.until_at)
    return (is_sum, begin, end, claim.provider, claim.subject, -claim.seconds, claim.number)


@dataclass
class _Case:
    """A claim while it is judged: the seconds still to be placed, and those that were lost."""

    left: int
    lost: dict[WhyNot, int] = field(default_factory=dict)

    def lose(self, why: WhyNot, seconds: int) -> None:
        """So many of the seconds left do not count, for this reason."""
        taken = min(self.left, max(seconds, 0))
        if taken:
            self.lost[why] = self.lost.get(why, 0) + taken
            self.left -= taken

    def keep(self, most: int, why: WhyNot) -> None:
        """No more than `most` are left; what goes beyond is lost."""
        self.lose(why, self.left - max(most, 0))


class _Court:
    """What is known of one teacher's time while the claims are looked at one by one."""

    def __init__(self, subjects: Mapping[int, Subject], rules: ClaimRules) -> None:
        self.subjects, self.rules = subjects, rules
        self.day_most = min(rules.day_cap_s or DAY_S, DAY_S)
        self.starts: list[int] = []
        self.stretches: list[tuple[int, int, int]] = []
        self.days: dict[int, int] = {}
        self.used: dict[int, int] = {number: subject.here_s for number, subject in subjects.items()}
        self.seen: set[tuple[int, int, int, int, int]] = set()

    def occupy(self, stretches: Iterable[Interval], who: int = HERE) -> None:
        """These disjoint free stretches are taken, and the days they lie on are as much fuller."""
        for start, end in stretches:
            at = bisect_left(self.starts, start)
            self.starts.insert(at, start)
            self.stretches.insert(at, (start, end, who))
            for day, one_start, one_end in _by_day(start, end):
                self.days[day] = self.days.get(day, 0) + one_end - one_start

    def judge(self, claim: Claim) -> Judged:
        """How much of the claim counts, after all that was judged before."""
        case = _Case(max(claim.seconds, 0))
        subject = self.subjects.get(claim.subject, NOWHERE)
        self._refuse_whole(claim, case)
        walls: tuple[Interval, ...] = ()
        if claim.until_at:
            walls = self._place_timed(claim, subject, case)
            counted = length(walls)
        else:
            counted = self._place_sum(claim, subject, case)
        self.used[claim.subject] = self.used.get(claim.subject, 0) + counted
        return Judged(counted, case.lost, walls)

    def _refuse_whole(self, claim: Claim, case: _Case) -> None:
        """Reasons for which nothing of a claim counts."""
        is_future = claim.until_at > claim.said_at + self.rules.future_s if claim.until_at else claim.last_day > ordinal_of(claim.said_at)
        wholly = {
            WhyNot.REPLACED: claim.is_replaced,
            WhyNot.ACTIVITY_UNKNOWN: claim.subject not in self.subjects,
            WhyNot.NOT_ENROLLED: not claim.is_enrolled,
            WhyNot.FUTURE: is_future,
        }
        for why, is_so in wholly.items():
            if is_so:
                case.lose(why, case.left)

    def _place_timed(self, claim: Claim, subject: Subject, case: _Case) -> tuple[Interval, ...]:
        """The stretches that the claim counts for, the earliest free ones of its time."""
        case.keep(claim.until_at - claim.from_at, WhyNot.IMPOSSIBLE)
        start = max(claim.from_at, midnight_of(subject.first_day))
        end = min(claim.until_at, midnight_of(subject.last_day + 1))
        case.keep(end - start, WhyNot.OUTSIDE)
        same = (claim.provider, claim.subject, claim.from_at, claim.until_at, claim.seconds)
        if case.left and same in self.seen:
            case.lose(WhyNot.DUPLICATE, case.left)
        if not case.left:
            return ()
        self.seen.add(same)
        self._bound(claim, subject, case)
        free = self._free(claim.provider, start, end, case)
        walls = self._fill(free, case)
        self.occupy(walls, claim.provider)
        case.lose(WhyNot.DAY_CAP, case.left)
        return walls

    def _bound(self, claim: Claim, subject: Subject, case: _Case) -> None:
        """No more than the medium is long, and no more than the offer has hours left."""
        if claim.media_s:
            case.keep(claim.media_s, WhyNot.LENGTH)
        case.keep(subject.most_s - self.used.get(claim.subject, 0), WhyNot.LENGTH)

    def _free(self, provider: int, start: int, end: int, case: _Case) -> tuple[Interval, ...]:
        """The parts between start and end that nobody took; what finds no room there is lost to those who did."""
        first = max(bisect_left(self.starts, start) - 1, 0)
        taken: dict[WhyNot, int] = {}
        busy: list[Interval] = []
        for one_start, one_end, who in self.stretches[first:]:
            if one_start >= end:
                break
            common = min(one_end, end) - max(one_start, start)
            if common > 0:
                why = WhyNot.OVERLAPS_HERE if who == HERE else WhyNot.OVERLAPS_SAME if who == provider else WhyNot.OVERLAPS_OTHER
                taken[why] = taken.get(why, 0) + common
                busy.append((one_start, one_end))
        free = gaps(tuple(busy), start, end)
        missing = case.left - length(free)
        for why in (WhyNot.OVERLAPS_HERE, WhyNot.OVERLAPS_OTHER, WhyNot.OVERLAPS_SAME):
            lost = min(max(missing, 0), taken.get(why, 0))
            case.lose(why, lost)
            missing -= lost
        return free

    def _fill(self, free: Sequence[Interval], case: _Case) -> tuple[Interval, ...]:
        """The free stretches, the earliest first, as far as seconds are left and the days let them count."""
        walls: list[Interval] = []
        full: dict[int, int] = {}
        for start, end in free:
            for day, one_start, one_end in _by_day(start, end):
                room = self.day_most - self.days.get(day, 0) - full.get(day, 0)
                taken = min(one_end - one_start, case.left, max(room, 0))
                if taken:
                    walls.append((one_start, one_start + taken))
                    full[day] = full.get(day, 0) + taken
                    case.left -= taken
        return tuple(walls)

    def _place_sum(self, claim: Claim, subject: Subject, case: _Case) -> int:
        """How many seconds find room on the claim's days, the earliest first."""
        case.keep((claim.last_day - claim.first_day + 1) * DAY_S, WhyNot.IMPOSSIBLE)
        first, last = max(claim.first_day, subject.first_day), min(claim.last_day, subject.last_day)
        case.keep((last - first + 1) * DAY_S, WhyNot.OUTSIDE)
        self._bound(claim, subject, case)
        wanted = case.left
        for day in range(first, last + 1):
            if not case.left:
                break
            taken = min(case.left, max(self.day_most - self.days.get(day, 0), 0))
            if taken:
                self.days[day] = self.days.get(day, 0) + taken
                case.left -= taken
        counted = wanted - case.left
        case.lose(WhyNot.DAY_CAP if self.rules.day_cap_s else WhyNot.IMPOSSIBLE, case.left)
        return counted


def _by_day(start: int, end: int) -> Iterable[tuple[int, int, int]]:
    """(local day, from, until) of each day's part of a stretch."""
    while start < end:
        day = ordinal_of(start)
        stop = min(end, midnight_of(day + 1))
        yield day, start, stop
        start = stop

"""Time of people who study together: from who was there and what was played to seconds of a teacher and unit, whatever told of it.

Whatever arrives in whatever order, once or many times: the figures are a function of the *set* of lines. A second counts when the group's
times held it, the person was there and something was played that the person had not covered; it counts once over all kits, paper and
what was learned on line.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xingtan.core.calendar import midnight_of, ordinal_of
from xingtan.core.learned_time.intervals import Interval, Intervals, gaps, length, merge
from xingtan.core.learned_time.step import BeatRules

OUTSIDE_TIMES, NOBODY_THERE, COUNTED_ALREADY = "outside_times", "nobody_there", "counted_already"


class Time(NamedTuple):
    """A fixed time of the group in epoch seconds, and how it studies then, as the pack names it."""

    start: int
    end: int
    mode: str


class Play(NamedTuple):
    """A stretch of real time in which a stretch of a unit was played, for everyone who was there (person "") or for one."""

    start: int
    end: int
    unit_id: int
    from_s: int
    to_s: int
    person: str = ""


class Stay(NamedTuple):
    """A person was there."""

    person: str
    start: int
    end: int


class Claim(NamedTuple):
    """A stretch of one person's real time in a fixed time of the group, with what was played of which unit."""

    start: int
    end: int
    source: str
    unit_id: int
    from_s: int
    to_s: int
    mode: str


def _part(play: Play, start: int, end: int) -> tuple[int, int]:
    """The media that belongs to a part of the play's real time, in whole seconds."""
    wall, media = play.end - play.start, play.to_s - play.from_s
    return play.from_s + (start - play.start) * media // wall, play.from_s + -(-(end - play.start) * media // wall)


def claims_of(
    source: str, plays: Iterable[Play], stays: Iterable[Stay], times: Sequence[Time], doubts: Counter[str]
) -> dict[str, list[Claim]]:
    """Each person's claims: play ∩ fixed times ∩ the person's stay. What lies outside the times, or had nobody there, is added to `doubts`."""
    there: dict[str, Intervals] = defaultdict(tuple)
    for stay in stays:
        there[stay.person] = merge(there[stay.person], stay.start, stay.end)
    found: dict[str, list[Claim]] = defaultdict(list)
    for play in plays:
        inside = [(max(play.start, time.start), min(play.end, time.end), time.mode) for time in times]
        inside = [one for one in inside if one[0] < one[1]]
        doubts[OUTSIDE_TIMES] += play.end - play.start - sum(end - start for start, end, _mode in inside)
        taken = 0
        for start, end, mode in inside:
            taken += _take(found, source, play, (start, end, mode), there)
        doubts[NOBODY_THERE] += 0 if taken else sum(end - start for start, end, _mode in inside)
    return {person: joined(rows) for person, rows in found.items()}


def _take(found: dict[str, list[Claim]], source: str, play: Play, piece: tuple[int, int, str], there: Mapping[str, Intervals]) -> int:
    start, end, mode = piece
    taken = 0
    for person in [play.person] if play.person else list(there):
        for one in there.get(person, ()):
            first, last = max(start, one[0]), min(end, one[1])
            if first < last:
                found[person].append(Claim(first, last, source, play.unit_id, *_part(play, first, last), mode))
                taken += last - first
    return taken


def joined(claims: Iterable[Claim]) -> list[Claim]:
    """The claims in order, those that go on where one of the same unit ended made one of it where media and real time run alike."""
    made: list[Claim] = []
    for one in sorted(set(claims)):
        last = made[-1] if made else None
        if last and _goes_on(last, one):
            made[-1] = last._replace(end=one.end, to_s=one.to_s)
        else:
            made.append(one)
    return made


def _goes_on(last: Claim, one: Claim) -> bool:
    same = (last.end, last.to_s, last.unit_id, last.source, last.mode) == (one.start, one.from_s, one.unit_id, one.source, one.mode)
    return same and last.end - last.start == last.to_s - last.from_s and one.end - one.start == one.to_s - one.from_s


class Online(NamedTuple):
    """What a teacher learned on line of one unit: seconds that count and the parts that they cover."""

    learned_s: int = 0
    covered: Intervals = ()


@dataclass(slots=True)
class _Unit:
    length_s: int
    learned_s: int
    covered: Intervals
    viewing: int = 1

    def uncounted(self, from_s: int, to_s: int, viewings: int) -> int:
        """Seconds that are played and not counted, with this stretch played in the present viewing."""
        if self.learned_s >= self.viewing * self.length_s and self.viewing < viewings:
            self.viewing, self.covered = self.viewing + 1, ()
        self.covered = merge(self.covered, max(from_s, 0), min(to_s, self.length_s))
        return length(self.covered) - (self.learned_s - (self.viewing - 1) * self.length_s)


class Key(NamedTuple):
    """Under what counted seconds are kept: which kit or sheet, which unit, which local day (ordinal), how the group studied."""

    source: str
    unit_id: int
    day: int
    mode: str


@dataclass(slots=True)
class Tally:
    """What a teacher's claims count."""

    seconds: Counter[Key] = field(default_factory=Counter)
    doubts: Counter[tuple[str, str]] = field(default_factory=Counter)


def tally(
    claims: Iterable[Claim],
    *,
    lengths: Mapping[int, int],
    rules: BeatRules,
    online: Mapping[int, Online],
    walls: Iterable[Interval] = (),
) -> Tally:
    """What these claims of one teacher add to what was learned on line (`online` by unit, `walls` real time used there), by the rules' cap and viewings."""
    made, units = Tally(), dict[int, _Unit]()
    used: Intervals = ()
    spent: Counter[int] = Counter()
    for start, end in sorted(walls):
        used = merge(used, start, end)
        spent[ordinal_of(start)] += end - start
    for claim in sorted(set(claims)):
        if claim.unit_id not in lengths:
            continue
        unit = units.setdefault(claim.unit_id, _unit(lengths[claim.unit_id], online.get(claim.unit_id, Online())))
        most = min(unit.uncounted(claim.from_s, claim.to_s, rules.viewings), claim.end - claim.start)
        counted = 0
        for piece in _taken(gaps(used, claim.start, claim.end), most, spent, rules.day_cap_s):
            used = merge(used, *piece)
            seconds, day = piece[1] - piece[0], ordinal_of(piece[0])
            spent[day] += seconds
            counted += seconds
            made.seconds[Key(claim.source, claim.unit_id, day, claim.mode)] += seconds
        unit.learned_s += counted
        made.doubts[claim.source, COUNTED_ALREADY] += claim.end - claim.start - counted
    return made


def _unit(length_s: int, online: Online) -> _Unit:
    viewing = max(-(-online.learned_s // length_s), 1) if length_s else 1
    return _Unit(length_s, online.learned_s, online.covered, viewing)


def _taken(fresh: Iterable[Interval], most: int, spent: Mapping[int, int], cap_s: int) -> Iterator[Interval]:
    """The first `most` seconds of the fresh stretches, no day beyond its cap (0: none)."""
    for start, end in fresh:
        day_end = midnight_of(ordinal_of(start) + 1)
        for first, last in ((start, min(end, day_end)), (day_end, end)):
            room = max(cap_s - spent[ordinal_of(first)], 0) if cap_s and first < last else last - first
            seconds = min(last - first, most, room)
            if seconds > 0:
                most -= seconds
                yield first, first + seconds

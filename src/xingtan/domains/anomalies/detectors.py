"""The detectors: from small frames of facts of one local day to what looks wrong in them. Pure, whole numbers, no clock of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from .rules import Limits
from .states import Kind, Sureness

Wall: TypeAlias = tuple[int, int]
SUSPICIOUS = frozenset({"replayed", "impossible_speed", "from_the_future", "session_unknown", "repeated"})
SCRIPTED = frozenset({"replayed", "from_the_future"})


class Opened(NamedTuple):
    """An opening of a player: whose, of which unit, when (epoch seconds), on which device, from which address (marks, "" unknown)."""

    teacher_id: int
    unit_id: int
    at: int
    device: str
    address: str


class Studied(NamedTuple):
    """Time that was counted of a unit on a day: disjoint stretches of the server's clock."""

    teacher_id: int
    unit_id: int
    local_on: date
    walls: tuple[Wall, ...]


class Beats(NamedTuple):
    """How many beats of a unit were refused on the day for one reason."""

    teacher_id: int
    unit_id: int
    reason: str
    number: int


class Answered(NamedTuple):
    """A quiz handed in: how long after its page was made, and how much there was to read."""

    attempt_id: int
    teacher_id: int
    unit_id: int
    opened_at: int
    handed_in_at: int
    characters: int
    questions: int


class Meeting(NamedTuple):
    """A meeting somebody attended: its hours as seconds, and its times where they are known."""

    teacher_id: int
    key: str
    seconds: int
    from_at: int | None = None
    until_at: int | None = None


class Habit(NamedTuple):
    """Whose an address is by the last four weeks: the school with at least half of its teachers (0: nobody's), and its usual day's teachers."""

    school_id: int = 0
    usual: int = 0


class Finding(NamedTuple):
    """One thing that looks wrong. `key` names it for good, `subject` is what a case collects; `facts` fill the kind's sentence."""

    kind: Kind
    subject: str
    teacher_id: int
    unit_id: int | None
    local_on: date
    key: str
    sureness: Sureness
    from_at: int | None
    until_at: int | None
    facts: Mapping[str, int | str]


def shared_devices(openings: Iterable[Opened], studied: Iterable[Studied], on: date, limits: Limits) -> list[Finding]:
    """Several teachers on one device in the day, and surer when they learned there at the same time."""
    walls = {(one.teacher_id, one.unit_id): one.walls for one in studied if one.local_on == on}
    by_device: dict[str, dict[tuple[int, int], int]] = defaultdict(dict)
    for one in openings:
        if one.device:
            pair = (one.teacher_id, one.unit_id)
            by_device[one.device][pair] = min(one.at, by_device[one.device].get(pair, one.at))
    found: list[Finding] = []
    for device, pairs in sorted(by_device.items()):
        people = {teacher_id for teacher_id, _unit in pairs}
        if len(people) > 1:
            found += _on_device(device, pairs, _together(pairs, walls), on, limits)
    return found


def _on_device(
    device: str, pairs: Mapping[tuple[int, int], int], together: Mapping[int, int], on: date, limits: Limits
) -> Iterator[Finding]:
    people = {teacher_id for teacher_id, _unit in pairs}
    at_once = {teacher_id for teacher_id, seconds in together.items() if seconds >= limits.at_once_s}
    concerned = people if len(people) >= limits.device_teachers else at_once
    for (teacher_id, unit_id), at in sorted(pairs.items()):
        if teacher_id in concerned:
            sureness = (
                Sureness.STRONG
                if teacher_id in at_once
                else Sureness.LIKELY
                if len(people) >= 2 * limits.device_teachers
                else Sureness.WEAK
            )
            facts: dict[str, int | str] = {"teachers": len(people), "at_once_s": together.get(teacher_id, 0)}
            key = f"device:{device}:{on}:{teacher_id}:{unit_id}"
            yield Finding(Kind.SHARED_DEVICE, f"device:{device}", teacher_id, unit_id, on, key, sureness, at, None, facts)


def _together(pairs: Mapping[tuple[int, int], int], walls: Mapping[tuple[int, int], Sequence[Wall]]) -> dict[int, int]:
    """For each teacher of the device the seconds in which somebody else of it learned as well."""
    own: dict[int, list[Wall]] = defaultdict(list)
    for (teacher_id, unit_id), at in pairs.items():
        own[teacher_id] += [(max(start, at), end) for start, end in walls.get((teacher_id, unit_id), ()) if end > at]
    merged = {teacher_id: merge(stretches) for teacher_id, stretches in own.items()}
    return {
        teacher_id: overlap(stretches, merge(wall for other, theirs in merged.items() if other != teacher_id for wall in theirs))
        for teacher_id, stretches in merged.items()
    }


def merge(walls: Iterable[Wall]) -> list[Wall]:
    """The same time as disjoint stretches in order."""
    found: list[Wall] = []
    for start, end in sorted(walls):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif end > start:
            found.append((start, end))
    return found


def overlap(first: Sequence[Wall], second: Sequence[Wall]) -> int:
    """Seconds that lie in both; each is disjoint and in order."""
    total = at = other = 0
    while at < len(first) and other < len(second):
        total += max(0, min(first[at][1], second[other][1]) - max(first[at][0], second[other][0]))
        if first[at][1] <= second[other][1]:
            at += 1
        else:
            other += 1
    return total


def around_clock(studied: Iterable[Studied], on: date, limits: Limits) -> list[Finding]:
    """Teachers whose counted time reaches into the day without a night's rest for longer than anybody stays awake; needs the days before too."""
    by_teacher: dict[int, list[Studied]] = defaultdict(list)
    for one in studied:
        by_teacher[one.teacher_id].append(one)
    found: list[Finding] = []
    for teacher_id, rows in sorted(by_teacher.items()):
        stretches = _without_rest(merge(wall for row in rows for wall in row.walls), limits.rest_s)
        for row in rows:
            if row.local_on == on and row.walls:
                found += _restless(teacher_id, row, stretches, limits)
    return found


def _restless(teacher_id: int, row: Studied, stretches: Sequence[Wall], limits: Limits) -> Iterator[Finding]:
    start, end = next((one for one in stretches if one[0] <= row.walls[-1][0] < one[1]), (0, 0))
    hours = (end - start) // 3600
    if end - start >= limits.awake_s:
        sureness = Sureness.STRONG if end - start >= limits.awake_s * 3 // 2 else Sureness.LIKELY
        key = f"clock:{teacher_id}:{row.local_on}:{row.unit_id}"
        facts: dict[str, int | str] = {"hours": hours, "rest_hours": limits.rest_s // 3600}
        yield Finding(Kind.AROUND_CLOCK, f"teacher:{teacher_id}", teacher_id, row.unit_id, row.local_on, key, sureness, start, end, facts)


def _without_rest(walls: Sequence[Wall], rest_s: int) -> list[Wall]:
    """Stretches from the first wall to the last with no pause of a rest in between."""
    found: list[Wall] = []
    for start, end in walls:
        if found and start - found[-1][1] < rest_s:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def one_address(
    openings: Iterable[Opened], habits: Mapping[str, Habit], schools: Mapping[int, int], on: date, limits: Limits
) -> list[Finding]:
    """Many teachers from one address who are not of the school whose address it is, or far more of that school than on its usual day."""
    by_address: dict[str, dict[tuple[int, int], int]] = defaultdict(dict)
    for one in openings:
        if one.address:
            by_address[one.address].setdefault((one.teacher_id, one.unit_id), one.at)
    found: list[Finding] = []
    for address, pairs in sorted(by_address.items()):
        habit = habits.get(address, Habit())
        people = {teacher_id for teacher_id, _unit in pairs}
        concerned = _strangers(people, habit, schools, limits)
        facts: dict[str, int | str] = {"teachers": len(people), "concerned": len(concerned), "usual": habit.usual}
        sureness = Sureness.LIKELY if len(concerned) >= 3 * limits.address_teachers else Sureness.WEAK
        for (teacher_id, unit_id), at in sorted(pairs.items()):
            if teacher_id in concerned:
                key = f"address:{address}:{on}:{teacher_id}:{unit_id}"
                found.append(Finding(Kind.ONE_ADDRESS, f"address:{address}", teacher_id, unit_id, on, key, sureness, at, None, facts))
    return found


def _strangers(people: Collection[int], habit: Habit, schools: Mapping[int, int], limits: Limits) -> set[int]:
    own = {teacher_id for teacher_id in people if habit.school_id and schools.get(teacher_id) == habit.school_id}
    strangers = set(people) - own
    found = strangers if len(strangers) >= limits.address_teachers else set()
    usual = max(habit.usual, limits.address_teachers // limits.address_times)
    return found | own if len(own) > limits.address_times * usual else found


def fast_answers(answered: Iterable[Answered], on: date, limits: Limits) -> list[Finding]:
    """Quizzes that were answered in less time than reading them takes."""
    found = []
    for one in answered:
        took = one.handed_in_at - one.opened_at
        least = one.characters // limits.characters_per_s + one.questions * limits.answer_s
        if took < least:
            sureness = Sureness.LIKELY if took * 2 < least else Sureness.WEAK
            facts: dict[str, int | str] = {"took_s": took, "least_s": least, "questions": one.questions}
            subject, key = f"teacher:{one.teacher_id}", f"quiz:{one.attempt_id}"
            found.append(
                Finding(Kind.FAST_ANSWERS, subject, one.teacher_id, one.unit_id, on, key, sureness, one.opened_at, one.handed_in_at, facts)
            )
    return found


def refused_beats(beats: Iterable[Beats], on: date, limits: Limits) -> list[Finding]:
    """Teachers of whom many beats were refused for one reason that an honest player does not give."""
    totals: dict[tuple[int, str], int] = defaultdict(int)
    rows = [one for one in beats if one.reason in SUSPICIOUS]
    for one in rows:
        totals[one.teacher_id, one.reason] += one.number
    found = []
    for one in sorted(rows):
        total = totals[one.teacher_id, one.reason]
        if total >= limits.refused_beats:
            sureness = Sureness.STRONG if one.reason in SCRIPTED and total >= 3 * limits.refused_beats else Sureness.LIKELY
            facts: dict[str, int | str] = {"count": one.number, "total": total, "reason": one.reason}
            subject, key = f"teacher:{one.teacher_id}", f"beats:{one.teacher_id}:{on}:{one.reason}:{one.unit_id}"
            found.append(Finding(Kind.REFUSED_BEATS, subject, one.teacher_id, one.unit_id, on, key, sureness, None, None, facts))
    return found


def two_places(meetings: Iterable[Meeting], studied: Iterable[Studied], on: date, limits: Limits) -> list[Finding]:
    """Who learned on line while at a meeting, was at two meetings at once, or whose day cannot hold the hours of both."""
    by_teacher: dict[int, list[Meeting]] = defaultdict(list)
    for one in meetings:
        by_teacher[one.teacher_id].append(one)
    units: dict[int, list[Studied]] = defaultdict(list)
    for row in studied:
        if row.local_on == on and row.teacher_id in by_teacher:
            units[row.teacher_id].append(row)
    found: list[Finding] = []
    for teacher_id, own in sorted(by_teacher.items()):
        found += _at_two(teacher_id, own, units[teacher_id], on, limits)
    return found


def _at_two(teacher_id: int, meetings: Sequence[Meeting], units: Sequence[Studied], on: date, limits: Limits) -> Iterator[Finding]:
    timed = [(one.from_at, one.until_at) for one in meetings if one.from_at is not None and one.until_at is not None]
    there, subject = merge(timed), f"teacher:{teacher_id}"
    double = sum(end - start for start, end in timed) - sum(end - start for start, end in there)
    if double >= limits.clash_s:
        facts: dict[str, int | str] = {"what": "meetings", "clash_s": double}
        key, ends = f"places:{teacher_id}:{on}:0", (there[0][0], there[-1][1])
        yield Finding(Kind.TWO_PLACES, subject, teacher_id, None, on, key, Sureness.STRONG, *ends, facts)
    whole = sum(one.seconds for one in meetings) + sum(end - start for start, end in merge(wall for row in units for wall in row.walls))
    for row in units:
        if row.walls and (clash := _clash(row, there, whole, limits)):
            sureness, facts = clash
            key, ends = f"places:{teacher_id}:{on}:{row.unit_id}", (row.walls[0][0], row.walls[-1][1])
            yield Finding(Kind.TWO_PLACES, subject, teacher_id, row.unit_id, on, key, sureness, *ends, facts)


def _clash(row: Studied, there: Sequence[Wall], whole_s: int, limits: Limits) -> tuple[Sureness, dict[str, int | str]] | None:
    """How the unit's time clashes with the day's meetings: in the same minutes, or in a day that cannot hold both."""
    both = overlap(there, list(row.walls))
    if both >= limits.clash_s:
        return Sureness.STRONG, {"what": "online", "clash_s": both}
    return (Sureness.LIKELY, {"what": "day", "hours": whole_s // 3600}) if whole_s > limits.day_most_s else None

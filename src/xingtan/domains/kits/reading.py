"""Reading a kit's lines in the order of its chain: who was there when, what was played, what was answered, and what of it is in doubt. No Django."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from xingtan.core.learned_time.step import BEYOND_END, COUNTED, BeatRules, Sign, refusal
from xingtan.core.learned_time.together import Play, Stay

from .states import Doubt, What

CLOCK_SLACK_S = 300  # before the kit was made, or after its blocks arrived: clocks differ by minutes
BACK_SLACK_S = 60  # set back by less: a correction of the clock; no time is gained by it
FAR = 2**40


class Frame(NamedTuple):
    """What bounds a kit's lines: when it was made and ends, its units (public id → id, length) and the days of each member."""

    made_at: int
    expires_at: int
    units: Mapping[str, tuple[int, int]]
    members: Mapping[str, tuple[int, int]]
    rules: BeatRules = BeatRules()
    effort: frozenset[str] = frozenset()  # units that want a sign of activity


class Arrived(NamedTuple):
    """A line with the moment at which its block came to the centre."""

    source: str
    body: Mapping[str, Any]
    received_at: int = FAR


class Answers(NamedTuple):
    """A quiz as a person handed it in."""

    source: str
    person: str
    unit_id: int
    at: int
    answers: Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Meeting:
    """A session that a kit opened: from when to when, who is there, who confirmed it, what was played."""

    session: str
    opened_at: int
    leader: str
    latest: int = 0
    closed_at: int = 0
    here: dict[str, int] = field(default_factory=dict)
    signed: set[str] = field(default_factory=set)
    units: list[int] = field(default_factory=list)

    @property
    def is_confirmed(self) -> bool:
        """True when the leader closed it."""
        return self.closed_at > 0


@dataclass(slots=True)
class Reading:
    """What a way through a kit's chain says."""

    plays: list[Play] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    answers: list[Answers] = field(default_factory=list)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    doubts: Counter[str] = field(default_factory=Counter)
    latest: int = 0


@dataclass(slots=True)
class _Player:
    session: str
    unit_id: int
    length_s: int
    person: str
    rules: BeatRules
    mark: list[int]


class _Reader:
    """Goes through the lines once; time only moves on."""

    def __init__(self, frame: Frame) -> None:
        self.frame, self.read = frame, Reading()
        self.players: dict[str, _Player] = {}
        self.acts = {
            What.OPENED: self._opened,
            What.CAME: self._came,
            What.LEFT: self._left,
            What.STARTED: self._started,
            What.PLAYED: self._played,
            What.ANSWERED: self._answered,
            What.SIGNED: self._signed,
            What.CLOSED: self._closed,
        }

    def take(self, line: Arrived) -> None:
        """The line is part of what is read, or its doubt is counted."""
        try:
            what, at = What(line.body["what"]), int(line.body["at"])
        except (KeyError, TypeError, ValueError):
            self.read.doubts[Doubt.UNREADABLE] += 1
            return
        if doubt := self._doubt(at, line.received_at):
            self.read.doubts[doubt] += 1
            return
        self.read.latest = max(self.read.latest, at)
        try:
            self.acts[what](self.read.latest, line)
            self._touch(line.body)
        except (KeyError, TypeError, ValueError, AttributeError):
            self.read.doubts[Doubt.UNREADABLE] += 1

    def _touch(self, body: Mapping[str, Any]) -> None:
        player = self.players.get(str(body.get("player", "")))
        meeting = self.read.meetings.get(player.session if player else str(body.get("session", "")))
        if meeting:
            meeting.latest = self.read.latest

    def _doubt(self, at: int, received_at: int) -> Doubt | None:
        if at < self.frame.made_at - CLOCK_SLACK_S:
            return Doubt.BEFORE_KIT
        if at > min(received_at + CLOCK_SLACK_S, self.frame.expires_at):
            return Doubt.AFTER_RECEIPT
        return Doubt.CLOCK_BACK if at < self.read.latest - BACK_SLACK_S else None

    def _member(self, line: Arrived, at: int) -> str:
        """The person of the line, "" (and a doubt) when no member at that time."""
        person = str(line.body["person"])
        first, last = self.frame.members.get(person, (FAR, 0))
        if first <= at < last:
            return person
        self.read.doubts[Doubt.NOT_MEMBER] += 1
        return ""

    def _opened(self, at: int, line: Arrived) -> None:
        session = str(line.body["session"])
        for other in self.read.meetings.values():
            self._end_meeting(other)
        self.read.meetings.setdefault(session, Meeting(session, at, str(line.body.get("person", ""))))

    def _came(self, at: int, line: Arrived) -> None:
        meeting = self.read.meetings[str(line.body["session"])]
        person = self._member(line, at)
        if person and not meeting.is_confirmed:
            meeting.here.setdefault(person, at)

    def _left(self, at: int, line: Arrived) -> None:
        self._leave(self.read.meetings[str(line.body["session"])], str(line.body["person"]), at)

    def _leave(self, meeting: Meeting, person: str, at: int) -> None:
        since = meeting.here.pop(person, None)
        if since is not None and since < at:
            self.read.stays.append(Stay(person, since, at))

    def _started(self, at: int, line: Arrived) -> None:
        body = line.body
        if body["unit"] not in self.frame.units:
            self.read.doubts[Doubt.UNKNOWN_UNIT] += 1
            return
        unit_id, length_s = self.frame.units[body["unit"]]
        meeting = self.read.meetings[str(body["session"])]
        meeting.units.append(unit_id)
        rules = self.frame.rules._replace(prompt_every_s=0, needs_activity=int(body["unit"] in self.frame.effort))
        person = str(body.get("person", ""))
        self.players.setdefault(str(body["player"]), _Player(str(body["session"]), unit_id, length_s, person, rules, [at, -1, 0]))

    def _played(self, at: int, line: Arrived) -> None:
        player, body = self.players[str(line.body["player"])], line.body
        if self.read.meetings[player.session].is_confirmed:
            return
        sign = Sign(int(body["seq"]), at, at, 0, int(body["from_s"]), int(body["to_s"]), int(body["rate_centi"]), int(body["signs"]))
        if sign.seq <= player.mark[1]:
            return
        player.mark[1] = sign.seq
        code = refusal([player.length_s, 0, 0, 1, 0], player.mark, sign, player.rules)
        if code != COUNTED:
            self.read.doubts[Doubt.NOTHING_PLAYED] += code != BEYOND_END
            player.mark[0] = max(player.mark[0], at)
            return
        self._play(player, sign, at)

    def _play(self, player: _Player, sign: Sign, at: int) -> None:
        """As `step.count` takes it: from the player's last line on, no longer than what it played."""
        start, from_s, to_s = player.mark[0], sign.from_s, min(sign.to_s, player.length_s)
        end = start + min(max(at - start, 0), to_s - from_s + self.frame.rules.jitter_s)
        if start < end:
            self.read.plays.append(Play(start, end, player.unit_id, from_s, to_s, player.person))
        player.mark[0] = max(player.mark[0], end, at - self.frame.rules.jitter_s)

    def _answered(self, at: int, line: Arrived) -> None:
        body = line.body
        person = self._member(line, at)
        if not person or body["unit"] not in self.frame.units:
            return
        answers = {str(key): [str(one) for one in given] for key, given in body["answers"].items()}
        self.read.answers.append(Answers(line.source, person, self.frame.units[body["unit"]][0], at, answers))

    def _signed(self, at: int, line: Arrived) -> None:
        person = self._member(line, at)
        if person:
            self.read.meetings[str(line.body["session"])].signed.add(person)

    def _closed(self, at: int, line: Arrived) -> None:
        meeting = self.read.meetings[str(line.body["session"])]
        for person in list(meeting.here):
            self._leave(meeting, person, at)
        meeting.closed_at = meeting.closed_at or at

    def _end_meeting(self, meeting: Meeting) -> None:
        """A session that nobody closed (the battery was empty) ends with its latest line."""
        for person in list(meeting.here):
            self._leave(meeting, person, meeting.latest)

    def end(self) -> Reading:
        """Everything that was read; nobody stays longer than a line of the session tells."""
        for meeting in self.read.meetings.values():
            self._end_meeting(meeting)
        return self.read


def read_lines(frame: Frame, lines: Iterable[Arrived], *, is_over: bool = True) -> Reading:
    """What these lines, in the order of their chain, say; while a session goes on (not `is_over`) people are still `here`."""
    reader = _Reader(frame)
    for line in lines:
        reader.take(line)
    return reader.end() if is_over else reader.read

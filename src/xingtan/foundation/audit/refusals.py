"""Refusals for the audit log: noted in memory, written in blocks, so that a scanner never holds the chain.

Of one actor (an account, or an address while nobody is signed in) the first few of a minute stand there one by one, the rest as their number;
of a minute only so many stand one by one at all. What a process that is killed has noted within the last two seconds is lost.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from xingtan.foundation.keys import open_box
from xingtan.foundation.ledger.post import post
from xingtan.foundation.people.roles import Actor

from .log import CHAIN, line_of
from .models import AuditLine

FREE = 5  # one by one, of one actor in a minute
MOST = 600  # one by one, in a minute
KEPT = 240  # minutes that may wait to be written
ACTORS = 500  # counted apart, in a minute; all others together
MANY = "refused.many"


@dataclass
class Minute:
    """What was refused within one minute of the clock: how often to whom, and what was not told one by one."""

    told: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    more: dict[str, tuple[AuditLine, Counter[str]]] = field(default_factory=dict)


class Noted:
    """The refusals of this process that are not yet in the log."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.lines: list[AuditLine] = []
        self.minutes: dict[datetime, Minute] = {}

    def add(self, who: str, line: AuditLine) -> None:
        """The refusal stands in the log after the next `take`, alone or in a number."""
        with self.lock:
            minute = self.minutes.setdefault(line.at.replace(second=0, microsecond=0), Minute())
            if len(self.minutes) > KEPT:  # in a process that nobody empties, such as a shell
                del self.minutes[min(self.minutes)]
            minute.counts[who] += 1
            if minute.counts[who] <= FREE and minute.told < MOST and len(self.lines) < KEPT * MOST // 10:
                minute.told += 1
                self.lines.append(line)
                return
            known = who if who in minute.more or len(minute.more) < ACTORS else ""
            minute.more.setdefault(known, (line, Counter()))[1][line.act] += 1

    def take(self, before: datetime) -> list[AuditLine]:
        """Everything to write now: single lines, and the numbers of minutes that were over before this moment."""
        with self.lock:
            lines, self.lines = self.lines, []
            over = [minute for minute in self.minutes if minute < before.replace(second=0, microsecond=0)]
            gone = [self.minutes.pop(minute) for minute in over]
        return lines + [_number(line, acts) for minute in gone for line, acts in minute.more.values()]

    def give_back(self, lines: list[AuditLine]) -> None:
        """Lines that could not be written wait for the next turn."""
        with self.lock:
            self.lines = lines + self.lines


def _number(line: AuditLine, acts: Counter[str]) -> AuditLine:
    line.act, line.subject, line.subject_ids, line.count = MANY, "", [], acts.total()
    line.detail = {"acts": dict(sorted(acts.items())), **{name: line.detail[name] for name in ("origin",) if name in line.detail}}
    return line


NOTED = Noted()


def note_refusal(  # noqa: PLR0913 -- a refusal is these facts
    actor: Actor,
    act: str,
    *,
    subject: str = "",
    ids: Sequence[int] = (),
    now: datetime,
    origin: str = "",
    detail: Mapping[str, object] | None = None,
) -> None:
    """The refusal will stand in the audit log within seconds; `origin`, the client's address, only as a keyed digest. Never waits, never raises."""
    told = dict(detail or {})
    if origin:
        told["origin"] = open_box("audit.origin").index(origin)[:16]
    line = line_of(actor, act, subject, ids, now=now, detail=told)
    NOTED.add(str(actor.account_id or told.get("origin", "")), line)


def write_refusals(now: datetime, *, with_last_minute: bool = False) -> int:
    """What was noted stands in the audit log, in one block; returns how many lines."""
    lines = NOTED.take(datetime.max.replace(tzinfo=now.tzinfo) if with_last_minute else now)
    if not lines:
        return 0
    try:
        post(CHAIN, lines, account_id=None, now=now)
    except Exception:
        NOTED.give_back(lines)
        raise
    return len(lines)

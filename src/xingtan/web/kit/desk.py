"""What every page of a kit stands on: the kit, the session that is open now, and codes that are tried too often."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from xingtan.core.learned_time.intervals import length, merge
from xingtan.domains.kits import api as kits
from xingtan.foundation.refusal import Refused

MOST_WRONG = 5
WAIT_S = 60
LATE_S = 30 * 60  # so long after its time a session may still be signed off
_WRONG: dict[str, list[float]] = {}


@lru_cache(maxsize=1)
def the_kit() -> kits.KitBook:
    """The kit of this laptop."""
    return kits.KitBook(Path(settings.KIT or "."))


class Open(NamedTuple):
    """The session that is open: who came, who left or signed, its time's end."""

    session: str
    opened_at: int
    until: int
    mode: str
    meeting: Any
    reading: Any

    @property
    def there(self) -> set[str]:
        """Who is in the room now."""
        return set(self.meeting.here)


def now_s() -> int:
    """The laptop's clock in epoch seconds."""
    return int(time.time())


def meeting_lines(session: str) -> list[Any]:
    """The lines of one session in order."""
    return list(kits.KitLine.objects.filter(session=session).order_by("block__height", "place"))


def open_session(now: int) -> Open | None:
    """The session that the leader opened and nobody closed, within its time (and half an hour for signing off)."""
    lines = kits.KitLine.objects
    last = lines.filter(what=kits.What.OPENED).order_by("-block__height").first()
    if last is None or lines.filter(what=kits.What.CLOSED, session=last.session).exists():
        return None
    kit = the_kit()
    found = next((one for one in kit.times if one.start - kits.EARLY_S <= last.at < one.end), None)
    if found is None or now >= found.end + LATE_S:
        return None
    rows = meeting_lines(last.session)
    reading = kits.read_lines(kit.frame, (kits.Arrived(one.source, one.body) for one in rows), is_over=False)
    meeting = reading.meetings.get(last.session)
    return Open(last.session, last.at, found.end, found.mode, meeting, reading) if meeting else None


def session_or_refuse(now: int) -> Open:
    """The open session; `Refused` when there is none."""
    found = open_session(now)
    if found is None:
        raise Refused("kit_no_session")
    return found


def check_code(person: str, pin: str) -> None:
    """Nothing changed; `Refused` when this is not the person's code, or too many wrong ones were tried in the last minute."""
    now = time.monotonic()
    tried = [at for at in _WRONG.get(person, []) if now - at < WAIT_S]
    if len(tried) >= MOST_WRONG:
        raise Refused("kit_code_wait")
    if not the_kit().knows(person, pin):
        _WRONG[person] = [*tried, now]
        raise Refused("kit_code_wrong")
    _WRONG.pop(person, None)


def covered_s(plays: Iterable[Any]) -> int:
    """Seconds of a unit that these plays cover."""
    found: tuple[tuple[int, int], ...] = ()
    for one in plays:
        found = merge(found, one.from_s, one.to_s)
    return length(found)


def people() -> list[dict[str, Any]]:
    """The group's people; the leader, who may be no member, is not asked to sign in as one."""
    return [one for one in the_kit().manifest["people"] if one["is_member"]]


def waiting_blocks() -> int:
    """Blocks of which the centre has not said yet that it has them."""
    kit = the_kit()
    return max(kit.head()[0] - int(kit.acknowledged().get("height", 0)), 0)

"""`xingtan proof check`: a proof of learned hours counted anew, without site, database or keys."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import UTC, datetime

from xingtan.core.calendar import SHANGHAI
from xingtan.core.learned_time.intervals import length
from xingtan.core.learned_time.proof import Checked, NotAProof, checked
from xingtan.core.learned_time.replay import Judged

from .screen import complain, say

DIFFERS, BAD_INPUT = 1, 2


def run(chosen: argparse.Namespace) -> int:
    """What counts and what does not was said; 1 when the file is not as the site signed it or counts otherwise, 2 when it is no proof."""
    try:
        found = checked(chosen.file.read_bytes(), chosen.key)
    except OSError as problem:
        complain(f"{chosen.file}: {problem.strerror}")
        return BAD_INPUT
    except NotAProof as problem:
        complain(f"{chosen.file}: {problem}")
        return BAD_INPUT
    _say_days(found)
    if chosen.beats:
        for one in found.judged:
            say(_line(one))
    say(f"signed with the key {found.key}")
    for fault in found.faults:
        complain(fault)
    complain(f"{len(found.faults)} faults") if found.faults else say("The file is as it was signed, and counting it anew gives the same.")
    return DIFFERS if found.faults else 0


def _say_days(found: Checked) -> None:
    for day, walls in found.days:
        say(f"{day}  {length(walls):>6} s  {', '.join(f'{_clock(start)}–{_clock(end)}' for start, end in walls)}")
    lost: Counter[str] = Counter(one.reason.value for one in found.judged if not one.counted_s)
    for reason, beats in lost.most_common():
        told = sum(max(one.beat.to_s - one.beat.from_s, 0) for one in found.judged if one.reason.value == reason)
        say(f"not counted  {reason:<18}{beats:>6} beats that tell of {told} s of the unit")
    say(f"{sum(length(walls) for _day, walls in found.days)} s count, in {len(found.judged)} beats")


def _line(one: Judged) -> str:
    """When it arrived, which seconds of the unit it tells of, and which seconds of real time count for it or why none does."""
    at = datetime.fromtimestamp(one.beat.received_at, UTC).astimezone(SHANGHAI)
    head = f"{at:%Y-%m-%d %H:%M:%S}  {one.beat.from_s:>6}–{one.beat.to_s:<6}"
    counted = f"{one.counted_s} s: {_clock(one.wall[0])}–{_clock(one.wall[1])}" if one.counted_s else "0 s"
    return f"{head} {one.reason.value:<18}{counted}"


def _clock(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC).astimezone(SHANGHAI):%H:%M:%S}"

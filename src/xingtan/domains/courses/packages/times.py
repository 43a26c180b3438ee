"""Durations as packages write them."""

from __future__ import annotations

import re

ISO = re.compile(r"^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$")
CLOCK = re.compile(r"^(\d{1,4}):(\d\d):(\d\d)(?:\.\d+)?$")
LONGEST_S = 360_000


def seconds_of(text: str) -> int:
    """Whole seconds of `PT1H30M` or `01:30:00`; 0 for anything else or for more than a hundred hours."""
    text = text.strip()
    if clock := CLOCK.match(text):
        hours, minutes, seconds = (int(part) for part in clock.groups())
        found = hours * 3600 + minutes * 60 + seconds
    elif (iso := ISO.match(text)) and text != "P":
        years, months, days, hours, minutes, seconds = (int(part or 0) for part in iso.groups())
        found = ((years * 365 + months * 30 + days) * 24 + hours) * 3600 + minutes * 60 + seconds
    else:
        return 0
    return found if found <= LONGEST_S else 0

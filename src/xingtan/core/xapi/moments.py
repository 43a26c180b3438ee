"""Points in time: the standard's texts, and our own whole microseconds."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Date, time, thirty digits of a second and a zone.
LONGEST = 64
DAY = r"(\d{4})-(\d{2})-(\d{2})"
# ISO 8601's basic and extended forms; a zone of minus zero is refused, as RFC 3339 gives it another meaning.
ISO_8601 = re.compile(
    r"(\d{4})(-?)(\d\d)\2(\d\d)[Tt ](\d\d):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,30}))?)?([Zz]|(?!-00(?::?00)?$)[+-]\d\d(?::?\d\d)?)?", re.ASCII
).fullmatch
RFC_3339 = re.compile(rf"{DAY}[Tt ]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|(?!-00:00)[+-]\d\d:\d\d)", re.ASCII).fullmatch


def instant(value: str) -> tuple[int, int, str] | None:
    """(days, seconds, fraction) of a timestamp in UTC, its fraction as text without trailing zeros; None when it is not one."""
    return _instant(value) if len(value) <= LONGEST else None


@lru_cache(maxsize=4096)
def _instant(value: str) -> tuple[int, int, str] | None:
    found = ISO_8601(value)
    if found is None:
        return None
    year, _, month, day, hour, minute, second, fraction, zone = found.groups()
    leap = second == "60"
    try:
        moment = datetime(int(year), int(month), int(day), int(hour), int(minute), 59 if leap else int(second or 0), tzinfo=UTC)
        since = moment - EPOCH - _offset(zone)
    except (ValueError, OverflowError):
        return None
    return since.days, since.seconds + leap, (fraction or "").rstrip("0")


def _offset(zone: str | None) -> timedelta:
    if not zone or zone in "Zz":
        return timedelta()
    digits = zone[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours > 23 or minutes > 59:
        raise ValueError(zone)
    return (-1 if zone[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes)


def in_utc(value: str) -> str:
    """The same point in time written in UTC, with all the digits it was given with; a text that is already in UTC stays."""
    if value[-1] == "Z":
        return value
    found = instant(value)
    if found is None:
        return value
    days, seconds, fraction = found
    try:
        moment = EPOCH + timedelta(days=days, seconds=seconds)
    except OverflowError:
        return value
    return f"{moment:%Y-%m-%dT%H:%M:%S}{'.' + fraction if fraction else ''}Z" if moment.year > 999 else value


def stamp(micros: int) -> str:
    """Epoch microseconds as `stored` and `timestamp` are written: UTC, always six digits."""
    seconds, rest = divmod(micros, 1_000_000)
    return f"{_second(seconds)}.{rest:06d}Z"


@lru_cache(maxsize=256)
def _second(seconds: int) -> str:
    return (EPOCH + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S")


def micros(value: str) -> int:
    """Epoch microseconds of a timestamp, rounded down; raises `ValueError` when it is not one."""
    found = instant(value)
    if found is None:
        raise ValueError(value)
    days, seconds, fraction = found
    return (days * 86_400 + seconds) * 1_000_000 + int((fraction + "000000")[:6])

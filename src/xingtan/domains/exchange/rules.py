"""How the cells of a provider's file become numbers, days and moments; what of a claim nobody can mean; nothing of Django."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation

from xingtan.core.calendar import SHANGHAI

from .states import Unit

MOST_NUMBER = 80
MOST_SECONDS = 86_400 * 366
SECONDS_IN = {Unit.SECONDS: 1, Unit.MINUTES: 60, Unit.HOURS: 3600}
CLOCK = re.compile(r"(\d{1,4}):([0-5]\d)(?::([0-5]\d))?")


def whole_seconds(text: str, unit: Unit) -> int | None:
    """The seconds of a duration as typed: a number of the file's unit, or h:mm:ss; None when it says none or a part of a second."""
    if found := CLOCK.fullmatch(text):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    if not text.isascii() or len(text) > 12:
        return None
    try:
        value = Decimal(text) * SECONDS_IN[unit]
    except InvalidOperation:
        return None
    return int(value) if value.is_finite() and value == value.to_integral_value() and 0 <= value <= MOST_SECONDS else None


def day_of(text: str) -> date | None:
    """The day as typed (2026-03-15, 2026/03/15, also with a time behind it), or None."""
    try:
        return date.fromisoformat(text.replace("/", "-")[:10])
    except ValueError:
        return None


def moment_of(text: str) -> int | None:
    """Epoch seconds of a moment as typed; without a zone it is local time. None when it is no moment, or one before 1970."""
    try:
        found = datetime.fromisoformat(text.replace("/", "-"))
    except ValueError:
        return None
    if found.tzinfo is None:
        found = found.replace(tzinfo=SHANGHAI)
    at = int((found - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds())
    return at if at > 0 and len(text) > 10 else None


def refuse_undo(*, is_undone: bool, is_undo: bool, corrected: int, closed: int) -> str | None:
    """Why a delivery can not be undone as a whole, or None."""
    if is_undone:
        return "delivery_undone_before"
    if is_undo:
        return "delivery_is_an_undo"
    if corrected:
        return "delivery_corrected_since"
    return "delivery_year_closed" if closed else None


LASTS = re.compile(r"P(?:(\d+)W|(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,]\d+)?S)?)?)")


def seconds_of_duration(text: object) -> int | None:
    """Whole seconds of an ISO 8601 duration; None for one in months or years, which have no fixed length, and for what is none."""
    found = LASTS.fullmatch(text) if isinstance(text, str) and len(text) < 40 else None
    if found is None or text in ("P", "PT"):
        return None
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return ((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60 + seconds

"""States of a training year, and why a window is moved."""

from __future__ import annotations

from enum import StrEnum


class YearState(StrEnum):
    """A year is open until the province closes it."""

    OPEN = "open"
    CLOSED = "closed"


class WindowReason(StrEnum):
    """Why a window's days are changed; a list and not free words, so that the audit log holds nothing personal."""

    CIRCULAR = "circular"
    OUTAGE = "outage"
    WEATHER = "weather"
    MISTAKE = "mistake"
    OTHER = "other"

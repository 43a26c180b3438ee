"""States of a training year."""

from __future__ import annotations

from enum import StrEnum


class YearState(StrEnum):
    """A year is open until the province closes it."""

    OPEN = "open"
    CLOSED = "closed"

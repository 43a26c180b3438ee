"""Decisions about the review chain that need no database."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta

from xingtan.core.calendar import SHANGHAI, WindowKind, local_day
from xingtan.core.policy import Level

MOST_REASON_LENGTH = 400
UNDO_S = 600
"""Seconds in which who decided may take the decision back."""
UNUSUAL_TIMES, UNUSUAL_FROM = 3, 10
"""An entry is unusual with more than so many times what the school's entries of its component have, once there are so many of them."""


def window_of(level: Level) -> WindowKind:
    """The window of the year in which a level takes its steps."""
    return WindowKind.REVIEW if level is Level.SCHOOL else WindowKind.VERIFICATION


def refuse_words(words: str) -> str:
    """Why a reason in words will not do, or nothing: there is one, of at most 400 characters."""
    if not words.strip():
        return "reason_missing"
    return "reason_too_long" if len(words) > MOST_REASON_LENGTH else ""


def sample_of(seed: str, entry_ids: Collection[int], count: int) -> list[int]:
    """The entries that a seed draws: those with the smallest digests of `seed:id`, so that whoever knows the seed can draw again."""
    return sorted(entry_ids, key=lambda pk: hashlib.sha256(f"{seed}:{pk}".encode()).digest())[:count]


def due_on(came_at: datetime, days: int, closes_on: date | None, until: date | None) -> date | None:
    """The last day of a step: so many days after the step before, or the window's last day; more days that were given hold if later."""
    own = local_day(came_at) + timedelta(days=days) if days else closes_on
    return max(own, until) if own and until else own


def came_before(day: date, days: int) -> datetime:
    """Entries that came before this moment are late on this day when a step has so many days."""
    return datetime.combine(day - timedelta(days=days), time(), SHANGHAI).astimezone(UTC)

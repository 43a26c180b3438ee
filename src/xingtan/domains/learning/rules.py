"""How often a player tells what was played, and what of a delivered record can be believed."""

from __future__ import annotations

SHORT_S = 600
SHORT_BEAT_S = 2
BEAT_S = 15
LONGEST_BEAT_S = 120
QUICK_S = 0.25
SLOW_S = 1.0
MOST_SECONDS_A_DAY = 86_400


def beat_interval(length_s: int) -> int:
    """Seconds from one beat to the next: 2 for a short unit, so that little is lost of it, 15 otherwise."""
    return SHORT_BEAT_S if length_s <= SHORT_S else BEAT_S


def stretched(interval_s: int, commit_s: float, waiting: int) -> int:
    """The interval under load: twice or four times as long when commits slow down or many wait, never over 120 s."""
    factor = 1 if commit_s < QUICK_S and waiting < 500 else 2 if commit_s < SLOW_S and waiting < 2000 else 4
    return min(interval_s * factor, LONGEST_BEAT_S)


def refuse_delivered(learned_s: int) -> str | None:
    """Why nobody can have learned so long in a record, or None."""
    return None if 0 < learned_s <= MOST_SECONDS_A_DAY * 366 else "record_seconds_impossible"

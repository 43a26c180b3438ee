"""The door of the room `supervision`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import SEE_AUDIT, SEE_COUNTS, SEE_DASHBOARD
from .counts import SevenCounts, summed
from .queries import Branch, counts_by_branch, entries_waiting, seven_counts
from .words import COUNT_HINTS, COUNT_LABELS

__all__ = [
    "COUNT_HINTS",
    "COUNT_LABELS",
    "SEE_AUDIT",
    "SEE_COUNTS",
    "SEE_DASHBOARD",
    "Branch",
    "SevenCounts",
    "counts_by_branch",
    "entries_waiting",
    "seven_counts",
    "summed",
]

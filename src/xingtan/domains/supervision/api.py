"""The door of the room `supervision`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import REMIND, SEE_AUDIT, SEE_COUNTS, SEE_DASHBOARD, SEE_LIVE
from .counts import SevenCounts, summed
from .layouts import laid_out
from .live.keeping import Compared, compare_all, follow_learned, follow_selections, live_projects, refresh, roll_day
from .live.raw import trainee_ids
from .live.reminding import remind
from .live.showing import Part, Seen, Sums, View, eyes_of, narrowed, reminded_at, trainees_of, view_of, watched, watched_project
from .models import LiveProject, LiveTally, LiveTrainee
from .queries import Branch, counts_by_branch, entries_waiting, seven_counts
from .rules import NOW_S, STOPPED_DAYS
from .states import Pace
from .words import COUNT_HINTS, COUNT_LABELS, MESSAGES, PACES, REFUSALS

__all__ = [
    "COUNT_HINTS", "COUNT_LABELS", "MESSAGES", "NOW_S", "PACES", "REFUSALS", "REMIND", "SEE_AUDIT", "SEE_COUNTS", "SEE_DASHBOARD", "SEE_LIVE",
    "STOPPED_DAYS", "Branch", "Compared", "LiveProject", "LiveTally", "LiveTrainee", "Pace", "Part", "Seen", "SevenCounts", "Sums", "View",
    "compare_all", "counts_by_branch", "entries_waiting", "eyes_of", "follow_learned", "follow_selections", "laid_out", "live_projects", "narrowed",
    "refresh", "remind", "reminded_at", "roll_day", "seven_counts", "summed", "trainee_ids", "trainees_of", "view_of", "watched",
    "watched_project",
]  # fmt: skip

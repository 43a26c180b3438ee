"""The door of the room `supervision`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from xingtan.core.anonymity import DEFAULT_K

from .access import REMIND, RESEARCH, SEE_AUDIT, SEE_COUNTS, SEE_DASHBOARD, SEE_LIVE
from .counts import SevenCounts, summed
from .due import due_days, measured
from .layouts import laid_out
from .live.keeping import Compared, compare_all, follow_learned, follow_selections, live_projects, refresh, roll_day
from .live.raw import trainee_ids
from .live.reminding import remind
from .live.showing import Part, Seen, Sums, View, eyes_of, narrowed, reminded_at, trainees_of, view_of, watched, watched_project
from .models import LiveProject, LiveTally, LiveTrainee
from .queries import Branch, counts_by_branch, entries_waiting, seven_counts
from .research.extract import LEAST_K, MOST_K, Extract, lines_of, write_extract
from .rules import NOW_S, STOPPED_DAYS
from .states import Pace
from .tasks import RESEARCH_JOB
from .words import COUNT_HINTS, COUNT_LABELS, JOB_WORDS, MESSAGES, PACES, REFUSALS

__all__ = [
    "COUNT_HINTS",
    "COUNT_LABELS",
    "DEFAULT_K",
    "JOB_WORDS",
    "LEAST_K",
    "MESSAGES",
    "MOST_K",
    "NOW_S",
    "PACES",
    "REFUSALS",
    "REMIND",
    "RESEARCH",
    "RESEARCH_JOB",
    "SEE_AUDIT",
    "SEE_COUNTS",
    "SEE_DASHBOARD",
    "SEE_LIVE",
    "STOPPED_DAYS",
    "Branch",
    "Compared",
    "Extract",
    "LiveProject",
    "LiveTally",
    "LiveTrainee",
    "Pace",
    "Part",
    "Seen",
    "SevenCounts",
    "Sums",
    "View",
    "compare_all",
    "counts_by_branch",
    "due_days",
    "entries_waiting",
    "eyes_of",
    "follow_learned",
    "follow_selections",
    "laid_out",
    "lines_of",
    "live_projects",
    "measured",
    "narrowed",
    "refresh",
    "remind",
    "reminded_at",
    "roll_day",
    "seven_counts",
    "summed",
    "trainee_ids",
    "trainees_of",
    "view_of",
    "watched",
    "watched_project",
    "write_extract",
]  # fmt: skip

"""Learned time: a pure fold of a player's beats into whole seconds on the server's clock."""

from __future__ import annotations

from xingtan.core.learned_time.fold import RULES, fold, open_session
from xingtan.core.learned_time.intervals import Interval, Intervals
from xingtan.core.learned_time.pages import page_intervals, page_stretch
from xingtan.core.learned_time.states import Beat, BeatReason, Folded, SessionMark, TeacherClock, UnitState
from xingtan.core.learned_time.step import BeatRules

__all__ = [
    "RULES",
    "Beat",
    "BeatReason",
    "BeatRules",
    "Folded",
    "Interval",
    "Intervals",
    "SessionMark",
    "TeacherClock",
    "UnitState",
    "fold",
    "open_session",
    "page_intervals",
    "page_stretch",
]

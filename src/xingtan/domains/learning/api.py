"""The door of the room `learning`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import DELIVER_RECORDS, STUDY
from .actions import Delivered, RecordRow, deliver_records, tell_everything_again, tell_learned
from .delivery import HEADINGS, MODE_HEADING, Line, preview_records
from .models import DeliveredRecord
from .queries import Progress, delivered_by, delivered_modes, delivered_records, delivered_seconds, progress_of, studying_teachers
from .recorder import Recorder
from .study import StudyCourse, StudyUnit, study_courses, unit_at_desk
from .tokens import Claims, player_token
from .words import PROBLEMS, REASONS, REFUSALS

__all__ = [
    "DELIVER_RECORDS",
    "HEADINGS",
    "MODE_HEADING",
    "PROBLEMS",
    "REASONS",
    "REFUSALS",
    "STUDY",
    "Claims",
    "Delivered",
    "DeliveredRecord",
    "Line",
    "Progress",
    "RecordRow",
    "Recorder",
    "StudyCourse",
    "StudyUnit",
    "deliver_records",
    "delivered_by",
    "delivered_modes",
    "delivered_records",
    "delivered_seconds",
    "player_token",
    "preview_records",
    "progress_of",
    "study_courses",
    "studying_teachers",
    "tell_everything_again",
    "tell_learned",
    "unit_at_desk",
]

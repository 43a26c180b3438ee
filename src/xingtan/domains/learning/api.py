"""The door of the room `learning`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import DELIVER_RECORDS, STUDY
from .actions import Delivered, RecordRow, deliver_records
from .archives import RawBeat, altered_beat_archives, archive_next, beat_archives, path_of_archive, raw_beats
from .days import DayTime, NotCounted, UnitTime, days_of, shares_of
from .door import Figure, online_seconds, put_delivered, walls_of
from .models import Beat, DeliveredRecord, Opening, UnitDay, UnitProgress, UnitShare
from .opening import Came, Opened, length_of, open_player
from .proofs import Proved, give_proof, proof_of, proved_units, signing_key
from .queries import (
    Progress,
    delivered_by,
    delivered_modes,
    delivered_records,
    delivered_seconds,
    figures_of,
    learned_before,
    learned_of,
    progress_of,
    studying_teachers,
)
from .raw import counted_days, every_beat, every_opening, opened_of, told_days, told_teachers, told_units
from .recorder import Recorder, read_post
from .settling import settle
from .study import StudyCourse, StudyUnit, study_courses, unit_at_desk
from .telling import Share, put_shares, tell_everything_again, tell_learned
from .tokens import Claims, player_token
from .words import REASONS, REFUSALS

__all__ = [
    "DELIVER_RECORDS",
    "REASONS",
    "REFUSALS",
    "STUDY",
    "Beat",
    "Came",
    "Claims",
    "DayTime",
    "Delivered",
    "DeliveredRecord",
    "Figure",
    "NotCounted",
    "Opened",
    "Opening",
    "Progress",
    "Proved",
    "RawBeat",
    "RecordRow",
    "Recorder",
    "Share",
    "StudyCourse",
    "StudyUnit",
    "UnitDay",
    "UnitProgress",
    "UnitShare",
    "UnitTime",
    "altered_beat_archives",
    "archive_next",
    "beat_archives",
    "counted_days",
    "days_of",
    "deliver_records",
    "delivered_by",
    "delivered_modes",
    "delivered_records",
    "delivered_seconds",
    "every_beat",
    "every_opening",
    "figures_of",
    "give_proof",
    "learned_before",
    "learned_of",
    "length_of",
    "online_seconds",
    "open_player",
    "opened_of",
    "path_of_archive",
    "player_token",
    "progress_of",
    "proof_of",
    "proved_units",
    "put_delivered",
    "put_shares",
    "raw_beats",
    "read_post",
    "settle",
    "shares_of",
    "signing_key",
    "study_courses",
    "studying_teachers",
    "tell_everything_again",
    "tell_learned",
    "told_days",
    "told_teachers",
    "told_units",
    "unit_at_desk",
    "walls_of",
]

"""The door of the room `circumstances`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import GRANT, RECORD, SEE_CIRCUMSTANCES
from .actions import Recorded, decide, end_early, record_circumstances, withdraw
from .models import Circumstance
from .queries import (
    Held,
    circumstance_in,
    circumstances_in,
    circumstances_known,
    circumstances_of,
    duties_of,
    fates,
    granted,
    may_read_file,
    state_counts,
    steps_of,
    waiting_count,
)
from .rules import DUTY, RANK, Choice, Stated, choice_of, choices
from .states import STANDING, Act, Fate, State
from .words import ACTS, FATES, MESSAGES, REFUSALS, STATE_CHIPS, STATES, circumstance_word, section_word

__all__ = [
    "ACTS",
    "DUTY",
    "FATES",
    "GRANT",
    "MESSAGES",
    "RANK",
    "RECORD",
    "REFUSALS",
    "SEE_CIRCUMSTANCES",
    "STANDING",
    "STATES",
    "STATE_CHIPS",
    "Act",
    "Choice",
    "Circumstance",
    "Fate",
    "Held",
    "Recorded",
    "State",
    "Stated",
    "choice_of",
    "choices",
    "circumstance_in",
    "circumstance_word",
    "circumstances_in",
    "circumstances_known",
    "circumstances_of",
    "decide",
    "duties_of",
    "end_early",
    "fates",
    "granted",
    "may_read_file",
    "record_circumstances",
    "section_word",
    "state_counts",
    "steps_of",
    "waiting_count",
    "withdraw",
]

"""The door of the room `credits`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import (
    ENTER,
    IMPORT_OPENING,
    REVERSE,
    SEE_ENTRIES,
    SEE_OWN_RECORD,
    SEE_QUEUE,
    SEE_RECORD,
)
from .actions.entering import chain_of, enter, refuse_outside_window, reverse
from .actions.late import Late, enter_late
from .actions.opening import Opened, import_opening, import_rows
from .actions.rebuilding import rebuild_states
from .models import CreditEntry, EntryState, Evidence, OpeningTotal, ReviewDecision, WindowExtension
from .openings import HEADINGS as OPENING_HEADINGS
from .openings import OpeningRow, opening_rows, opening_totals
from .queries.amounts import Amount, Amounts, amounts_from, amounts_of
from .queries.dues import Due, dues_of, enterable
from .queries.extensions import extended_until
from .queries.held import Held, held_of, hour_facts, way_facts
from .queries.known import KnownEntry, unverified_entries
from .queries.people import Person, owing_in, people_in, people_of
from .queries.projection import check_states
from .queries.queue import Rows, Total, entries_in, entry_ids_in, provider_counts, returned_to, state_counts, total_of
from .queries.standing import NOTHING, WITH_HOURS, Stand, stands_of
from .rules import first_training_year
from .states import (
    STANDING,
    TO,
    UNVERIFIED,
    EntryKind,
    EvidenceKind,
    Outcome,
    ReturnReason,
    State,
    Step,
    next_step,
    steps_ahead,
    steps_of,
    waiting_for,
)
from .tasks import IMPORT_OPENING_JOB, take_confirmed, take_learned, take_marked
from .words import (
    JOB_WORDS,
    KINDS,
    REFUSALS,
    RETURN_REASONS,
    STATE_CHIPS,
    STATES,
    STEPS,
    component_word,
    part_word,
    word_of,
)

__all__ = [
    "ENTER",
    "IMPORT_OPENING",
    "IMPORT_OPENING_JOB",
    "JOB_WORDS",
    "KINDS",
    "NOTHING",
    "OPENING_HEADINGS",
    "REFUSALS",
    "RETURN_REASONS",
    "REVERSE",
    "SEE_ENTRIES",
    "SEE_OWN_RECORD",
    "SEE_QUEUE",
    "SEE_RECORD",
    "STANDING",
    "STATES",
    "STATE_CHIPS",
    "STEPS",
    "TO",
    "UNVERIFIED",
    "WITH_HOURS",
    "Amount",
    "Amounts",
    "CreditEntry",
    "Due",
    "EntryKind",
    "EntryState",
    "Evidence",
    "EvidenceKind",
    "Held",
    "KnownEntry",
    "Late",
    "Opened",
    "OpeningRow",
    "OpeningTotal",
    "Outcome",
    "Person",
    "ReturnReason",
    "ReviewDecision",
    "Rows",
    "Stand",
    "State",
    "Step",
    "Total",
    "WindowExtension",
    "amounts_from",
    "amounts_of",
    "chain_of",
    "check_states",
    "component_word",
    "dues_of",
    "enter",
    "enter_late",
    "enterable",
    "entries_in",
    "entry_ids_in",
    "extended_until",
    "first_training_year",
    "held_of",
    "hour_facts",
    "import_opening",
    "import_rows",
    "next_step",
    "opening_rows",
    "opening_totals",
    "owing_in",
    "part_word",
    "people_in",
    "people_of",
    "provider_counts",
    "rebuild_states",
    "refuse_outside_window",
    "returned_to",
    "reverse",
    "stands_of",
    "state_counts",
    "steps_ahead", "steps_of",
    "take_confirmed",
    "take_learned",
    "take_marked",
    "total_of",
    "unverified_entries",
    "waiting_for",
    "way_facts",
    "word_of",
]  # fmt: skip

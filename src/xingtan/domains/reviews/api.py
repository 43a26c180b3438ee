"""The door of the room `reviews`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import ANSWER_APPEAL, APPEAL, ASK_LATE, DECIDE, DECIDE_LATE, DRAW, EXTEND, REOPEN, SEE_APPEALS, SEE_CLOCKS, SEE_LATE
from .actions.answering import answer_appeal
from .actions.appealing import carry_up, file_appeal, withdraw_appeal
from .actions.batches import draw_batch, look, pass_batch
from .actions.deciding import Decided, decide
from .actions.dropping import drop_batch
from .actions.extending import KINDS as EXTENDED_KINDS
from .actions.extending import extend
from .actions.late import Told, ask_late, decide_late, withdraw_late
from .actions.opening import note_evidence
from .actions.reopening import reopen, undo
from .models import Appeal, AppealStep, BatchSample, LateEntry, ReviewBatch
from .offices import LEVELS
from .queries.checks import Checks, checks_in, clean_of, findings_of
from .queries.clocks import Deadlines, Waiting, clocks, days_late
from .queries.lists import (
    appeal_named,
    appeals_in,
    batch_named,
    batches_of,
    drawn_batch,
    late_entries_in,
    late_named,
    own_appeal,
    own_appeals,
    samples_of,
    state_tally,
    states_by_entry,
    steps_of_appeal,
)
from .queries.portions import sample_due
from .queries.queue import SORTS, Facets, Filters, queue, queue_facets, steps_for, waiting_in, waiting_of
from .rules import UNDO_S, sample_of
from .states import AppealAct, AppealState, BatchState, Check, LateReason, LateState
from .steps import rule_of
from .words import APPEAL_ACTS, APPEAL_STATES, CHECKS, LATE_REASONS, LATE_STATES, MESSAGES, REFUSALS

__all__ = [
    "ANSWER_APPEAL",
    "APPEAL",
    "APPEAL_ACTS",
    "APPEAL_STATES",
    "ASK_LATE",
    "CHECKS",
    "DECIDE",
    "DECIDE_LATE",
    "DRAW",
    "EXTEND",
    "EXTENDED_KINDS",
    "LATE_REASONS",
    "LATE_STATES",
    "LEVELS",
    "MESSAGES",
    "REFUSALS",
    "REOPEN",
    "SEE_APPEALS",
    "SEE_CLOCKS",
    "SEE_LATE",
    "SORTS",
    "UNDO_S",
    "Appeal",
    "AppealAct",
    "AppealState",
    "AppealStep",
    "BatchSample",
    "BatchState",
    "Check",
    "Checks",
    "Deadlines",
    "Decided",
    "Facets",
    "Filters",
    "LateEntry",
    "LateReason",
    "LateState",
    "ReviewBatch",
    "Told",
    "Waiting",
    "answer_appeal",
    "appeal_named",
    "appeals_in",
    "ask_late",
    "batch_named",
    "batches_of",
    "carry_up",
    "checks_in",
    "clean_of",
    "clocks",
    "days_late",
    "decide",
    "decide_late",
    "draw_batch",
    "drawn_batch",
    "drop_batch",
    "extend",
    "file_appeal",
    "findings_of",
    "late_entries_in",
    "late_named",
    "look",
    "note_evidence",
    "own_appeal",
    "own_appeals",
    "pass_batch",
    "queue",
    "queue_facets",
    "reopen",
    "rule_of",
    "sample_due",
    "sample_of",
    "samples_of",
    "state_tally",
    "states_by_entry",
    "steps_for",
    "steps_of_appeal",
    "undo",
    "waiting_in",
    "waiting_of",
    "withdraw_appeal",
    "withdraw_late",
]  # fmt: skip

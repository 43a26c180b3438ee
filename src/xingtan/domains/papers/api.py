"""The door of the room `papers`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import (
    CONFIRM_OPENING,
    PRINT_OWN_PAPER,
    PRINT_PAPERS,
    REMIND,
    SEAL_PAPERS,
    SEE_CHASING,
    SEE_OPENINGS,
    SEE_OWN_PAPERS,
    SEE_PAPERS,
    SUBMIT_PAPERS,
)
from .actions.keeping import archive, archived_file
from .actions.moving import submit, take_back
from .actions.printing import print_own, print_papers, print_roll
from .actions.sealing import Why, refuse, revoke, seal
from .chasing.rates import Rate, rates_in
from .chasing.reminding import Delivery, Reminded, deliveries, remind
from .chasing.rules import REMIND_DAYS, SCHOOLS_OWN, is_too_soon
from .chasing.standing import matters_of, study_of
from .chasing.words import MATTERS
from .chasing.words import MESSAGES as CHASING_MESSAGES
from .chasing.words import REFUSALS as CHASING_REFUSALS
from .checking import altered_papers, broken_proofs, check_paper
from .differing import Difference, differences_of
from .models import OpeningAnswer, OpeningBatch, Paper, PaperState, PaperStep, Printing
from .opening.answering import Objection, decide_objection, say
from .opening.batches import SCANS, Handed, differing_totals, hand_in_batch
from .opening.lines import Reconciled, lines_of, reconciled
from .opening.queries import answer_counts, answer_in, answers_in, answers_of, batch_in, batches_in, has_lapsed, own_openings
from .opening.rules import ANSWER_DAYS
from .opening.words import ANSWERS, BATCHES, LAPSED
from .opening.words import MESSAGES as OPENING_MESSAGES
from .opening.words import REFUSALS as OPENING_REFUSALS
from .printing import papers_pdf
from .queries.asking import Asked, asked_for
from .queries.comparing import compared
from .queries.papers import own_paper, own_papers, paper_ids_in, paper_in, papers_in, papers_of, printings_in, state_counts, steps_of
from .rules import OFFICE_DAYS
from .states import Answer, BatchState, Kind, Matter, Reason, State, Step
from .tasks import ARCHIVE_JOB, JOB_WORDS, PRINT_JOB
from .words import CHIPS, KINDS, PURPOSES, REASONS, STATES, STEPS
from .words import MESSAGES as PAPER_MESSAGES
from .words import REFUSALS as PAPER_REFUSALS

MESSAGES = {**PAPER_MESSAGES, **CHASING_MESSAGES, **OPENING_MESSAGES}
REFUSALS = {**PAPER_REFUSALS, **CHASING_REFUSALS, **OPENING_REFUSALS}

__all__ = [
    "ANSWERS", "ANSWER_DAYS", "ARCHIVE_JOB", "BATCHES", "CHIPS", "CONFIRM_OPENING", "JOB_WORDS", "KINDS", "LAPSED", "MATTERS",
    "MESSAGES", "OFFICE_DAYS", "PRINT_JOB", "PRINT_OWN_PAPER", "PRINT_PAPERS", "PURPOSES", "REASONS", "REFUSALS", "REMIND",
    "REMIND_DAYS", "SCANS", "SCHOOLS_OWN", "SEAL_PAPERS", "SEE_CHASING", "SEE_OPENINGS", "SEE_OWN_PAPERS", "SEE_PAPERS", "STATES",
    "STEPS", "SUBMIT_PAPERS", "Answer", "Asked", "BatchState", "Delivery", "Difference", "Handed", "Kind", "Matter", "Objection",
    "OpeningAnswer", "OpeningBatch", "Paper", "PaperState", "PaperStep", "Printing", "Rate", "Reason", "Reconciled", "Reminded",
    "State", "Step", "Why", "altered_papers", "answer_counts", "answer_in", "answers_in", "answers_of", "archive", "archived_file",
    "asked_for", "batch_in", "batches_in", "broken_proofs", "check_paper", "compared", "decide_objection", "deliveries",
    "differences_of", "differing_totals", "hand_in_batch", "has_lapsed", "is_too_soon", "lines_of", "matters_of", "own_openings",
    "own_paper", "own_papers", "paper_ids_in", "paper_in", "papers_in", "papers_of", "papers_pdf", "print_own", "print_papers",
    "print_roll", "printings_in", "rates_in", "reconciled", "refuse", "remind", "revoke", "say", "seal", "state_counts", "steps_of",
    "study_of", "submit", "take_back",
]  # fmt: skip

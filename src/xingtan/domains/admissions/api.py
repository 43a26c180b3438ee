"""The door of the room `admissions`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import APPLY, APPROVE, CHANGE, DECIDE, NOMINATE, PLACE, SEE_APPLICATIONS
from .actions.applying import Own, accept, apply, save_draft, withdraw
from .actions.approving import approve, decline, send_back
from .actions.changing import change, defer, substitute
from .actions.classes import Terms, cancel_class, set_limit, set_terms
from .actions.nominating import nominate
from .actions.rounds import Planned, decide_round, drop_round, plan_round, trim
from .actions.seating import move_line
from .candidates import candidates_of
from .checking import Look, looks
from .condition_words import finding_sentence, term_sentence
from .debts import debts_of
from .entering import Wish
from .models import AdmissionTerms, Application, ApplicationStep, NominationBatch, OfferLimit, Round
from .nominations.handin import Book, BookRefused, hand_in_nominations, preview_nominations
from .nominations.jobs import PREVIEW, UNDO, WRITE
from .nominations.mending import write_template
from .nominations.showing import sentences
from .nominations.undoing import undo_nominations
from .nominations.words import BOOK_REFUSALS
from .queries import (
    application_in,
    applications_in,
    counts_by_state,
    names_of,
    own_application,
    own_applications,
    place_of,
    plan_of,
    trail_of,
)
from .refusal_words import REFUSALS as ACT_REFUSALS
from .rules import CRITERIA, LEVELS, Span
from .rush.recorder import Rush
from .states import MOVES, SEATED, STANDING, Act, BatchState, RoundState, State, Way
from .tasks import follow_cancelled, follow_freed
from .trimming import ClassOfRound, RoundSeen, round_of
from .words import ACTS, BATCH_STATES, CHIPS, MESSAGES, MISMATCHES, REASONS, ROUND_STATES, STATES, WAYS

REFUSALS = {**ACT_REFUSALS, **BOOK_REFUSALS}

__all__ = [
    "ACTS",
    "APPLY",
    "APPROVE",
    "BATCH_STATES",
    "CHANGE",
    "CHIPS",
    "CRITERIA",
    "DECIDE",
    "LEVELS",
    "MESSAGES",
    "MISMATCHES",
    "MOVES",
    "NOMINATE",
    "PLACE",
    "PREVIEW",
    "REASONS",
    "REFUSALS",
    "ROUND_STATES",
    "SEATED",
    "SEE_APPLICATIONS",
    "STANDING",
    "STATES",
    "UNDO",
    "WAYS",
    "WRITE",
    "Act",
    "AdmissionTerms",
    "Application",
    "ApplicationStep",
    "BatchState",
    "Book",
    "BookRefused",
    "ClassOfRound",
    "Look",
    "NominationBatch",
    "OfferLimit",
    "Own",
    "Planned",
    "Round",
    "RoundSeen",
    "RoundState",
    "Rush",
    "Span",
    "State",
    "Terms",
    "Way",
    "Wish",
    "accept",
    "application_in",
    "applications_in",
    "apply",
    "approve",
    "cancel_class",
    "candidates_of",
    "change",
    "counts_by_state",
    "debts_of",
    "decide_round",
    "decline",
    "defer",
    "drop_round",
    "finding_sentence",
    "follow_cancelled",
    "follow_freed",
    "hand_in_nominations",
    "looks",
    "move_line",
    "names_of",
    "nominate",
    "own_application",
    "own_applications",
    "place_of",
    "plan_of",
    "plan_round",
    "preview_nominations",
    "round_of",
    "save_draft",
    "send_back",
    "sentences",
    "set_limit",
    "set_terms",
    "substitute",
    "term_sentence",
    "trail_of",
    "trim",
    "undo_nominations",
    "withdraw",
    "write_template",
]

"""The door of the room `admissions`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import APPLY, APPROVE, CHANGE, DECIDE, NOMINATE, PLACE, SEE_APPLICATIONS
from .actions.applying import Own, accept, apply, refuse_own, save_draft, withdraw
from .actions.approving import approve, decline, send_back
from .actions.changing import change, defer, substitute
from .actions.classes import Terms, cancel_class, set_limit, set_terms
from .actions.nominating import nominate
from .actions.rounds import Planned, decide_round, drop_round, plan_round, trim
from .actions.seating import move_line
from .around import Around, around, covered, open_round, standing_of
from .candidates import candidates_of
from .checking import Look, looks
from .condition_words import finding_sentence, term_sentence
from .debts import debts_of
from .entering import Wish
from .models import AdmissionTerms, Application, ApplicationStep, NominationBatch, OfferLimit, Round
from .nominations.handin import Book, BookRefused, hand_in_nominations, preview_nominations
from .nominations.jobs import PREVIEW, UNDO, WRITE
from .nominations.reading import HEADINGS as NOMINATION_HEADINGS
from .nominations.showing import sentences
from .nominations.undoing import undo_nominations
from .nominations.words import BOOK_REFUSALS
from .overview import ClassSeen, batches_in, classes_of, criteria_of, rounds_of, terms_of
from .queries import (
    application_in,
    applications_in,
    counts_by_state,
    had_class_cancelled,
    names_of,
    own_application,
    own_applications,
    place_of,
    plan_of,
    trail_of,
)
from .refusal_words import REFUSALS as ACT_REFUSALS
from .rules import CRITERIA, LEVELS, Span, steps_of
from .saying import job_refusal, reason_said, warnings_said
from .states import MOVES, SEATED, STANDING, Act, BatchState, RoundState, State, Way
from .tasks import follow_cancelled, follow_freed, move_lines
from .trimming import ClassOfRound, RoundSeen, round_of
from .words import ACTS, BATCH_STATES, CHIPS, MESSAGES, MISMATCHES, REASONS, ROUND_STATES, STATES, WAYS
from .words import CRITERIA as CRITERIA_WORDS

REFUSALS = {**ACT_REFUSALS, **BOOK_REFUSALS}

__all__ = [
    "ACTS",
    "APPLY",
    "APPROVE",
    "BATCH_STATES",
    "CHANGE",
    "CHIPS",
    "CRITERIA",
    "CRITERIA_WORDS",
    "DECIDE",
    "LEVELS",
    "MESSAGES",
    "MISMATCHES",
    "MOVES",
    "NOMINATE",
    "NOMINATION_HEADINGS",
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
    "Around",
    "BatchState",
    "Book",
    "BookRefused",
    "ClassOfRound",
    "ClassSeen",
    "Look",
    "NominationBatch",
    "OfferLimit",
    "Own",
    "Planned",
    "Round",
    "RoundSeen",
    "RoundState",
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
    "around",
    "batches_in",
    "cancel_class",
    "candidates_of",
    "change",
    "classes_of",
    "counts_by_state",
    "covered",
    "criteria_of",
    "debts_of",
    "decide_round",
    "decline",
    "defer",
    "drop_round",
    "finding_sentence",
    "follow_cancelled",
    "follow_freed",
    "had_class_cancelled",
    "hand_in_nominations",
    "job_refusal",
    "looks",
    "move_line",
    "move_lines",
    "names_of",
    "nominate",
    "open_round",
    "own_application",
    "own_applications",
    "place_of",
    "plan_of",
    "plan_round",
    "preview_nominations",
    "reason_said",
    "refuse_own",
    "round_of",
    "rounds_of",
    "save_draft",
    "send_back",
    "sentences",
    "set_limit",
    "set_terms",
    "standing_of",
    "steps_of",
    "substitute",
    "term_sentence",
    "terms_of",
    "trail_of",
    "trim",
    "undo_nominations",
    "warnings_said",
    "withdraw",
]

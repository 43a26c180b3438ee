"""The door of the room `admissions`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from xingtan.domains.suiting.api import MISMATCHES, finding_sentence, is_for_rural, term_sentence

from .access import APPLY, APPROVE, CHANGE, DECIDE, NOMINATE, PLACE, SEE_APPLICATIONS
from .actions.applying import Own, accept, apply, refuse_own, save_draft, withdraw
from .actions.approving import approve, decline, send_back
from .actions.changing import change, defer, substitute
from .actions.classes import Terms, cancel_class, set_limit, set_terms
from .actions.nominating import RIGHTS, hand_in, nominate, seen_of
from .actions.rounds import Planned, decide_round, drop_round, plan_round, trim
from .actions.seating import advance, keep_quotas, move_line, release
from .around import Around, around, covered, open_round, refuse_closed, standing_of
from .candidates import candidates_of
from .checking import Look, looks
from .debts import debts_of
from .entering import Wish, entered
from .holding import hold_project, is_begun
from .models import AdmissionTerms, Application, ApplicationStep, NominationBatch, NominationPortion, OfferLimit, Round
from .models.applications import HOLDS_SEAT, STANDS
from .moving import Deed, move, note
from .overview import ClassSeen, classes_of, criteria_of, rounds_of, terms_of
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
from .refusal_words import REFUSALS
from .rules import CRITERIA, LEVELS, Span, steps_of
from .saying import job_refusal, reason_said, warnings_said
from .seats import unseat
from .states import BATCH_MOVES, MOVES, SEATED, STANDING, Act, BatchState, RoundState, State, Way
from .tasks import follow_cancelled, follow_freed, move_lines
from .telling import follow_admitted, tell_rooms, tell_them
from .trimming import ClassOfRound, RoundSeen, round_of
from .words import ACTS, CHIPS, MESSAGES, REASONS, ROUND_STATES, STATES, WAYS
from .words import CRITERIA as CRITERIA_WORDS

__all__ = [
    "ACTS", "APPLY", "APPROVE", "BATCH_MOVES", "CHANGE", "CHIPS", "CRITERIA", "CRITERIA_WORDS", "DECIDE", "HOLDS_SEAT", "LEVELS",
    "MESSAGES", "MISMATCHES", "MOVES", "NOMINATE", "PLACE", "REASONS", "REFUSALS", "RIGHTS", "ROUND_STATES", "SEATED", "SEE_APPLICATIONS",
    "STANDING", "STANDS", "STATES", "WAYS", "Act", "AdmissionTerms", "Application", "ApplicationStep", "Around", "BatchState",
    "ClassOfRound", "ClassSeen", "Deed", "Look", "NominationBatch", "NominationPortion", "OfferLimit", "Own", "Planned", "Round",
    "RoundSeen", "RoundState", "Span", "State", "Terms", "Way", "Wish", "accept", "advance", "application_in", "applications_in", "apply",
    "approve", "around", "cancel_class", "candidates_of", "change", "classes_of", "counts_by_state", "covered", "criteria_of", "debts_of",
    "decide_round", "decline", "defer", "drop_round", "entered", "finding_sentence", "follow_admitted", "follow_cancelled", "follow_freed",
    "had_class_cancelled", "hand_in", "hold_project", "is_begun", "is_for_rural", "job_refusal", "keep_quotas", "looks", "move",
    "move_line", "move_lines", "names_of", "nominate", "note", "open_round", "own_application", "own_applications", "place_of", "plan_of",
    "plan_round", "reason_said", "refuse_closed", "refuse_own", "release", "round_of", "rounds_of", "save_draft", "seen_of", "send_back",
    "set_limit", "set_terms", "standing_of", "steps_of", "substitute", "tell_rooms", "tell_them", "term_sentence", "terms_of", "trail_of",
    "trim", "unseat", "warnings_said", "withdraw",
]  # fmt: skip

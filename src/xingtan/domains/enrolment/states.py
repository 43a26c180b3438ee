"""The life of a teacher's choice, and the codes of what stands against it."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """Where a course selection stands."""

    CHOSEN = "chosen"
    CONFIRMED = "confirmed"
    PAID = "paid"
    REGISTERED = "registered"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


# CONFIRMED to REGISTERED is the way of a pack whose order has no payment.
MOVES: dict[State, frozenset[State]] = {
    State.CHOSEN: frozenset({State.CHOSEN, State.CONFIRMED, State.RETURNED, State.WITHDRAWN}),
    State.RETURNED: frozenset({State.CHOSEN, State.WITHDRAWN}),
    State.CONFIRMED: frozenset({State.PAID, State.REGISTERED, State.RETURNED, State.WITHDRAWN}),
    State.PAID: frozenset({State.REGISTERED, State.WITHDRAWN}),
    State.REGISTERED: frozenset({State.WITHDRAWN}),
    State.WITHDRAWN: frozenset(),
}


class Refusal(StrEnum):
    """Why a choice, a confirmation, a card or the study is refused."""

    SELECTION_NOT_OPEN = "selection_not_open"
    SELECTION_CLOSED = "selection_closed"
    CONFIRMATION_CLOSED = "confirmation_closed"
    WITHDRAWAL_CLOSED = "withdrawal_closed"
    PROJECT_NOT_OPEN = "project_not_open"
    OFFER_ELSEWHERE = "offer_elsewhere"
    ITEM_UNKNOWN = "item_unknown"
    ITEM_IS_GAP = "item_is_gap"
    ITEM_FOR_NEW_HIRES = "item_for_new_hires"
    ITEM_OF_NEW_HIRES = "item_of_new_hires"
    COMPONENT_SHORT = "component_short"
    COURSE_SUPERFLUOUS = "course_superfluous"
    NO_WORKSHOP = "no_workshop"
    WORKSHOP_ONE_ONLY = "workshop_one_only"
    WORKSHOP_OTHER_SUBJECT = "workshop_other_subject"
    WORKSHOP_OTHER_STAGE = "workshop_other_stage"
    ALREADY_STUDIED = "already_studied"
    COMPONENT_OVER = "component_over"
    SELECTION_CONFIRMED = "selection_confirmed"
    SELECTION_ADVANCED = "selection_advanced"
    SELECTION_FLAGGED = "selection_flagged"
    NOT_TEACHING = "not_teaching"
    REASON_MISSING = "selection_reason_missing"
    CARD_NUMBER_WRONG = "card_number_wrong"
    CARD_NOT_YOURS = "card_not_yours"
    CARD_VOID = "card_void"
    CARD_EXPIRED = "card_expired"
    CARD_EXHAUSTED = "card_exhausted"
    CARD_AFTER_REGISTRATION = "card_after_registration"
    STUDY_NEEDS_SELECTION = "study_needs_selection"
    STUDY_NEEDS_CONFIRMATION = "study_needs_confirmation"
    STUDY_NEEDS_PAYMENT = "study_needs_payment"
    STUDY_NEEDS_REGISTRATION = "study_needs_registration"
    STUDY_NEEDS_CARD = "study_needs_card"
    STUDY_NOT_OPEN = "study_not_open"
    STUDY_CLOSED = "study_closed"


# What a school may confirm although it should look twice: nothing is lacking.
WARNINGS = frozenset({Refusal.ALREADY_STUDIED, Refusal.COMPONENT_OVER})

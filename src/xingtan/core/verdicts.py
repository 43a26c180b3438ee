"""The one list of verdicts of a year or a cycle, and the one list of reasons."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What a determination finds; the glossary holds the words."""

    QUALIFIED = "qualified"
    EXAM_REQUIRED = "exam_required"
    MAKE_UP_REQUIRED = "make_up_required"
    NOT_QUALIFIED = "not_qualified"
    EXEMPT = "exempt"
    DEFERRED = "deferred"
    IN_PROGRESS = "in_progress"
    UNDETERMINED = "undetermined"


class ReasonCode(StrEnum):
    """Why a verdict is what it is. The parameters stand behind each."""

    COMPLETE = "complete"  # everything is there and verified
    HOURS_SHORT = "hours_short"  # component, short_centi
    PART_SHORT = "part_short"  # component, part, short_centi
    ASSIGNMENTS_SHORT = "assignments_short"  # short
    WORK_PRODUCTS_SHORT = "work_products_short"  # short
    AWAITING_VERIFICATION = "awaiting_verification"  # centi
    AWAITING_MARKING = "awaiting_marking"  # waiting
    STUDY_OPEN = "study_open"  # the study window has not closed
    INCOMPLETE = "incomplete"  # took part, not complete when study closed
    NO_PARTICIPATION = "no_participation"
    EXAM_PASSED = "exam_passed"  # score
    EXAM_FAILED = "exam_failed"  # score
    ON_LEAVE = "on_leave"  # ground
    LEAVE_GROUND_UNKNOWN = "leave_ground_unknown"  # ground
    ITEM_NOT_CHOSEN = "item_not_chosen"
    ITEM_UNKNOWN = "item_unknown"  # item
    HOURS_WITHOUT_RULE = "hours_without_rule"  # centi, of components the pack does not know
    SURPLUS = "surplus"  # component, centi
    EARLIER_YEAR_OWED = "earlier_year_owed"  # year
    YEARS_OPEN = "years_open"  # count of years of the cycle without a final verdict
    YEARS_OWED = "years_owed"  # count of years to make up or not qualified
    CYCLE_SHORT = "cycle_short"  # short_centi

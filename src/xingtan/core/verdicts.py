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
    FLOOR_SHORT = "floor_short"  # bucket, short_centi
    TARGET_SHORT = "target_short"  # target, short_centi
    EARMARK_SHORT = "earmark_short"  # earmark, short_centi
    OFFSET_USED = "offset_used"  # centi
    CARRIED_OVER = "carried_over"  # centi, from the year before
    MADE_UP = "made_up"  # year, in which the debt of this year was made good
    MAKE_UP_PASSED = "make_up_passed"  # this year makes an earlier one good
    VILLAGE_PASSED = "village_passed"  # the village route's assessments are passed
    NO_VILLAGE_GRANT = "no_village_grant"  # studied in a group without the county's grant
    SUPPLEMENTARY_REQUIRED = "supplementary_required"
    SUPPLEMENTARY_FAILED = "supplementary_failed"
    ASSESSMENT_MISSING = "assessment_missing"
    ASSESSMENT_FAILED = "assessment_failed"
    AWAITING_RESULT = "awaiting_result"  # sat, not decided
    DIAGNOSIS_MISSING = "diagnosis_missing"
    PROJECT_FAILED = "project_failed"
    BACKBONE_SHORT = "backbone_short"
    NO_TURN = "no_turn"  # the year is not this teacher's stage's
    CYCLE_DECIDES = "cycle_decides"  # the pack judges the cycle, not the year
    RETIRES_IN_CYCLE = "retires_in_cycle"
    EXEMPTED = "exempted"
    NOT_OWED = "not_owed"  # the year is not this teacher's: hired after study opened, not here yet, gone already
    FACT_MISSING = "fact_missing"  # fact
    FACTS_CONTRADICT = "facts_contradict"  # what

"""What may be posted, objected to and decided: plain values in, the code of a refusal or None out."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from .states import MOVES, REJECTING, UPHOLDING, DecisionReason, NoticeState, ObjectionState, Stage

LONGEST_DAYS = 92
LEAST_WORDS = 5


class Days(NamedTuple):
    """First and last day of posting, the last day for objections (all included), and how many days an answer may take."""

    opens_on: date
    closes_on: date
    objections_until: date
    answer_days: int = 15

    def stage(self, day: date) -> Stage:
        """Where the day lies to the notice."""
        if day < self.opens_on:
            return Stage.BEFORE
        if day <= self.closes_on:
            return Stage.POSTED
        return Stage.OBJECTIONS if day <= self.objections_until else Stage.OVER

    def takes_objections(self, day: date) -> bool:
        """True from the first day of posting to the end of the last day for objections."""
        return self.opens_on <= day <= self.objections_until


def refuse_days(days: Days, *, today: date) -> str | None:
    """Why a notice may not have these days: backwards, begun already, objections that end before the posting does, too long."""
    if days.opens_on > days.closes_on:
        return "notice_backwards"
    if days.opens_on < today:
        return "notice_in_the_past"
    if days.objections_until < days.closes_on:
        return "notice_objections_too_short"
    return "notice_too_long" if (days.objections_until - days.opens_on).days > LONGEST_DAYS or days.answer_days < 1 else None


def refuse_objection(state: NoticeState, days: Days, *, text: str, today: date) -> str | None:
    """Why nobody may object now: the notice was withdrawn, its days have not begun or are over, or nothing is said."""
    if state is not NoticeState.PUBLISHED:
        return "notice_withdrawn"
    if today < days.opens_on:
        return "notice_not_begun"
    if not days.takes_objections(today):
        return "notice_over"
    return "objection_says_nothing" if len(text.strip()) < LEAST_WORDS else None


def refuse_move(state: ObjectionState, to: ObjectionState) -> str | None:
    """Why an objection may not go from this state to that one."""
    return None if to in MOVES[state] else "objection_wrong_state"


def refuse_decision(
    *, is_upheld: bool, reason: DecisionReason, words: str, handler_id: int | None, decider_id: int | None, filed_by_id: int | None
) -> str | None:
    """Why this person may not decide so: not the handler, the one who filed it, a reason of the other kind, or no words for the person."""
    if handler_id != decider_id:
        return "objection_not_yours"
    if filed_by_id == decider_id:
        return "objection_own"
    if reason not in (UPHOLDING if is_upheld else REJECTING):
        return "objection_reason_of_the_other_kind"
    return "objection_answer_missing" if len(words.strip()) < LEAST_WORDS else None

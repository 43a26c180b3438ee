"""How long a teacher may answer, how long the office may, and why not; pure."""

from __future__ import annotations

from datetime import date, timedelta

from xingtan.domains.papers.states import Answer

ANSWER_DAYS = 30
OFFICE_DAYS = 15
"""Readings: no source names how long a teacher may look at hours of earlier years, nor how long the office may take."""
MOST_DAYS = 180
MOST_WORDS = 400


def refuse_batch(title: str, source: str, days: int) -> str:
    """Why the batch may not be handed in, or nothing."""
    if not title.strip() or not source.strip():
        return "opening_needs_source"
    return "" if 1 <= days <= MOST_DAYS else "opening_days_wrong"


def refuse_saying(state: Answer, answer_by: date, today: date, *, is_objection: bool, words: str) -> str:
    """Why the teacher may not say so now, or nothing; who confirmed may still object while the days run."""
    if state not in (Answer.WAITING, Answer.CONFIRMED):
        return "opening_said_already"
    if today > answer_by:
        return "opening_answer_late"
    if is_objection and not words.strip():
        return "opening_needs_words"
    return "opening_words_too_long" if len(words) > MOST_WORDS else ""


def refuse_deciding(state: Answer, words: str) -> str:
    """Why the office may not answer so, or nothing."""
    if state is not Answer.OBJECTED:
        return "opening_not_objected"
    if not words.strip():
        return "opening_needs_words"
    return "opening_words_too_long" if len(words) > MOST_WORDS else ""


def answer_until(today: date, days: int) -> date:
    """The last day on which a teacher answers in time."""
    return today + timedelta(days=days)


def decide_until(today: date) -> date:
    """The last day on which the office answers an objection in time."""
    return today + timedelta(days=OFFICE_DAYS)

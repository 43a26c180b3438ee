"""Numbers of papers, days of the office's clock, and why an act may not happen; nothing here needs a database."""

from __future__ import annotations

import re
from datetime import date, timedelta

from .states import MOVES, Kind, Reason, State, Step

NUMBER = re.compile(r"XP-\d{4}-\d{4}-\d{7}", re.ASCII)
MOST_SERIAL = 999_999
MOST_WORDS = 200
# How long an office has to compare and answer. No source names a figure: a reading, shown as the day by which it answers.
OFFICE_DAYS = 7
LONGEST_DAYS = 366 * 12


def number_prefix(year: int, place: str) -> str:
    """The number's part before the serial, `XP-2026-0803-`."""
    return f"XP-{year:04d}-{place}-"


def is_number(text: str) -> bool:
    """True for the form of a paper's number, whatever its check digit."""
    return NUMBER.fullmatch(text) is not None


def answer_by(day: date) -> date:
    """The last day on which the office that has the paper since this day answers in time."""
    return day + timedelta(days=OFFICE_DAYS)


def refuse_printing(kind: Kind, from_on: date, to_on: date, *, has_year: bool, today: date) -> str:
    """Why nothing can be printed for these dates, or nothing."""
    if kind is not Kind.HOURS:
        return "" if has_year else "paper_needs_year"
    if from_on > to_on:
        return "paper_dates_reversed"
    if to_on > today:
        return "paper_day_to_come"
    return "paper_too_long" if (to_on - from_on).days > LONGEST_DAYS else ""


def refuse_step(state: State, step: Step) -> str:
    """Why a paper in this state may not take the step, or nothing."""
    return "" if step in MOVES[state] else "paper_wrong_state"


def refuse_reason(reason: str, words: str) -> str:
    """Why the reason does not do, or nothing."""
    if reason not in {one.value for one in Reason}:
        return "paper_needs_reason"
    if reason == Reason.OTHER and not words.strip():
        return "paper_needs_words"
    return "paper_words_too_long" if len(words) > MOST_WORDS else ""


def refuse_seal(mark: str, *, differences: int, are_seen: bool) -> str:
    """Why the office may not confirm the paper, or nothing: a difference must have been seen, and the seal must have a name."""
    if not mark.strip():
        return "paper_needs_mark"
    return "paper_differs" if differences and not are_seen else ""

"""The door of the room `assessment`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import HAND_IN, MARK, TAKE_QUIZ
from .actions import hand_in, mark, take_quiz
from .queries import (
    attempts_by_id,
    best_attempts,
    history,
    last_submissions,
    marking_queue,
    next_waiting,
    submission_of_tutor,
    submissions_by_id,
    waiting_submissions,
)
from .rules import right_answer, score
from .states import State
from .words import MESSAGES, REFUSALS, STATES

__all__ = [
    "HAND_IN",
    "MARK",
    "MESSAGES",
    "REFUSALS",
    "STATES",
    "TAKE_QUIZ",
    "State",
    "attempts_by_id",
    "best_attempts",
    "hand_in",
    "history",
    "last_submissions",
    "mark",
    "marking_queue",
    "next_waiting",
    "right_answer",
    "score",
    "submission_of_tutor",
    "submissions_by_id",
    "take_quiz",
    "waiting_submissions",
]

"""The door of the room `assessment`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import HAND_IN, MARK, TAKE_QUIZ
from .actions import hand_in, mark, take_quiz
from .models import QuizAttempt, Submission
from .queries import (
    attempts_by_id,
    attempts_of,
    best_attempts,
    best_of,
    counts_by_cohort,
    history,
    last_submissions,
    marking_queue,
    may_read_file,
    next_waiting,
    queue_counts,
    submission_of_tutor,
    submissions_by_id,
    waiting_submissions,
)
from .rules import Criterion, least_characters, option_keys, right_answer, rubric_of, score, unanswered
from .states import State
from .words import MESSAGES, REFUSALS, STATES

__all__ = [
    "HAND_IN",
    "MARK",
    "MESSAGES",
    "REFUSALS",
    "STATES",
    "TAKE_QUIZ",
    "Criterion",
    "QuizAttempt",
    "State",
    "Submission",
    "attempts_by_id",
    "attempts_of",
    "best_attempts",
    "best_of",
    "counts_by_cohort",
    "hand_in",
    "history",
    "last_submissions",
    "least_characters",
    "mark",
    "marking_queue",
    "may_read_file",
    "next_waiting",
    "option_keys",
    "queue_counts",
    "right_answer",
    "rubric_of",
    "score",
    "submission_of_tutor",
    "submissions_by_id",
    "take_quiz",
    "unanswered",
    "waiting_submissions",
]

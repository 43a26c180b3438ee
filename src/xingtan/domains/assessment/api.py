"""The door of the room `assessment`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import ENTER_RESULTS, HAND_IN, MARK, SEE_RESULTS, TAKE_QUIZ
from .actions import Elsewhere, hand_in, keep_attempts, mark, take_quiz
from .models import ExamResult, PackageState, QuizAttempt, Submission
from .packages.keeping import Report, begin_again, item_states, keep_items, package_states
from .packages.launching import Place, launch_unit, refresh_launched, token_of_fetch
from .packages.stating import state_reported
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
from .results.enter import Kept, enter_results
from .results.find import result_counts, result_facts, results_in, results_known, results_of
from .results.plan import Line as ResultLine
from .results.plan import Plan as ResultPlan
from .results.plan import plan_results
from .results.reading import HEADINGS as RESULT_HEADINGS
from .results.rules import Entered, score_of_text, test_named, tests_of
from .rules import Criterion, least_characters, option_keys, right_answer, rubric_of, score, unanswered
from .states import ResultState, RowState, State
from .words import MESSAGES, REFUSALS, RESULT_CHIPS, RESULT_STATES, ROW_STATES, STATES

__all__ = [
    "ENTER_RESULTS",
    "HAND_IN",
    "MARK",
    "MESSAGES",
    "REFUSALS",
    "RESULT_CHIPS",
    "RESULT_HEADINGS",
    "RESULT_STATES",
    "ROW_STATES",
    "SEE_RESULTS",
    "STATES",
    "TAKE_QUIZ",
    "Criterion",
    "Elsewhere",
    "Entered",
    "ExamResult",
    "Kept",
    "PackageState",
    "Place",
    "QuizAttempt",
    "Report",
    "ResultLine",
    "ResultPlan",
    "ResultState",
    "RowState",
    "State",
    "Submission",
    "attempts_by_id",
    "attempts_of",
    "begin_again",
    "best_attempts",
    "best_of",
    "counts_by_cohort",
    "enter_results",
    "hand_in",
    "history",
    "item_states",
    "keep_attempts",
    "keep_items",
    "last_submissions",
    "launch_unit",
    "least_characters",
    "mark",
    "marking_queue",
    "may_read_file",
    "next_waiting",
    "option_keys",
    "package_states",
    "plan_results",
    "queue_counts",
    "refresh_launched",
    "result_counts",
    "result_facts",
    "results_in",
    "results_known",
    "results_of",
    "right_answer",
    "rubric_of",
    "score",
    "score_of_text",
    "state_reported",
    "submission_of_tutor",
    "submissions_by_id",
    "take_quiz",
    "test_named",
    "tests_of",
    "token_of_fetch",
    "unanswered",
    "waiting_submissions",
]

"""Refusals and messages of assessment in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .rules import Refusal
from .states import ResultState, RowState, State

REFUSALS = {
    Refusal.UNANSWERED: _("Answer every question, then hand in."),
    Refusal.UNKNOWN_ANSWER: _("An answer does not belong to its question. Open the quiz anew."),
    Refusal.WAITS: _("Your work is with the tutor. You can hand in again if it comes back."),
    Refusal.PASSED: _("This work has passed; there is nothing left to hand in."),
    Refusal.TOO_SHORT: _("Write at least %(least)s characters, or add a file."),
    Refusal.NOT_WAITING: _("This work was already marked. Look at it again."),
    Refusal.MARKS_INCOMPLETE: _("Give every criterion its points, within its range."),
    Refusal.BELOW_LEAST: _("These points are below the %(least)s that pass. Give more, or return the work."),
    Refusal.RETURN_NEEDS_WORDS: _("Say what should be mended before it is handed in again."),
    "package_moved_on": _("This unit was studied on another device in the meantime. Choose which of the two to go on with."),
    "package_report_unclear": _("What the package reported does not fit the package. Reload the page."),
    "package_report_too_large": _("The package wants to keep more than is kept for one item. Tell its provider."),
    "package_reports_elsewhere": _("This package reports to the record store, not to this page."),
    "results_without_headings": _("The headings are not there. Needed: %(headings)s."),
    "results_without_rows": _("The file has headings and no rows."),
    "results_too_many": _("At most %(most)s rows at once. Part the file."),
    "result_correction_needs_a_reason": _("%(count)s results say something else than before. Say why they are corrected."),
    "result_nobody": _("Nobody of the branch has this number."),
    "result_name_differs": _("The name is not the register's."),
    "result_test_unknown": _("The policy of this year knows no such test."),
    "result_state_unknown": _("The state is none of: 正常, 待定, 缺考, 作弊."),
    "result_score_shape": _("The score is no number with at most two places."),
    "result_score_missing": _("The score is missing."),
    "result_score_range": _("The score is out of the test's range."),
    "result_score_without_result": _("Who was absent, cheated or waits for the result has no score."),
    "result_day_shape": _("The day is none."),
    "result_day_ahead": _("The day lies ahead."),
    "result_sitting": _("The sitting is a number from 1 to 9."),
    "result_twice": _("Two rows are of the same person, test and sitting."),
}
RESULT_STATES = {
    ResultState.FINAL: pgettext_lazy("result", "Scored"),
    ResultState.WAITING: pgettext_lazy("result", "Waiting for the score"),
    ResultState.ABSENT: pgettext_lazy("result", "Absent"),
    ResultState.CHEATED: pgettext_lazy("result", "Cheated"),
}
RESULT_CHIPS = {ResultState.FINAL: "ok", ResultState.WAITING: "wait", ResultState.ABSENT: "plain", ResultState.CHEATED: "stop"}
ROW_STATES = {
    RowState.NEW: pgettext_lazy("row of results", "New"),
    RowState.CHANGED: pgettext_lazy("row of results", "Correction"),
    RowState.UNCHANGED: pgettext_lazy("row of results", "Stands already"),
    RowState.REFUSED: pgettext_lazy("row of results", "To mend"),
}
MESSAGES = {
    "submission_passed": _("“%(title)s” passed."),
    "submission_passed_with_points": _("“%(title)s” passed with %(score)s points."),
    "submission_returned": _("“%(title)s” came back from the tutor; see the comment."),
}
STATES = {State.HANDED_IN: _("with the tutor"), State.PASSED: _("passed"), State.RETURNED: _("to mend")}

"""Refusals and messages of assessment in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .rules import Refusal
from .states import State

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
}
MESSAGES = {
    "submission_passed": _("“%(title)s” passed."),
    "submission_passed_with_points": _("“%(title)s” passed with %(score)s points."),
    "submission_returned": _("“%(title)s” came back from the tutor; see the comment."),
}
STATES = {State.HANDED_IN: _("with the tutor"), State.PASSED: _("passed"), State.RETURNED: _("to mend")}

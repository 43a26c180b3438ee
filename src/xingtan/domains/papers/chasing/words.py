"""The matters in words, and what a reminder says."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.domains.papers.states import Matter

MATTERS: Mapping[Matter, Promise] = {
    Matter.NOT_SIGNED_IN: pgettext_lazy("behind", "Never signed in"),
    Matter.NOT_CHOSEN: pgettext_lazy("behind", "Has not chosen"),
    Matter.SENT_BACK: pgettext_lazy("behind", "Sent back, to choose again"),
    Matter.TO_CONFIRM: pgettext_lazy("behind", "Waits for our confirmation"),
    Matter.TO_PAY: pgettext_lazy("behind", "Waits for payment"),
    Matter.NOT_STARTED: pgettext_lazy("behind", "Paid, not started"),
    Matter.BEHIND: pgettext_lazy("behind", "Study is behind"),
    Matter.WORK_MISSING: pgettext_lazy("behind", "Work is missing"),
    Matter.EXAM_DUE: pgettext_lazy("behind", "Has to sit the unified exam"),
}
REFUSALS: Mapping[str, Promise] = {"reminder_nobody": _("Nobody is ticked.")}
MESSAGES: Mapping[str, Promise] = {
    "chased_not_signed_in": _("Please sign in and choose your courses of the training year %(year)s."),
    "chased_not_chosen": _("You have not chosen your courses of the training year %(year)s yet. Please choose."),
    "chased_sent_back": _("Your choice for the training year %(year)s was sent back. Please choose again."),
    "chased_not_started": _("You have not begun to study in the training year %(year)s. Study closes on %(day)s."),
    "chased_behind": _("Your study of the training year %(year)s is behind. Study closes on %(day)s."),
    "chased_work_missing": _("Required work of the training year %(year)s is missing. Please hand it in before study closes on %(day)s."),
    "chased_exam_due": _("You have to sit the unified exam of the training year %(year)s. Look at your record for the days."),
}

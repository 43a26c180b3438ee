"""Labels and sentences of the review chain: checks, batches, late entries, appeals, refusals."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import AppealAct, AppealState, Check, LateReason, LateState

CHECKS: Mapping[Check, Promise] = {
    Check.CLEAN: pgettext_lazy("check", "Clean"),
    Check.EVIDENCE_MISSING: pgettext_lazy("check", "Evidence missing"),
    Check.OVER_CAP: pgettext_lazy("check", "Over the cap"),
    Check.OUTSIDE_YEAR: pgettext_lazy("check", "Outside the year"),
    Check.TWO_PLACES: pgettext_lazy("check", "Two places on one day"),
    Check.UNUSUAL: pgettext_lazy("check", "Unusual for this school"),
}
LATE_STATES: Mapping[LateState, Promise] = {
    LateState.ASKED: pgettext_lazy("late entry", "Waits for a decision"),
    LateState.GRANTED: pgettext_lazy("late entry", "Granted and entered"),
    LateState.REFUSED: pgettext_lazy("late entry", "Refused"),
    LateState.WITHDRAWN: pgettext_lazy("late entry", "Withdrawn"),
}
LATE_REASONS: Mapping[LateReason, Promise] = {
    LateReason.PROVIDER_LATE: pgettext_lazy("late entry", "The training provider delivered late"),
    LateReason.MOVED: pgettext_lazy("late entry", "The teacher moved meanwhile"),
    LateReason.MISTAKE: pgettext_lazy("late entry", "A mistake in the entry"),
    LateReason.OFFLINE: pgettext_lazy("late entry", "Studied without a line"),
    LateReason.OTHER: pgettext_lazy("late entry", "Another reason"),
}
APPEAL_STATES: Mapping[AppealState, Promise] = {
    AppealState.FILED: pgettext_lazy("appeal", "Waits for an answer"),
    AppealState.UPHELD: pgettext_lazy("appeal", "Upheld"),
    AppealState.REJECTED: pgettext_lazy("appeal", "Rejected"),
    AppealState.WITHDRAWN: pgettext_lazy("appeal", "Withdrawn"),
}
APPEAL_ACTS: Mapping[AppealAct, Promise] = {
    AppealAct.FILED: pgettext_lazy("appeal step", "Filed"),
    AppealAct.CARRIED_UP: pgettext_lazy("appeal step", "Carried to the office above"),
    AppealAct.UPHELD: pgettext_lazy("appeal step", "Upheld"),
    AppealAct.REJECTED: pgettext_lazy("appeal step", "Rejected"),
    AppealAct.WITHDRAWN: pgettext_lazy("appeal step", "Withdrawn"),
}
REFUSALS: Mapping[str, Promise] = {
    "same_person": _("Entering and reviewing are two people: you entered %(count)s of these. Someone else must review them."),
    "not_your_level": _("Some of these entries are another office's to decide."),
    "return_needs_reason": _("Choose a reason for the return."),
    "return_needs_words": _("Say in words why it is returned."),
    "reason_too_long": _("The reason is too long: 400 characters at most."),
    "reason_missing": _("Give the reason in words."),
    "nothing_ticked": _("Tick the entries first."),
    "look_first": _(
        "%(count)s entries passed unopened: open this one's evidence before it passes, or pass the rest as a batch with its sample."
    ),
    "sample_first": _("%(count)s entries and more, at once or in portions, pass as a batch only: draw its sample and open it first."),
    "sample_unopened": _("%(count)s entries of the sample have not been opened yet."),
    "sample_found_fault": _("An entry of the sample was sent back. Draw a new batch with a new sample."),
    "batch_dropped": _("This batch was dropped. Its entries are in the queue."),
    "batch_passed": _("This batch has passed already and can no longer be dropped."),
    "flagged_in_batch": _("%(count)s of these entries have a finding: decide on them one by one."),
    "opening_not_reopened": _("An opening entry is not reopened. Correct it by a reversal."),
    "too_late_to_undo": _("This can no longer be undone. Ask for it to be reopened."),
    "extension_too_short": _("The window is open until %(day)s anyway."),
    "late_incomplete": _("Say what was learned, how many hours, and of which component."),
    "late_needs_document": _("A late entry needs its evidence: hand in a PDF or a picture."),
    "late_outside_year": _("The day does not lie in this training year."),
    "late_not_yet": _("The year's hours can still be entered in the ordinary way."),
    "late_too_late": _("It is too late for this training year."),
    "late_nothing_left": _("The year's caps leave no room for these hours."),
    "appeal_same_person": _("Who took part in the decision does not answer the appeal about it. Ask a colleague."),
    "appeal_needs_words": _("Say in words what it is about."),
    "appeal_too_long": _("The text is too long: 1,000 characters at most."),
    "appeal_too_late": _("An appeal is possible for %(days)s days after the decision."),
    "appeal_is_open": _("Your appeal about this is open already."),
}
MESSAGES: Mapping[str, Promise] = {
    "entries_returned": _("%(count)s entries of hours came back. Correct them and enter them again."),
    "late_granted": _("The late entry “%(title)s” was granted: its hours are entered and verified."),
    "late_refused": _("The late entry “%(title)s” was refused. The answer says why."),
    "appeal_upheld": _("Your appeal was upheld. The answer stands with it."),
    "appeal_rejected": _("Your appeal was rejected. The answer stands with it."),
}

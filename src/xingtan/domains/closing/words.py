"""Labels and sentences of a closing: conditions, refusals, messages, corrections."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import ConditionCode, CorrectionReason, CorrectionState

CONDITIONS: Mapping[ConditionCode, Promise] = {
    ConditionCode.TRIAL_RUN: _("A trial of the whole province was run"),
    ConditionCode.FACTS_CLEAR: _("All facts are clear"),
    ConditionCode.ALL_SETTLED: _("Everyone has a settled verdict"),
    ConditionCode.CHAINS_DONE: _("All units have reported, nothing waits for review"),
    ConditionCode.NOTICE_SIGNED: _("All schools have signed for the notice"),
    ConditionCode.NOTICE_OVER: _("The days for objections are over"),
    ConditionCode.OBJECTIONS_DECIDED: _("All objections are decided and followed up"),
    ConditionCode.TWO_PEOPLE: _("Whoever ran the trial does not close"),
}
REFUSALS: Mapping[str, Promise] = {
    "year_not_ready": _("The year cannot be closed yet: %(count)s conditions are not met."),
    "verdicts_not_final": _("The year cannot be closed: %(count)s teachers have no final verdict yet."),
    "verdicts_moved": _("%(count)s verdicts would be other than the last run said. Run another trial and look at them first."),
    "year_needs_notice": _("The training year %(year)s was studied here; it is closed with a public notice."),
    "notice_without_run": _("There is nothing to post: run a trial of the whole province first."),
    "notice_not_published": _("No notice of this year's verdicts is posted."),
    "correction_year_open": _("The training year %(year)s is open: put the facts right and determine anew."),
    "correction_nothing_final": _("This teacher has no final verdict of the year."),
    "correction_without_words": _("Say in a few words why the closed year is corrected, and what shows it."),
    "correction_waits": _("A correction for this teacher and year waits to be decided."),
    "correction_moves_nothing": _("The facts as they are today give the same verdict. Put the facts right first."),
    "correction_unsettled": _("The facts as they are today give no settled verdict. Clear them up first."),
    "correction_moved": _("By now the correction would move something else than was shown. Have it proposed anew."),
    "correction_decided": _("The correction was decided already."),
    "correction_own": _("Whoever proposed a correction does not carry it out: a second officer does."),
    "correction_not_yours": _("Only whoever proposed a correction withdraws it."),
}
MESSAGES: Mapping[str, Promise] = {
    "notice_to_sign": _(
        "The verdicts of the training year %(year)s are posted. Print the list, post it and sign; objections until %(until)s."
    ),
    "notice_of_verdicts": _("Your verdict of the training year %(year)s is posted. You may object until %(until)s."),
    "verdict_corrected": _("Your verdict of the training year %(year)s was corrected. Your record shows what moved."),
}
CORRECTION_REASONS: Mapping[CorrectionReason, Promise] = {
    CorrectionReason.OBJECTION: pgettext_lazy("correction", "An objection or appeal was upheld"),
    CorrectionReason.LATE_PROOF: pgettext_lazy("correction", "Proof came after the closing"),
    CorrectionReason.CLERICAL: pgettext_lazy("correction", "A mistake of an office"),
    CorrectionReason.FRAUD: pgettext_lazy("correction", "Hours or work were not genuine"),
    CorrectionReason.COURT: pgettext_lazy("correction", "An order of a court or an office above"),
}
CORRECTION_STATES: Mapping[CorrectionState, tuple[str, Promise]] = {
    CorrectionState.PROPOSED: ("wait", pgettext_lazy("correction", "Waits for a second officer")),
    CorrectionState.DONE: ("ok", pgettext_lazy("correction", "Done")),
    CorrectionState.REFUSED: ("stop", pgettext_lazy("correction", "Refused")),
    CorrectionState.WITHDRAWN: ("plain", pgettext_lazy("correction", "Withdrawn")),
}
JOB_WORDS: Mapping[str, tuple[Promise, Mapping[str, Promise]]] = {
    "closing.close": (_("Closing of a training year"), {"year": _("Closed")}),
    "closing.tell_notice": (_("Telling schools and teachers of the notice"), {"told": _("People told")}),
    "closing.archive": (_("Archive of a closed year"), {"files": _("Files")}),
}

"""Labels and sentences of notices and objections."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import DecisionReason, NoticeState, ObjectionState, Stage, StepKind, WithdrawalReason

STAGES: Mapping[Stage, Promise] = {
    Stage.BEFORE: pgettext_lazy("notice", "Not yet posted"),
    Stage.POSTED: pgettext_lazy("notice", "Posted"),
    Stage.OBJECTIONS: pgettext_lazy("notice", "Objections still taken"),
    Stage.OVER: pgettext_lazy("notice", "Over"),
}
STAGE_CHIPS: Mapping[Stage, str] = {Stage.BEFORE: "wait", Stage.POSTED: "act", Stage.OBJECTIONS: "info", Stage.OVER: "plain"}
NOTICE_STATES: Mapping[NoticeState, Promise] = {
    NoticeState.PUBLISHED: pgettext_lazy("notice", "Published"),
    NoticeState.WITHDRAWN: pgettext_lazy("notice", "Withdrawn"),
}
WITHDRAWAL_REASONS: Mapping[WithdrawalReason, Promise] = {
    WithdrawalReason.MISTAKE: _("It was posted by mistake"),
    WithdrawalReason.RUN_ANEW: _("What it showed was determined anew"),
    WithdrawalReason.ORDER: _("An order of the office above"),
}
OBJECTION_STATES: Mapping[ObjectionState, Promise] = {
    ObjectionState.FILED: pgettext_lazy("objection", "To be assigned"),
    ObjectionState.ASSIGNED: pgettext_lazy("objection", "Being examined"),
    ObjectionState.REFERRED: pgettext_lazy("objection", "Awaiting an office's word"),
    ObjectionState.UPHELD: pgettext_lazy("objection", "Upheld"),
    ObjectionState.NOT_UPHELD: pgettext_lazy("objection", "Not upheld"),
    ObjectionState.WITHDRAWN: pgettext_lazy("objection", "Withdrawn"),
}
OBJECTION_CHIPS: Mapping[ObjectionState, str] = {
    ObjectionState.FILED: "act",
    ObjectionState.ASSIGNED: "info",
    ObjectionState.REFERRED: "wait",
    ObjectionState.UPHELD: "ok",
    ObjectionState.NOT_UPHELD: "stop",
    ObjectionState.WITHDRAWN: "plain",
}
STEP_WORDS: Mapping[StepKind, Promise] = {
    StepKind.FILED: pgettext_lazy("objection step", "Filed"),
    StepKind.ASSIGNED: pgettext_lazy("objection step", "Assigned"),
    StepKind.REFERRED: pgettext_lazy("objection step", "Asked for its word"),
    StepKind.REPLIED: pgettext_lazy("objection step", "Replied"),
    StepKind.UPHELD: pgettext_lazy("objection step", "Upheld"),
    StepKind.NOT_UPHELD: pgettext_lazy("objection step", "Not upheld"),
    StepKind.WITHDRAWN: pgettext_lazy("objection step", "Withdrawn"),
    StepKind.FOLLOWED: pgettext_lazy("objection step", "Determined anew"),
}
DECISION_REASONS: Mapping[DecisionReason, Promise] = {
    DecisionReason.ENTRY_MISSING: _("Hours were not entered or not verified"),
    DecisionReason.RESULT_MISSING: _("A result or a piece of work was not counted"),
    DecisionReason.FACT_WRONG: _("A fact of the person or the post was wrong"),
    DecisionReason.RULE_MISREAD: _("A clause was applied wrongly"),
    DecisionReason.RECORD_RIGHT: _("The record is right"),
    DecisionReason.PROOF_LACKING: _("What is claimed is not proved"),
    DecisionReason.TOO_LATE: _("What is claimed came after the last day of its window"),
    DecisionReason.OTHER: pgettext_lazy("reason", "Another reason"),
}
REFUSALS: Mapping[str, Promise] = {
    "notice_backwards": _("The notice ends before it begins."),
    "notice_in_the_past": _("A notice begins today or later."),
    "notice_objections_too_short": _("Objections are taken at least until the last day of the notice."),
    "notice_too_long": _("A notice with its objections lasts at most three months, and an answer takes at least a day."),
    "notice_stands": _("A notice about this is posted already. Withdraw it first, with a reason."),
    "notice_withdrawn": _("The notice was withdrawn."),
    "notice_not_begun": _("Objections are taken from %(opens_on)s on."),
    "notice_over": _("Objections were taken until %(until)s, 24:00."),
    "notice_not_for_you": _("Your office does not sign for this notice."),
    "notice_has_objections": _("%(count)s objections were filed against this notice. Decide them first, then withdraw it."),
    "objection_says_nothing": _("Say in a few words what is wrong and what shows it."),
    "objection_one_at_a_time": _("An objection of this person is being examined. Its answer comes first."),
    "objection_wrong_state": _("This is not possible any more: look at the last step of the objection."),
    "objection_not_yours": _("Only its handler decides an objection. Assign it to yourself first; the trail shows it."),
    "objection_own": _("Whoever filed an objection does not decide it."),
    "objection_reason_of_the_other_kind": _("This reason does not go with this decision."),
    "objection_answer_missing": _("Answer the person in a few words: what was looked at, and what follows."),
    "objection_handler_unknown": _("Only a colleague of an office above, who may decide objections, can handle it."),
}
MESSAGES: Mapping[str, Promise] = {
    "objection_filed_for_you": _("Your school filed objection %(number)s for you."),
    "objection_assigned": _("Objection %(number)s was assigned to you; the answer is due on %(due_on)s."),
    "objection_upheld": _("Objection %(number)s was upheld. The answer says what follows."),
    "objection_not_upheld": _("Objection %(number)s was not upheld. The answer says why."),
    "objection_referred": _("Your word is asked about objection %(number)s."),
}

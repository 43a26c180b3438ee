"""Labels and sentences about verdicts: verdicts, reasons, the tree of reasons and refusals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.core.policy import Policy
from xingtan.core.units import format_hours
from xingtan.core.verdicts import ReasonCode, Verdict
from xingtan.domains.credits import api as credits_room

VERDICTS: Mapping[Verdict, Promise] = {
    Verdict.QUALIFIED: pgettext_lazy("verdict", "Qualified"),
    Verdict.EXAM_REQUIRED: pgettext_lazy("verdict", "Unified exam required"),
    Verdict.MAKE_UP_REQUIRED: pgettext_lazy("verdict", "Make-up required"),
    Verdict.NOT_QUALIFIED: pgettext_lazy("verdict", "Not qualified"),
    Verdict.EXEMPT: pgettext_lazy("verdict", "Exempt"),
    Verdict.DEFERRED: pgettext_lazy("verdict", "Deferred"),
    Verdict.IN_PROGRESS: pgettext_lazy("verdict", "In progress"),
    Verdict.UNDETERMINED: pgettext_lazy("verdict", "Facts unclear"),
}
VERDICT_CHIPS: Mapping[Verdict, str] = {
    Verdict.QUALIFIED: "ok",
    Verdict.EXAM_REQUIRED: "act",
    Verdict.MAKE_UP_REQUIRED: "wait",
    Verdict.NOT_QUALIFIED: "stop",
    Verdict.EXEMPT: "plain",
    Verdict.DEFERRED: "plain",
    Verdict.IN_PROGRESS: "info",
    Verdict.UNDETERMINED: "stop",
}
REASONS: Mapping[ReasonCode, Promise] = {
    ReasonCode.COMPLETE: _("Everything is complete and verified."),
    ReasonCode.HOURS_SHORT: _("%(hours)s more training hours of %(component)s are needed"),
    ReasonCode.PART_SHORT: _("%(hours)s more training hours of %(part)s are needed"),
    ReasonCode.ASSIGNMENTS_SHORT: _("%(short)s more assignments or quizzes must be passed"),
    ReasonCode.WORK_PRODUCTS_SHORT: _("%(short)s more work products must be accepted"),
    ReasonCode.AWAITING_VERIFICATION: _("%(hours)s training hours wait to be verified"),
    ReasonCode.AWAITING_MARKING: _("%(waiting)s pieces of work wait to be marked"),
    ReasonCode.STUDY_OPEN: _("Study is still open"),
    ReasonCode.INCOMPLETE: _("Took part, and the year was not complete when study closed"),
    ReasonCode.NO_PARTICIPATION: _("Did not take part in this training year"),
    ReasonCode.EXAM_PASSED: _("Passed the unified exam with %(score)s marks"),
    ReasonCode.EXAM_FAILED: _("Did not pass the unified exam (%(score)s marks)"),
    ReasonCode.ON_LEAVE: _("On approved leave: %(ground)s"),
    ReasonCode.LEAVE_GROUND_UNKNOWN: _("The policy does not know this ground of leave: %(ground)s"),
    ReasonCode.ITEM_NOT_CHOSEN: _("No training item is chosen; the usual hours hold"),
    ReasonCode.ITEM_UNKNOWN: _("The policy has no item %(item)s"),
    ReasonCode.HOURS_WITHOUT_RULE: _("%(hours)s training hours are of a kind that the policy does not know"),
    ReasonCode.SURPLUS: _("%(hours)s training hours of %(component)s are surplus and do not pass to another year"),
    ReasonCode.EARLIER_YEAR_OWED: _("The training year %(year)s is still to be made up"),
    ReasonCode.YEARS_OPEN: _("Training years of the cycle that are not settled: %(count)s"),
    ReasonCode.YEARS_OWED: _("Training years of the cycle to be made up: %(count)s"),
    ReasonCode.CYCLE_SHORT: _("%(hours)s more training hours are needed in the cycle"),
}
NODES: Mapping[str, Promise] = {
    "year": _("The whole year"),
    "assignments": _("Course work passed"),
    "work_products": _("Work products accepted"),
    "procedure": pgettext_lazy("tree", "Procedure"),
    "leave": _("Approved leave"),
    "exam": _("Unified exam"),
}
REFUSALS: Mapping[str, Promise] = {
    "year_not_ready": _("The year cannot be closed: %(count)s teachers have no final verdict yet."),
}
JOB_WORDS: Mapping[str, tuple[Promise, Mapping[str, Promise]]] = {
    "determination.determine": (_("Determination"), {}),
}


def reason_sentence(policy: Policy, code: str, params: Mapping[str, Any]) -> str:
    """A reason in words, with its numbers: 还差 3.5 学时工作坊研修."""
    said: dict[str, object] = dict(params)
    centi = params.get("short_centi", params.get("centi"))
    if centi is not None:
        said["hours"] = format_hours(int(centi))
    if "component" in params:
        said["component"] = credits_room.component_word(policy, str(params["component"]))
    if "part" in params:
        said["part"] = credits_room.part_word(policy, str(params["component"]), str(params["part"]))
    if "ground" in params:
        grounds = {one.code: credits_room.word_of(one.label) for one in policy.leave}
        said["ground"] = grounds.get(str(params["ground"]), params["ground"])
    return str(REASONS[ReasonCode(code)]) % said

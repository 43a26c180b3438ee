"""Labels and sentences about verdicts: verdicts, reasons, the tree of reasons and refusals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.core.policy import Policy, Words
from xingtan.core.units import format_hours
from xingtan.core.verdicts import ReasonCode, Verdict
from xingtan.domains.credits import api as credits_room

from .states import Change

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
    ReasonCode.FLOOR_SHORT: _("%(hours)s more are needed for the least that is asked of %(bucket)s"),
    ReasonCode.TARGET_SHORT: _("%(hours)s more are needed for the target %(target)s"),
    ReasonCode.EARMARK_SHORT: _("%(hours)s more are needed for %(earmark)s"),
    ReasonCode.OFFSET_USED: _("%(hours)s training hours are replaced by an offset"),
    ReasonCode.CARRIED_OVER: _("%(hours)s training hours came over from the year before"),
    ReasonCode.MADE_UP: _("Made up in the training year %(year)s"),
    ReasonCode.MAKE_UP_PASSED: _("The make-up of this year clears an earlier one"),
    ReasonCode.VILLAGE_PASSED: _("Passed by the route of village schools"),
    ReasonCode.NO_VILLAGE_GRANT: _("Studied in a group without the county's grant for this year"),
    ReasonCode.SUPPLEMENTARY_REQUIRED: _("The supplementary test has to be passed"),
    ReasonCode.SUPPLEMENTARY_FAILED: _("The supplementary test was not passed"),
    ReasonCode.ASSESSMENT_MISSING: _("Not taken yet: %(assessment)s"),
    ReasonCode.ASSESSMENT_FAILED: _("Not passed: %(assessment)s"),
    ReasonCode.AWAITING_RESULT: _("The result of an assessment is not decided yet"),
    ReasonCode.DIAGNOSIS_MISSING: _("The diagnosis has not been taken"),
    ReasonCode.PROJECT_FAILED: _("The training project was not passed"),
    ReasonCode.BACKBONE_SHORT: _("What is asked of backbone teachers is not complete"),
    ReasonCode.NO_TURN: _("This year is not the turn of this stage"),
    ReasonCode.CYCLE_DECIDES: _("The cycle is judged, not the single year"),
    ReasonCode.RETIRES_IN_CYCLE: _("Retires before the cycle ends"),
    ReasonCode.EXEMPTED: _("Exempt by the policy"),
    ReasonCode.NOT_OWED: _("This training year is not owed: study had opened before the first day at work"),
    ReasonCode.FACT_MISSING: _("A fact that the policy needs is missing: %(fact)s"),
    ReasonCode.FACTS_CONTRADICT: _("Facts contradict one another: %(what)s"),
}
NODES: Mapping[str, Promise] = {
    "year": _("The whole year"),
    "assignments": _("Course work passed"),
    "work_products": _("Work products accepted"),
    "procedure": pgettext_lazy("tree", "Procedure"),
    "leave": _("Approved leave"),
    "exam": _("Unified exam"),
}
CHANGES: Mapping[Change, Promise] = {
    Change.VERDICT: pgettext_lazy("change", "Another verdict"),
    Change.REASONS: pgettext_lazy("change", "Other hours or reasons only"),
    Change.CAME: pgettext_lazy("change", "New in the list"),
    Change.LEFT: pgettext_lazy("change", "No longer in the list"),
}
JOB_WORDS: Mapping[str, tuple[Promise, Mapping[str, Promise]]] = {
    "determination.determine": (_("Trial run"), {"number": _("Number of the trial run")}),
}


def reason_sentence(policy: Policy, code: str, params: Mapping[str, Any]) -> str:
    """A reason in words, with its numbers: 还差 3.5 学时工作坊研修. A code or number that the sentence lacks is never an error."""
    said: dict[str, object] = dict.fromkeys(("bucket", "target", "earmark", "assessment", "fact", "what", "year"), "") | dict(params)
    centi = params.get("short_centi", params.get("centi"))
    if centi is not None:
        said["hours"] = format_hours(int(centi))
    if "component" in params:
        said["component"] = credits_room.component_word(policy, str(params["component"]))
    if "part" in params:
        said["part"] = credits_room.part_word(policy, str(params["component"]), str(params["part"]))
    said |= {name: credits_room.word_of(known[str(params[name])]) for name, known in _labels(policy) if str(params.get(name)) in known}
    return str(REASONS[ReasonCode(code)]) % said


def _labels(policy: Policy) -> Iterator[tuple[str, Mapping[str, Words]]]:
    """For each parameter that names a code of the pack, the labels of its codes."""
    yield "ground", {one.code: one.label for one in policy.leave}
    yield "bucket", {one.code: one.label for one in policy.all_buckets}
    yield "target", {one.code: one.label for one in policy.targets}
    yield "earmark", {one.code: one.label for one in policy.earmarks}
    yield "assessment", {one.code: one.label for one in (*policy.tests, *policy.works)}
    yield "fact", {one.code: one.label for one in policy.facts}

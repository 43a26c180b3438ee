"""Labels and sentences about hours: states, steps, checks and refusals."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xingtan.core.determination.facts import OFFSET
from xingtan.core.policy import Policy, Words

from .states import EntryKind, EvidenceKind, ReturnReason, State, Step

STATES: Mapping[State, Promise] = {
    State.ENTERED: pgettext_lazy("hours", "Entered"),
    State.REVIEWED: pgettext_lazy("hours", "Reviewed"),
    State.REPORTED: pgettext_lazy("hours", "Reported"),
    State.COUNTY_REVIEWED: pgettext_lazy("hours", "Reviewed by the county"),
    State.COUNTY_VERIFIED: pgettext_lazy("hours", "Verified by the county"),
    State.CITY_REVIEWED: pgettext_lazy("hours", "Reviewed by the city"),
    State.VERIFIED: pgettext_lazy("hours", "Verified"),
    State.RETURNED: pgettext_lazy("hours", "Returned"),
    State.REVERSED: pgettext_lazy("hours", "Reversed"),
}
STATE_CHIPS: Mapping[State, str] = {
    State.ENTERED: "plain",
    State.REVIEWED: "wait",
    State.REPORTED: "wait",
    State.COUNTY_REVIEWED: "wait",
    State.COUNTY_VERIFIED: "wait",
    State.CITY_REVIEWED: "wait",
    State.VERIFIED: "ok",
    State.RETURNED: "stop",
    State.REVERSED: "stop",
}
STEPS: Mapping[str, Promise] = {
    "enter": pgettext_lazy("step", "Entry"),
    "reopened": pgettext_lazy("step", "Taken back"),
    Step.REVIEW: pgettext_lazy("step", "Review"),
    Step.REPORT: pgettext_lazy("step", "Report"),
    Step.COUNTY_REVIEW: pgettext_lazy("step", "County review"),
    Step.COUNTY_VERIFY: pgettext_lazy("step", "Verification by the county"),
    Step.CITY_REVIEW: pgettext_lazy("step", "City review"),
    Step.VERIFY: pgettext_lazy("step", "Verification"),
}
RETURN_REASONS: Mapping[ReturnReason, Promise] = {
    ReturnReason.EVIDENCE_MISSING: pgettext_lazy("reason", "Evidence missing"),
    ReturnReason.EVIDENCE_UNREADABLE: pgettext_lazy("reason", "Evidence unreadable"),
    ReturnReason.DIFFERS: pgettext_lazy("reason", "Differs from what was reported"),
    ReturnReason.OVERLAP: pgettext_lazy("reason", "Overlaps another activity"),
    ReturnReason.OVER_CAP: pgettext_lazy("reason", "Over the cap"),
    ReturnReason.OTHER: pgettext_lazy("reason", "Other"),
}
KINDS: Mapping[str, Promise] = {
    EvidenceKind.LEARNED: pgettext_lazy("evidence", "Online study"),
    EvidenceKind.ACTIVITY: pgettext_lazy("evidence", "Workshop activity"),
    EvidenceKind.QUIZ: pgettext_lazy("evidence", "Quiz"),
    EvidenceKind.ASSIGNMENT: pgettext_lazy("evidence", "Assignment"),
    EntryKind.OPENING: pgettext_lazy("evidence", "Opening entry"),
    EntryKind.CORRECTION: pgettext_lazy("evidence", "Correction"),
    EntryKind.LATE: pgettext_lazy("evidence", "Late entry"),
}
PROBLEMS: Mapping[str, Promise] = {
    "opening_teacher_unknown": _("no teacher of your branch has this number"),
    "opening_name_differs": _("the number belongs to another name"),
    "opening_school_unknown": _("no school of your branch has this name"),
    "opening_year_unknown": _("not a training year"),
    "opening_year_not_open": _("this training year is not open in Xingtan"),
    "opening_component_unknown": _("the year's policy has no such component"),
    "opening_row_twice": _("the same row stands above"),
    "opening_cell_empty": _("empty"),
    "hours_empty": _("no hours"),
    "hours_negative": _("hours are never negative"),
    "hours_decimals": _("more than two decimals"),
    "hours_too_many": _("too many hours"),
    "hours_not_a_number": _("not a number"),
}
REFUSALS: Mapping[str, Promise] = {
    "entry_locked": _("What is verified is locked. Reopen it first, with a reason."),
    "reversal_needs_reason": _("Say why the hours are taken back."),
    "hours_window_closed": _("This step is open from %(opens_on)s to %(closes_on)s."),
    "opening_has_problems": _("%(count)s rows have problems, so nothing was imported. The workbook to mend names them."),
    "opening_empty": _("The workbook has no rows."),
    "opening_sheet_missing": _("The workbook has no sheet “%(sheet)s”."),
    "opening_headings_missing": _("No row of headings was found with these columns: %(columns)s."),
    "opening_total_unreadable": _("Row %(line)s of the totals has no readable hours."),
    "opening_total_differs": _(
        "%(school)s, training year %(year)s: the rows add up to %(rows)s hours, the total says %(claimed)s. Difference %(difference)s. Nothing was imported."
    ),
    "opening_differs": _(
        "An opening entry of %(year)s from the same source already stands with %(hours)s hours. Correct it by a reversal."
    ),
}
JOB_WORDS: Mapping[str, tuple[Promise, Mapping[str, Promise]]] = {
    "credits.import_opening": (
        _("Import of opening entries"),
        {
            "entered": _("New entries"),
            "already": _("Already there"),
            "schools": _("Schools"),
            "hours": _("Training hours"),
        },
    ),
}


def word_of(words: Words) -> str:
    """A policy's name in the page's language."""
    return words.en if (get_language() or "").startswith("en") else words.zh


def component_word(policy: Policy, code: str) -> str:
    """The component's name, or the duty's for hours that offset; its code when the policy does not know it."""
    if code == OFFSET and policy.offset is not None:
        return word_of(policy.offset.duty.label)
    return next((word_of(one.label) for one in policy.components if one.code == code), code)


def part_word(policy: Policy, component: str, code: str) -> str:
    """The part's name; its code when the policy does not know it."""
    parts = (part for one in policy.components if one.code == component for part in one.parts)
    return next((word_of(part.label) for part in parts if part.code == code), code)


def problem_sentence(column: str, code: str) -> str:
    """What is wrong with a column of an opening row."""
    return f"{column}：{PROBLEMS[code]}"

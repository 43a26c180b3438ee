"""The room's labels, refusals and messages in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xingtan.core.policy import Policy, Way, WayKind, Words, way_of

from .rules import OFFSET_WAY
from .states import Act, ClaimState, Presence, RowState, TrainingState

TRAINING_STATES: Mapping[TrainingState, Promise] = {
    TrainingState.DECLARED: pgettext_lazy("school training", "Waits for the county"),
    TrainingState.APPROVED: pgettext_lazy("school training", "Approved"),
    TrainingState.RETURNED: pgettext_lazy("school training", "Returned"),
    TrainingState.CONVERTED: pgettext_lazy("school training", "Converted"),
    TrainingState.WITHDRAWN: pgettext_lazy("school training", "Withdrawn"),
}
TRAINING_CHIPS: Mapping[TrainingState, str] = {
    TrainingState.DECLARED: "wait",
    TrainingState.APPROVED: "act",
    TrainingState.RETURNED: "stop",
    TrainingState.CONVERTED: "ok",
    TrainingState.WITHDRAWN: "plain",
}
CLAIM_STATES: Mapping[ClaimState, Promise] = {
    ClaimState.CLAIMED: pgettext_lazy("claim of hours", "Waiting"),
    ClaimState.RECOGNISED: pgettext_lazy("claim of hours", "Recognised"),
    ClaimState.RETURNED: pgettext_lazy("claim of hours", "Returned"),
    ClaimState.WITHDRAWN: pgettext_lazy("claim of hours", "Withdrawn"),
}
CLAIM_CHIPS: Mapping[ClaimState, str] = {
    ClaimState.CLAIMED: "wait",
    ClaimState.RECOGNISED: "ok",
    ClaimState.RETURNED: "stop",
    ClaimState.WITHDRAWN: "plain",
}
ACTS: Mapping[Act, Promise] = {
    Act.DECLARED: pgettext_lazy("recognition step", "Declared"),
    Act.CHANGED: pgettext_lazy("recognition step", "Changed"),
    Act.APPROVED: pgettext_lazy("recognition step", "Approved"),
    Act.RETURNED: pgettext_lazy("recognition step", "Returned"),
    Act.CONVERTED: pgettext_lazy("recognition step", "Converted into hours"),
    Act.CLAIMED: pgettext_lazy("recognition step", "Claimed"),
    Act.RECOGNISED: pgettext_lazy("recognition step", "Recognised"),
    Act.WITHDRAWN: pgettext_lazy("recognition step", "Withdrawn"),
}
PRESENCES: Mapping[Presence, Promise] = {
    Presence.KEYED: pgettext_lazy("presence", "signed on paper"),
    Presence.CODE: pgettext_lazy("presence", "checked in by code"),
    Presence.FILE: pgettext_lazy("presence", "by file"),
}
ROW_STATES: Mapping[RowState, Promise] = {
    RowState.NEW: pgettext_lazy("row", "new"),
    RowState.UNCHANGED: pgettext_lazy("row", "there already"),
    RowState.REFUSED: pgettext_lazy("row", "to mend"),
}
WAY_KINDS: Mapping[WayKind, Promise] = {
    WayKind.TRAINING: pgettext_lazy("way to earn", "School-run training"),
    WayKind.ACHIEVEMENT: pgettext_lazy("way to earn", "Achievement"),
    WayKind.ELSEWHERE: pgettext_lazy("way to earn", "Earned elsewhere"),
    WayKind.PLATFORM: pgettext_lazy("way to earn", "Platform's file"),
}
FOLDER_WORDS: Mapping[str, Promise] = {
    "notice": pgettext_lazy("folder", "Notice"),
    "timetable": pgettext_lazy("folder", "Timetable"),
    "photograph": pgettext_lazy("folder", "Photographs"),
    "material": pgettext_lazy("folder", "Materials"),
    "result": pgettext_lazy("folder", "Results"),
    "bulletin": pgettext_lazy("folder", "Bulletin"),
    "account": pgettext_lazy("folder", "Accounts"),
    "evaluation": pgettext_lazy("folder", "Evaluation"),
    "folder": pgettext_lazy("folder", "Inspection folder"),
}
OFFSET_LABEL = pgettext_lazy("way to earn", "Duty that offsets hours")
REFUSALS: Mapping[str, Promise] = {
    "way_unknown": _("The policy of this training year knows no such way to earn hours."),
    "way_not_yours": _("The policy names somebody else to declare this. Choose another kind, or ask the school."),
    "way_decided_higher": _("The policy leaves this decision to a higher office."),
    "recognition_own": _("Nobody decides what they declared themselves: it takes a second person."),
    "recognition_needs_a_reason": _("Say why, in words."),
    "proof_missing": _("%(count)s required document is missing. The list beside the form says which."),
    "proof_unknown": _("The policy names no such document for this."),
    "training_wrong_state": _("This is not possible any more: somebody decided, converted or withdrew the training in the meantime."),
    "training_ends_before": _("The last day is before the first."),
    "training_outside_year": _("The days have to lie within the training year, %(first)s to %(last)s."),
    "training_nobody": _("Nobody is named. Tick the teachers who are to take part."),
    "training_without_hours": _("Give the hours planned for each teacher, more than 0."),
    "training_not_approved": _("The county has not approved this training yet."),
    "training_not_over": _("Hours are converted after the last meeting, %(last)s."),
    "training_nobody_came": _("No attendance is recorded yet. Key in who was there, then convert."),
    "member_has_attended": _("Somebody who is left out has attended already. Correct the attendance first."),
    "meeting_ends_before": _("The meeting ends before it begins."),
    "meeting_outside_training": _("Meetings are held within the training's days, %(first)s to %(last)s."),
    "meeting_overlaps": _("Another meeting of this training is held at that time."),
    "meetings_too_many": _("A training has at most 60 meetings."),
    "meeting_was_attended": _("Somebody was at this meeting; it stays."),
    "meeting_not_yet": _("The meeting is on %(on)s. Attendance is recorded from that day on."),
    "attendance_too_long": _("The meeting has %(most)s minutes; nobody attends longer."),
    "attendance_of_strangers": _("%(count)s people do not belong to this training. Add them to its members first."),
    "two_places": _("%(names)s: recorded at another meeting at the same time. Nobody is in two places at once."),
    "code_not_now": _(
        "No meeting of yours has this code now. Check-in opens half an hour before a meeting and ends a quarter of an hour after it."
    ),
    "claim_wrong_state": _("This is not possible any more: somebody decided or withdrew it in the meantime."),
    "claim_of_nothing": _("Give how much it was, more than 0."),
    "claim_too_much": _("One declaration holds at most %(most)s."),
    "claim_outside_year": _("The day has to lie within the training year, %(first)s to %(last)s."),
    "claim_in_the_future": _("The day has not come yet."),
    "platform_nobody": _("No teacher of your branch has this number and name."),
    "platform_hours": _("Write the hours as a number, such as 12 or 12.5."),
    "platform_too_much": _("More hours than one declaration may hold."),
    "platform_day": _("Write the day as 2026-11-20."),
    "platform_outside_year": _("The day does not lie within the training year."),
    "platform_twice": _("The same certificate number stands twice in the file."),
    "platform_changed": _("This certificate number was brought in with other facts. Withdraw that first."),
    "platform_headings": _("The file lacks the columns: %(missing)s. Take the template."),
    "platform_number": _("The certificate number is missing."),
}
MESSAGES: Mapping[str, Promise] = {
    "training_approved": _("The county approved the training “%(title)s”."),
    "training_returned": _("The training “%(title)s” is back. Reason: %(reason)s"),
    "claim_recognised": _("Recognised: %(title)s. The school enters the hours next."),
    "claim_returned": _("Not recognised: %(title)s. Reason: %(reason)s"),
    "claim_withdrawn": _("Withdrawn: %(title)s. Reason: %(reason)s"),
}

JOB_WORDS: Mapping[str, tuple[Promise, Mapping[str, Promise]]] = {
    kind: (_("Inspection folder"), {"sections": _("Sections that hold something"), "missing": _("Sections that are missing")})
    for kind in ("recognition.training_folder", "recognition.project_folder")
}


def word_of(words: Words) -> str:
    """A policy's name in the page's language."""
    return words.en if (get_language() or "").startswith("en") else words.zh


def way_word(policy: Policy, code: str) -> str:
    """What the pack calls the way; the bare code when it does not know it."""
    if code == OFFSET_WAY:
        return str(OFFSET_LABEL)
    found: Way | None = way_of(policy, code)
    return word_of(found.label) if found else code


def proof_word(policy: Policy, way: str, code: str) -> str:
    """What the pack calls a document of the way; the bare code when it does not know it."""
    found = way_of(policy, way)
    labels = {one.code: one.label for one in found.proofs} if found else {}
    return word_of(labels[code]) if code in labels else str(FOLDER_WORDS.get(code, code))

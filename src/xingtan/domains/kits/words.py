"""The room's labels, refusals and messages in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .states import Doubt, How, KitState

KIT_STATES: Mapping[KitState, Promise] = {
    KitState.MADE: pgettext_lazy("kit", "Made, nothing heard yet"),
    KitState.IN_USE: pgettext_lazy("kit", "In use"),
    KitState.WITHDRAWN: pgettext_lazy("kit", "Withdrawn"),
}
KIT_CHIPS: Mapping[KitState, str] = {KitState.MADE: "wait", KitState.IN_USE: "ok", KitState.WITHDRAWN: "plain"}
HOWS: Mapping[How, Promise] = {How.LINE: pgettext_lazy("kit", "Over a line"), How.STICK: pgettext_lazy("kit", "On a stick")}
DOUBTS: Mapping[Doubt, Promise] = {
    Doubt.BEFORE_KIT: _("The laptop's clock stood before the day on which the kit was made (lines)"),
    Doubt.AFTER_RECEIPT: _("The laptop's clock was ahead of the day on which the records arrived (lines)"),
    Doubt.CLOCK_BACK: _("The laptop's clock was set back between two lines (lines)"),
    Doubt.OUTSIDE_TIMES: _("Outside the fixed times of the grant (seconds)"),
    Doubt.NOT_MEMBER: _("A person who did not belong to the group on that day (lines)"),
    Doubt.NOBODY_THERE: _("Played while nobody had signed in (seconds)"),
    Doubt.UNKNOWN_UNIT: _("A unit that the kit does not hold (lines)"),
    Doubt.NOTHING_PLAYED: _("Paused, hidden, idle or faster than possible (lines)"),
    Doubt.COUNTED_ALREADY: _("Counted already (on line, in another kit, seen before), or more than a day may count (seconds)"),
    Doubt.UNREADABLE: _("Lines that cannot be read"),
}
REFUSALS: Mapping[str, Promise] = {
    "group_without_name": _("Give the group a name."),
    "group_name_taken": _("There is a group of this name in this training year already."),
    "group_without_people": _("Name the people: a grant is for named persons."),
    "group_too_many_people": _("A group has at most %(most)s people. Make two of it."),
    "group_without_times": _("Give the fixed times: a grant is for a timetable."),
    "group_too_many_times": _("These are more than 400 times in a year."),
    "group_time_impossible": _("A time begins before it ends, within one day, and lasts at most ten hours."),
    "group_time_outside_year": _("All days have to lie within the training year, %(first)s to %(last)s."),
    "group_times_overlap": _("Two of the times overlap."),
    "group_mode_unknown": _("The policy of this year knows no such way of studying."),
    "group_year_closed": _("This training year is closed."),
    "group_has_ended": _("The grant of this group has ended."),
    "group_end_needs_reason": _("Say why the grant ends."),
    "kit_not_this_centre": _("The answer is not signed by the centre that made this kit. Check the address."),
    "kit_centre_strange": _("Something else than the centre answered there. Check the address, or take a file on a stick."),
    "kit_unknown": _("This centre made no such kit."),
    "kit_withdrawn": _("This kit was withdrawn: nothing more is taken from it. Ask the county."),
    "kit_withdraw_needs_reason": _("Say why the kit is withdrawn."),
    "kit_parcel_unreadable": _("The records cannot be read. Carry them again."),
    "kit_parcel_too_big": _("The parcel is too big. Use a newer program on the laptop."),
    "kit_signature_wrong": _("The records do not carry the signature of this kit: they were altered on the way, or are of another kit."),
    "kit_chain_broken": _("The records are not in a row as the kit wrote them: something was altered or left out."),
    "kit_file_unreadable": _("This is no file of a kit, or it broke off before its first records. Copy it again."),
    "kit_file_gone": _(
        "The file of this kit is not here any more: it was removed when records arrived or the kit was withdrawn. Make a new kit."
    ),
    "kit_folder_not_empty": _("The folder holds something already. Name an empty or a new one."),
    "kit_folder_unreadable": _("This is no folder of a kit: its manifest is missing or cannot be read."),
    "kit_manifest_altered": _("The manifest is not what the centre signed. Get the kit from the county again; keep this folder."),
    "kit_clock_behind": _(
        "The laptop's clock says %(shown)s, which is before the last record or before the kit was made. Set the clock right."
    ),
    "kit_expired": _("The laptop's clock says %(shown)s: the kit's time is over. Carry its records to the county."),
    "kit_outside_times": _("Now is none of the group's fixed times. A session opens at most a quarter of an hour before its time."),
    "kit_code_wrong": _("This is not the person's code."),
    "kit_code_wait": _("Too many wrong codes. Wait a minute and try again."),
    "kit_no_session": _("No session is open. The leader opens one with the own code."),
    "kit_not_there": _("Sign in to the session first."),
    "kit_quiz_unanswered": _("Answer every question."),
    "fork_needs_a_way": _("Choose at least one of the ways."),
    "fork_needs_reason": _("Say why, in words: it stays with the kit's records."),
    "sheet_needs_scan": _("Add a scan or photograph of the signed sheet: it is the evidence."),
    "sheet_person_twice": _("A person stands there twice."),
    "sheet_outside_time": _("From and to have to lie within the fixed time, and from before to."),
    "sheet_too_many_units": _("At most %(most)s films and documents in one time."),
    "sheet_unit_unknown": _("Choose the film or document from the list."),
}
MESSAGES: Mapping[str, Promise] = {
    "study_group_granted": _("The county granted your study group %(name)s, %(place)s. Its times and people stand on your page."),
    "study_group_ended": _("Your study group %(name)s ends on %(last)s."),
    "kit_forked": _("Kit %(number)s of the group %(group)s was used in two copies. Decide which records stand."),
}
JOB_WORDS: Mapping[str, tuple[Promise, Mapping[str, Promise]]] = {
    "kits.make": (_("Making an offline kit"), {"files": _("Files"), "number": pgettext_lazy("kit", "Number")}),
}


def mode_word(modes: Mapping[str, tuple[str, str]], code: str) -> str:
    """What the pack calls this way of studying; the bare code when it does not know it."""
    zh, en = modes.get(code, (code, code))
    return en if (get_language() or "").startswith("en") else zh

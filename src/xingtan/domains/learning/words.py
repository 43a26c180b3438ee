"""Labels and refusal sentences of learning."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xingtan.core.learned_time import BeatReason

REFUSALS: dict[str, str | Promise] = {
    "unit_not_chosen": _("This unit belongs to a course that you did not choose. Choose it first, or open one of your own courses."),
    "record_seconds_impossible": _("%(count)s records say a time that nobody can have learned. Nothing was delivered."),
    "record_changed": _("%(count)s records were delivered before with other figures. Deliver a correction under a new record number."),
    "records_not_of_provider": _("%(count)s records name an offer of another provider. Nothing was delivered."),
    "records_unreadable": _("The file could not be read: expected an .xlsx or .csv file with the headings %(headings)s."),
    "records_without_rows": _("The file has headings but no rows."),
}
REASONS: dict[str, str | Promise] = {
    BeatReason.COUNTED: _("counted"),
    BeatReason.HIDDEN: _("in the background, not counted"),
    BeatReason.NOTHING_PLAYED: _("paused, not counted"),
    BeatReason.OVERLAPPING: _("already counted in another player"),
    BeatReason.REPEATED: _("watched again, not counted"),
    BeatReason.IMPOSSIBLE_SPEED: _("faster than the time allows, not counted"),
    BeatReason.FROM_THE_FUTURE: _("from a clock ahead of the server's, not counted"),
    BeatReason.REPLAYED: _("arrived before"),
    BeatReason.BEYOND_END: _("beyond the end, not counted"),
    BeatReason.SESSION_UNKNOWN: _("from a player that is not open any more"),
    BeatReason.ABSENT: _("nobody answered whether somebody is there, not counted"),
    BeatReason.IDLE: _("open without anything done, not counted"),
    BeatReason.DAY_CAP: _("beyond what one day counts, not counted"),
}
PROBLEMS: dict[str, str | Promise] = {
    "number_missing": _("the record number is missing or longer than 80 characters"),
    "number_twice": _("this record number stands in the file more than once"),
    "not_a_trainee": _("no trainee of yours has this identity number"),
    "name_differs": _("the name does not belong to this identity number"),
    "offer_unknown": _("the trainee did not choose this course or project of yours in the year of this day"),
    "seconds_wrong": _("the seconds are not a whole number above zero"),
    "day_wrong": _("the day is not a date such as 2026-03-15, or it is in the future"),
    "mode_unknown": _("the policy of that year knows no such way of studying"),
    "record_differs": _("this record number was delivered before with other figures; give the correction a new number"),
}

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

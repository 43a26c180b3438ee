"""Sentences of an explanation."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NODE_LABELS: Mapping[str, Promise] = {
    "verdict": _("Training year %(year)s"),
    "offset": _("Offset by duties"),
    "carried": _("Carried over from the year before"),
    "is_met": _("%(have)s of %(need)s: complete"),
    "is_lacking": _("%(have)s of %(need)s: something is missing"),
    "is_waiting": _("%(have)s of %(need)s: somebody else has it"),
}
ACTIVITY_TOLD: Mapping[str, Promise] = {
    "learned": _("%(minutes)s minutes were measured; %(per_hour)s minutes make an hour: %(learned)s hours were learned."),
    "activity": _("Its lead confirmed %(learned)s hours."),
    "opening": _("%(learned)s hours were brought in from the time before Xingtan."),
    "other": _("%(learned)s hours were learned."),
    "nobody": _("Whoever ran it has not entered it yet."),
}
COUNTED_TOLD = _("Of %(learned)s hours %(counted)s count; the rest is over what the policy asks for.")
STATE_TOLD = _("Entry: %(state)s.")
OTHER_TOLD: Mapping[str, Promise] = {
    "offset": _("Of %(whole)s hours of duties %(used)s stand for training hours."),
    "carried": _("%(used)s hours beyond what the year before required count here."),
}

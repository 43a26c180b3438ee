"""The seven counts in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import Pace

COUNT_LABELS: Mapping[str, Promise] = {
    "planned": pgettext_lazy("seven counts", "Planned"),
    "registered": pgettext_lazy("seven counts", "Registered"),
    "selected": pgettext_lazy("seven counts", "Selected"),
    "paid": pgettext_lazy("seven counts", "Paid"),
    "studying": pgettext_lazy("seven counts", "Studying"),
    "assessed": pgettext_lazy("seven counts", "Assessed"),
    "qualified": pgettext_lazy("seven counts", "Qualified"),
}
COUNT_HINTS: Mapping[str, Promise] = {
    "planned": pgettext_lazy(
        "seven counts",
        "On the register, in post or on leave, hired by the year's last day; of a closed year everybody with a verdict, at the school of then",
    ),
    "registered": pgettext_lazy("seven counts", "Of the planned: account activated, or registered in bulk for the year"),
    "selected": pgettext_lazy("seven counts", "Of the planned: has a course selection of the year that is neither returned nor withdrawn"),
    "paid": pgettext_lazy("seven counts", "Of the planned: the selection is paid for"),
    "studying": pgettext_lazy("seven counts", "Of the planned: has learned time of the year, or hours entered for it"),
    "assessed": pgettext_lazy("seven counts", "Of the planned: the year's determination came to a finding, whichever it is"),
    "qualified": pgettext_lazy("seven counts", "Of the planned: the year's verdict is qualified"),
}
PACES: Mapping[Pace, tuple[str, Promise]] = {
    Pace.DONE: ("ok", pgettext_lazy("live view", "Done")),
    Pace.NOT_BEGUN: ("plain", pgettext_lazy("live view", "Not begun")),
    Pace.STOPPED: ("stop", pgettext_lazy("live view", "Stopped")),
    Pace.BEHIND: ("wait", pgettext_lazy("live view", "Behind")),
    Pace.ON_TRACK: ("info", pgettext_lazy("live view", "On track")),
}
REFUSALS: Mapping[str, Promise] = {
    "nobody_ticked": _("Nobody is ticked."),
    "research_k_range": _("Choose a k between %(least)s and %(most)s."),
}
JOB_WORDS: Mapping[str, tuple[Promise, Mapping[str, Promise]]] = {
    "supervision.research": (_("Research data"), {"rows": _("People"), "left_out": _("Left out"), "k": pgettext_lazy("research", "k")}),
}
MESSAGES: Mapping[str, Promise] = {
    "live_not_begun": _("You have not begun to study in %(project)s. Open a course and begin."),
    "live_stopped": _("You have not studied in %(project)s for some time. Go on where you stopped."),
    "live_behind": _("You are behind in %(project)s. See what is still missing, and go on."),
}

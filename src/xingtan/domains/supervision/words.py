"""The seven counts in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

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
    "planned": pgettext_lazy("seven counts", "On the register, in post or on leave, hired by the year's last day"),
    "registered": pgettext_lazy("seven counts", "Of the planned: account activated, or registered in bulk for the year"),
    "selected": pgettext_lazy("seven counts", "Has a course selection of the year that is neither returned nor withdrawn"),
    "paid": pgettext_lazy("seven counts", "The selection is paid for"),
    "studying": pgettext_lazy("seven counts", "Has learned time of the year, or hours entered for it"),
    "assessed": pgettext_lazy("seven counts", "The year's determination came to a finding, whichever it is"),
    "qualified": pgettext_lazy("seven counts", "The year's verdict is qualified"),
}

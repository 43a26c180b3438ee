"""Labels of the front page."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

COUNTS: dict[str, str | Promise] = {
    "planned": pgettext_lazy("count", "Planned"),
    "registered": pgettext_lazy("count", "Registered"),
    "selected": pgettext_lazy("count", "Selected"),
    "paid": pgettext_lazy("count", "Paid"),
    "studying": pgettext_lazy("count", "Studying"),
    "assessed": pgettext_lazy("count", "Assessed"),
    "qualified": pgettext_lazy("count", "Qualified"),
}

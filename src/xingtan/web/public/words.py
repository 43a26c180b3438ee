"""Labels of the front page."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from xingtan.core.calendar import WindowKind

COUNTS: dict[str, str | Promise] = {
    "planned": pgettext_lazy("count", "Planned"),
    "registered": pgettext_lazy("count", "Registered"),
    "selected": pgettext_lazy("count", "Selected"),
    "paid": pgettext_lazy("count", "Paid"),
    "studying": pgettext_lazy("count", "Studying"),
    "assessed": pgettext_lazy("count", "Assessed"),
    "qualified": pgettext_lazy("count", "Qualified"),
}
WINDOWS: dict[WindowKind, str | Promise] = {
    WindowKind.SELECTION: pgettext_lazy("window", "Selection"),
    WindowKind.PAYMENT: pgettext_lazy("window", "Payment"),
    WindowKind.STUDY: pgettext_lazy("window", "Study"),
    WindowKind.HANDING_IN: pgettext_lazy("window", "Handing in"),
    WindowKind.EXAM: pgettext_lazy("window", "Exam"),
    WindowKind.ENTRY: pgettext_lazy("window", "Entry"),
    WindowKind.REVIEW: pgettext_lazy("window", "Review"),
    WindowKind.VERIFICATION: pgettext_lazy("window", "Verification"),
    WindowKind.OBJECTIONS: pgettext_lazy("window", "Objections"),
}

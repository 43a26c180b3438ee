"""Labels and refusals of packs, years and windows."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.core.calendar import Position, WindowKind

from .states import WindowReason, YearState

WINDOW_LABELS: Mapping[WindowKind, Promise] = {
    WindowKind.SELECTION: _("Course selection"),
    WindowKind.PAYMENT: _("Payment"),
    WindowKind.STUDY: _("Study"),
    WindowKind.HANDING_IN: _("Handing in"),
    WindowKind.EXAM: _("Unified exam"),
    WindowKind.ENTRY: _("Entry of hours"),
    WindowKind.REVIEW: _("Review"),
    WindowKind.VERIFICATION: _("Verification"),
    WindowKind.OBJECTIONS: _("Objections"),
}
POSITION_LABELS: Mapping[Position, Promise] = {
    Position.BEFORE: pgettext_lazy("window", "not yet open"),
    Position.OPEN: pgettext_lazy("window", "open"),
    Position.AFTER: pgettext_lazy("window", "over"),
}
YEAR_STATE_LABELS: Mapping[YearState, Promise] = {
    YearState.OPEN: pgettext_lazy("training year", "Open"),
    YearState.CLOSED: pgettext_lazy("training year", "Closed"),
}
WINDOW_REASON_LABELS: Mapping[WindowReason, Promise] = {
    WindowReason.CIRCULAR: _("A circular of the province"),
    WindowReason.OUTAGE: _("The network or the platform was down"),
    WindowReason.WEATHER: _("Weather or another emergency"),
    WindowReason.MISTAKE: _("The days were entered wrongly"),
    WindowReason.OTHER: _("Another reason"),
}
REFUSALS: Mapping[str, Promise] = {
    "pack_broken": _("The pack is refused. Mistakes found: %(count)s. %(problems)s"),
    "pack_version_taken": _(
        "Version %(version)s of the pack %(pack)s is already adopted with other words. Give the new text a new version."
    ),
    "year_not_of_a_province": _("Training years are opened by a province."),
    "year_out_of_reach": _(
        "The training year %(year)s cannot be opened: this pack begins in %(first)s, and the latest year possible now is %(last)s."
    ),
    "year_already_open": _(
        "The training year %(year)s is already open, with the pack %(pack)s %(version)s. A year has one pack and keeps it."
    ),
    "year_closed": _("The training year %(year)s is closed. Nothing of it is changed any more."),
    "windows_missing": _("The year needs days for every window. Missing: %(kinds)s."),
    "windows_unknown": _("The pack does not know these windows: %(kinds)s."),
    "window_backwards": _("A window closes before it opens: %(kinds)s. Give a last day that is not before the first."),
    "window_outside_year": _("A window lies outside the days that are possible (%(first)s to %(last)s): %(kinds)s."),
}

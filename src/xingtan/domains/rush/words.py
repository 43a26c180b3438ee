"""What a press was answered, in words; pages put them beside the press, so that the answer needs no second request."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: Mapping[str, Promise] = {
    "rush_year_closed": _("The training year is closed; nobody comes into its projects any more."),
    "rush_needs_approval": _("This project asks for approval by now; apply on its page instead."),
    "rush_not_this_day": _("Applications for this project are not open today."),
    "rush_not_in_post": _("The register says that you are no longer in post. Ask your school's administrator."),
    "rush_no_quota": _("No seats of this project serve your school. Ask your county's office."),
    "rush_full": _("All seats are taken, and this project keeps no waiting line."),
    "class_full_now": _("This class has no room left. Choose another one on the project's page."),
    "rush_stale": _("This page is too old. Load it again, then press."),
    "rush_not_kept": _("The server could not keep the press just now. Nothing was decided; press again."),
    "rush_bad_request": _("The press did not arrive whole. Load the page again."),
}
ANSWERS: Mapping[str, Promise] = {
    "admitted": _("You have a seat."),
    "waiting": _("All seats are taken. You wait in line, place %(place)s."),
    "round_not_open": _("It is not open yet. Nothing was decided; press again when it opens."),
    "round_closed": _("The round is over."),
    "admission_project_not_open": _("The project is not open to applications."),
}

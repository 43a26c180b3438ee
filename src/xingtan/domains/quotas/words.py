"""Labels and refusals of quotas."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import Act, Rule, Way

ACT_LABELS: Mapping[str, Promise] = {
    Act.GRANTED: pgettext_lazy("quota", "Granted"),
    Act.AMENDED: pgettext_lazy("quota", "Number changed"),
    Act.PASSED_DOWN: pgettext_lazy("quota", "Passed down"),
    Act.RECEIVED: pgettext_lazy("quota", "Received"),
    Act.RETURNED: pgettext_lazy("quota", "Given back"),
    Act.TAKEN_BACK: pgettext_lazy("quota", "Taken back by the office above"),
    Act.GOT_BACK: pgettext_lazy("quota", "Came back"),
}
WAY_LABELS: Mapping[str, Promise] = {
    Way.BY_HAND: pgettext_lazy("quota", "By hand"),
    Way.BY_RULE: pgettext_lazy("quota", "By rule"),
    Way.BY_WORKBOOK: pgettext_lazy("quota", "By workbook"),
    Way.BY_DEADLINE: pgettext_lazy("quota", "After its deadline"),
}
RULE_LABELS: Mapping[str, Promise] = {
    Rule.TEACHERS: _("By number of teachers in post"),
    Rule.RURAL_TEACHERS: _("By number of teachers at rural schools"),
    Rule.PLANNED: _("By the need stated in the plans"),
    Rule.EQUAL: _("The same for everyone"),
}
REFUSALS: Mapping[str, Promise] = {
    "quota_not_yours": _("These seats are held by another office. Only the office that holds seats passes them down or gives them back."),
    "quota_not_organiser": _("Only the office that runs the project says how many seats it has."),
    "quota_project_closed": _("The project is closed or cancelled; its seats stay as they are."),
    "quota_category_unknown": _("The project does not have this category of seats."),
    "quota_not_below": _("%(name)s is not directly below the office that passes the seats down."),
    "quota_office_closed": _("%(name)s is closed and cannot receive seats."),
    "quota_seats_number": _("Give a whole number of seats, 0 or more."),
    "quota_seats_bound": _("%(bound)s seats are already passed on or given to teachers there; it cannot hold fewer."),
    "quota_seats_promised": _(
        "Until %(day)s the office may keep its free seats. After that you can take them back; before, only it can give them back."
    ),
    "quota_not_enough_free": _(
        "You have %(free)s free seats and the numbers ask for %(more)s more than were held before. Lower some of them."
    ),
    "quota_nothing_free": _("Only %(free)s seats are free here; no more can be given back."),
    "quota_top_of_all": _("These seats come from the project itself. Change their number instead of giving them back."),
    "quota_return_past": _("The last day for keeping free seats lies in the past. Give a later day or none."),
    "quota_targets": _("Some of the numbers cannot be. Nothing was changed; what to mend stands beside each."),
}

"""What is wrong with a row of nominations, and why a workbook is refused."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.domains.admissions.api import BatchState

PROBLEMS: Mapping[str, Promise] = {
    "nominee_unknown": _("Nobody of your branch has this identity number."),
    "nominee_name_differs": _("The name is not that of the register for this number."),
    "nominee_twice": _("The file names this person twice."),
    "nominee_stands": _("An application of this person for the project stands already."),
    "nominee_class_unknown": _("The project has no class or course of this title."),
    "nominee_class_full": _("The class was cancelled or has no room left."),
    "nominee_category_unknown": _("The project has no such category of seats."),
    "nominee_not_rural": _("The seats are for rural schools; the teacher's school is not one."),
    "nominee_plan_unknown": _("The plan of study names a course that the project does not offer."),
    "nominee_elsewhere": _("The project is not for the school of this person."),
    "nominee_conditions": _("A condition of the project is not met."),
}
REFUSALS: Mapping[str, Promise] = {
    "nominations_have_problems": _("%(count)s rows are refused, so nothing was written. Mend them, or hand in the good ones only."),
    "nominations_without_headings": _("The sheet needs these headings: %(headings)s."),
    "nominations_without_rows": _("The sheet has no rows below its headings."),
    "nominations_too_many": _("A workbook may have %(most)s rows at most."),
    "batch_wrong_state": _("The workbook was taken back or finished in the meantime."),
    "batch_project_begun": _("The training has begun; the workbook is no longer taken back as a whole. Withdraw people one by one."),
}
BATCH_STATES: Mapping[str, Promise] = {
    BatchState.WRITING: pgettext_lazy("batch", "Being written"),
    BatchState.WRITTEN: pgettext_lazy("batch", "Written"),
    BatchState.UNDOING: pgettext_lazy("batch", "Being taken back"),
    BatchState.UNDONE: pgettext_lazy("batch", "Taken back"),
}

"""The room's labels and refusals in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import SecondPostKind, TransferState

TRANSFER_STATES: Mapping[str, Promise] = {
    TransferState.WAITING: pgettext_lazy("transfer", "Waiting"),
    TransferState.DONE: pgettext_lazy("transfer", "Carried out"),
    TransferState.REFUSED: pgettext_lazy("transfer", "Refused"),
    TransferState.WITHDRAWN: pgettext_lazy("transfer", "Withdrawn"),
}
SECOND_POSTS: Mapping[str, Promise] = {
    SecondPostKind.EXCHANGE: pgettext_lazy("second post", "Exchange between schools"),
    SecondPostKind.SECONDMENT: pgettext_lazy("second post", "Secondment"),
    SecondPostKind.AID: pgettext_lazy("second post", "Aid teaching"),
    SecondPostKind.LESSONS: pgettext_lazy("second post", "Lessons at a second school"),
}
JOB_WORDS: Mapping[str, tuple[Promise, Mapping[str, Promise]]] = {
    "moves.take_out": (_("Packing everything about a school"), {"teachers": _("Teachers")}),
}
REFUSALS: Mapping[str, Promise] = {
    "move_reason_missing": _("Say why; the reason is kept with the act."),
    "merge_transfer_waits": _("A transfer of one of the two is waiting. Finish it first."),
    "post_day_in_future": _("The day is in the future. Enter it when the day has come."),
    "post_day_too_early": _("Another change is on record since %(day)s. Take that day or a later one."),
    "post_no_such_turn": _("From the present status there is no such step."),
    "transfer_not_these": _("The teacher is at this school already, or the record is merged into another."),
    "transfer_school_closed": _("This school is closed."),
    "transfer_waits_already": _("A transfer to another school is waiting already. Withdraw it first."),
    "transfer_overtaken": _("The transfer is over already, or something has changed since. Look at the teacher's page."),
    "second_post_at_own_school": _("This is the school of the post. A second post is elsewhere."),
    "second_post_days": _("The last day lies before the first."),
    "second_post_not_in_post": _("Only somebody in post teaches elsewhere as well."),
    "second_post_held": _("The teacher has a second post at this school in these days already."),
    "school_has_people": _("%(count)s teachers are still at this school. Move them first, or merge it into another school."),
    "school_not_open": _("One of these schools is closed already."),
    "school_not_these": _("Choose another school or office for this."),
    "school_not_found": _("No open school has the code or name “%(found)s”. Choose one of the list."),
    "school_several": _("Several schools are called “%(found)s”. Give the school's code instead."),
    "school_name_missing": _("Give the new name."),
}

"""The room's labels, reasons that rules give, refusals and messages."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import Act, RoundState, State, Way

STATES: Mapping[str, Promise] = {
    State.DRAFTED: pgettext_lazy("application", "Draft"),
    State.APPLIED: pgettext_lazy("application", "Waits for approval"),
    State.SCHOOL_APPROVED: pgettext_lazy("application", "First approval given"),
    State.COUNTY_APPROVED: pgettext_lazy("application", "Approved"),
    State.WAITING: pgettext_lazy("application", "Waits for a seat"),
    State.OFFERED: pgettext_lazy("application", "Seat offered"),
    State.ADMITTED: pgettext_lazy("application", "Admitted"),
    State.DECLINED: pgettext_lazy("application", "Declined"),
    State.WITHDRAWN: pgettext_lazy("application", "Withdrawn"),
    State.DEFERRED: pgettext_lazy("application", "Deferred"),
    State.SUBSTITUTED: pgettext_lazy("application", "Replaced"),
    State.CANCELLED: pgettext_lazy("application", "Cancelled"),
    State.LAPSED: pgettext_lazy("application", "Lapsed"),
}
CHIPS: Mapping[str, str] = {
    "drafted": "plain", "applied": "wait", "school_approved": "wait", "county_approved": "wait", "waiting": "wait", "offered": "act",
    "admitted": "ok", "declined": "stop", "withdrawn": "plain", "deferred": "plain", "substituted": "plain", "cancelled": "stop",
    "lapsed": "plain", "planned": "wait", "trimmed": "act", "decided": "ok", "dropped": "plain",
    "writing": "wait", "written": "ok", "undoing": "wait", "undone": "plain",
}  # fmt: skip
WAYS: Mapping[str, Promise] = {
    Way.OWN: pgettext_lazy("way", "Own choice"),
    Way.PLACEMENT: pgettext_lazy("way", "Placed by the office"),
    Way.NOMINATION: pgettext_lazy("way", "Nominated"),
    Way.NATIONAL: pgettext_lazy("way", "By the rules of a national programme"),
}
ACTS: Mapping[str, Promise] = {
    Act.DRAFT: pgettext_lazy("step", "Draft begun"),
    Act.APPLY: pgettext_lazy("step", "Handed in"),
    Act.APPROVE_FIRST: pgettext_lazy("step", "First approval"),
    Act.APPROVE: pgettext_lazy("step", "Approved"),
    Act.RETURN: pgettext_lazy("step", "Sent back"),
    Act.DECLINE: pgettext_lazy("step", "Declined"),
    Act.ADMIT: pgettext_lazy("step", "Seat given"),
    Act.LINE_UP: pgettext_lazy("step", "Joined the line"),
    Act.OFFER: pgettext_lazy("step", "Seat offered"),
    Act.ACCEPT: pgettext_lazy("step", "Offer accepted"),
    Act.CHANGE: pgettext_lazy("step", "Changed"),
    Act.WITHDRAW: pgettext_lazy("step", "Withdrawn"),
    Act.DEFER: pgettext_lazy("step", "Deferred"),
    Act.SUBSTITUTE: pgettext_lazy("step", "Replaced by another"),
    Act.CANCEL: pgettext_lazy("step", "Cancelled"),
    Act.LAPSE: pgettext_lazy("step", "Lapsed"),
}
REASONS: Mapping[str, Promise] = {
    "=full": _("No seat was free, and the project keeps no line."),
    "=no_answer": _("The offer was not answered in time."),
    "=trimmed": _("More applied than the class takes."),
    "=round_over": _("The round ended before it was approved."),
    "=project_cancelled": _("The project was cancelled."),
    "=left_post": _("The teacher left the post."),
    "=moved_school": _("The teacher moved to another school, and the application went along."),
    "=moved_away": _("The teacher moved to a school for which the project is not."),
    "=batch_undone": _("The workbook with it was taken back."),
}
CRITERIA: Mapping[str, Promise] = {
    "cancelled": _("Those whose class was cancelled or trimmed in an earlier round"),
    "debt": _("Those who owe an earlier year, the oldest debt first"),
    "deferred": _("Those who were deferred before"),
    "rural": _("Teachers of rural schools"),
    "untrained": _("Those with the fewest trainings so far"),
    "arrived": _("Those who applied earlier"),
}
ROUND_STATES: Mapping[str, Promise] = {
    RoundState.PLANNED: pgettext_lazy("round", "Planned"),
    RoundState.TRIMMED: pgettext_lazy("round", "Trimmed"),
    RoundState.DECIDED: pgettext_lazy("round", "Decided"),
    RoundState.DROPPED: pgettext_lazy("round", "Dropped"),
}
MESSAGES: Mapping[str, Promise] = {
    "application_admitted": _("You have a seat in “%(project)s”."),
    "application_waiting": _("No seat is free in “%(project)s” now. You stand in line and hear when one becomes free."),
    "application_offered": _("A seat in “%(project)s” is free for you. Accept it in time, or it goes to the next."),
    "application_lapsed": _("The seat offered to you in “%(project)s” went to the next in line."),
    "application_declined": _("Your application for “%(project)s” was declined. Reason: %(reason)s"),
    "application_returned": _("Your application for “%(project)s” was sent back to be mended. Reason: %(reason)s"),
    "application_trimmed": _("More applied for your class in “%(project)s” than it takes. You choose first in the next round."),
    "application_class_cancelled": _("Your class in “%(project)s” was cancelled: %(reason)s. You choose first among the others."),
    "application_moved_along": _(
        "Your application for “%(project)s” went along to your new school and keeps its place; seats come from there now."
    ),
    "application_moved_away": _(
        "The project “%(project)s” is not for your new school. Your application, which had no seat yet, has ended."
    ),
}

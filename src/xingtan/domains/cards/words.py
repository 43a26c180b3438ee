"""Labels, refusals and messages of learning cards."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .rules import Refusal
from .states import CardAct, CardState, ConsignmentState, PurchaseState, ReportState

STATES: dict[CardState, str | Promise] = {
    CardState.MADE: pgettext_lazy("card", "Printed"),
    CardState.ON_THE_WAY: pgettext_lazy("card", "On the way"),
    CardState.HELD: pgettext_lazy("card", "In hand"),
    CardState.ISSUED: pgettext_lazy("card", "Handed out"),
    CardState.ACTIVE: pgettext_lazy("card", "Active"),
    CardState.EXHAUSTED: pgettext_lazy("card", "Used up"),
    CardState.LAPSED: pgettext_lazy("card", "Lapsed unused"),
    CardState.EXPIRED: pgettext_lazy("card", "Expired"),
    CardState.LOST: pgettext_lazy("card", "Lost"),
    CardState.DAMAGED: pgettext_lazy("card", "Damaged"),
    CardState.VOID: pgettext_lazy("card", "Void"),
}
CHIPS: dict[CardState, str] = {
    CardState.MADE: "plain",
    CardState.ON_THE_WAY: "wait",
    CardState.HELD: "info",
    CardState.ISSUED: "act",
    CardState.ACTIVE: "ok",
    CardState.EXHAUSTED: "info",
    CardState.LAPSED: "plain",
    CardState.EXPIRED: "plain",
    CardState.LOST: "stop",
    CardState.DAMAGED: "stop",
    CardState.VOID: "plain",
}
ACTS: dict[CardAct, str | Promise] = {
    CardAct.MAKE: pgettext_lazy("card act", "Made"),
    CardAct.SEND: pgettext_lazy("card act", "Sent on"),
    CardAct.RECEIVE: pgettext_lazy("card act", "Received"),
    CardAct.LOSE: pgettext_lazy("card act", "Reported lost"),
    CardAct.DAMAGE: pgettext_lazy("card act", "Reported damaged"),
    CardAct.HAND_OUT: pgettext_lazy("card act", "Handed out"),
    CardAct.ACTIVATE: pgettext_lazy("card act", "Activated"),
    CardAct.EXHAUST: pgettext_lazy("card act", "Hours used up"),
    CardAct.TOP_UP: pgettext_lazy("card act", "Hours added"),
    CardAct.EXPIRE: pgettext_lazy("card act", "Expired"),
    CardAct.EXTEND: pgettext_lazy("card act", "Extended"),
    CardAct.REPLACE: pgettext_lazy("card act", "Replaced by another"),
    CardAct.RECALL: pgettext_lazy("card act", "Called back"),
}
CONSIGNMENTS: dict[ConsignmentState, str | Promise] = {
    ConsignmentState.SENT: pgettext_lazy("parcel", "On the way"),
    ConsignmentState.RECEIVED: pgettext_lazy("parcel", "Received in full"),
    ConsignmentState.SHORT: pgettext_lazy("parcel", "Received with differences"),
    ConsignmentState.SETTLED: pgettext_lazy("parcel", "Differences explained"),
}
PARCEL_CHIPS: dict[ConsignmentState, str] = {
    ConsignmentState.SENT: "wait",
    ConsignmentState.RECEIVED: "ok",
    ConsignmentState.SHORT: "stop",
    ConsignmentState.SETTLED: "plain",
}
REPORTS: dict[ReportState, str | Promise] = {
    ReportState.REPORTED: pgettext_lazy("card report", "Reported"),
    ReportState.RETURNED: pgettext_lazy("card report", "Sent back"),
    ReportState.COUNTED: pgettext_lazy("card report", "Counted by the county"),
    ReportState.ISSUED: pgettext_lazy("card report", "Cards made"),
}
REPORT_CHIPS: dict[ReportState, str] = {
    ReportState.REPORTED: "wait",
    ReportState.RETURNED: "stop",
    ReportState.COUNTED: "info",
    ReportState.ISSUED: "ok",
}
PURCHASES: dict[PurchaseState, str | Promise] = {
    PurchaseState.ORDERED: pgettext_lazy("purchase", "Waits for the payment"),
    PurchaseState.PAID: pgettext_lazy("purchase", "Paid"),
    PurchaseState.CANCELLED: pgettext_lazy("purchase", "Given up"),
}
PURCHASE_CHIPS: dict[PurchaseState, str] = {PurchaseState.ORDERED: "wait", PurchaseState.PAID: "ok", PurchaseState.CANCELLED: "plain"}

REFUSALS: dict[str, str | Promise] = {
    Refusal.CARD_MOVED_ON: _("A card is no longer where the page showed it. Look at the list again."),
    Refusal.CARDS_TOO_FEW: _("%(held)s cards are in hand and %(wanted)s are asked for. Report the missing ones, or take fewer."),
    Refusal.CARDS_TOO_MANY: _("A batch has between 1 and %(most)s cards."),
    Refusal.CARDS_NOBODY: _("Nobody is ticked, or a number is 0. Choose at least one."),
    Refusal.CARDS_NOT_BELOW: _("Cards go down to offices and schools of your own branch."),
    Refusal.CARDS_NOT_REPORTED: _("%(count)s of the ticked teachers were never reported for a card. Report their names first."),
    Refusal.CARDS_HELD_ALREADY: _("All of these teachers have been reported for a card of this year already."),
    Refusal.CARDS_REASON: _("Say why, so that the trail explains it."),
    Refusal.CARDS_STRANGE_NUMBER: _("A number is not of this parcel, or stands under both missing and damaged. Compare digit by digit."),
    Refusal.CARDS_DAY: _("The last day of a card is today or later."),
    Refusal.CONSIGNMENT_DONE: _("This parcel has been confirmed already. Look at it again."),
    Refusal.REPORT_DONE: _("This report has been answered already. Later names go into a new one."),
    Refusal.NOT_A_MEMBER: _("Hours are sold to individual members. Apply to your county centre for membership first."),
    Refusal.PURCHASE_DONE: _("This order has been decided already."),
}
MESSAGES: dict[str, str | Promise] = {
    "card_handed_out": _("Your learning card of %(hours)s hours is with your school. Activate it under “My learning card”."),
    "card_used": _("%(percent)s%% of the %(hours)s hours of your learning card are used."),
    "card_expires": _("Your learning card is good until %(day)s. What you studied is kept."),
}

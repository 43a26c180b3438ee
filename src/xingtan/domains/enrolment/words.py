"""Labels and refusal sentences of enrolment."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import Refusal, State

STATES: dict[State, str | Promise] = {
    State.CHOSEN: pgettext_lazy("selection", "Waiting for confirmation"),
    State.CONFIRMED: pgettext_lazy("selection", "Confirmed, waiting for payment"),
    State.PAID: pgettext_lazy("selection", "Paid"),
    State.REGISTERED: pgettext_lazy("selection", "Registered"),
    State.RETURNED: pgettext_lazy("selection", "Sent back"),
    State.WITHDRAWN: pgettext_lazy("selection", "Withdrawn"),
}
CHIPS: dict[State, str] = {
    State.CHOSEN: "wait",
    State.CONFIRMED: "act",
    State.PAID: "info",
    State.REGISTERED: "ok",
    State.RETURNED: "stop",
    State.WITHDRAWN: "plain",
}

REFUSALS: dict[str, str | Promise] = {
    "merge_two_choices": _("Both records have a course selection of %(year)s. Withdraw one of them first."),
    Refusal.SELECTION_NOT_OPEN: _("Choosing opens on %(day)s."),
    Refusal.SELECTION_CLOSED: _("Choosing and changing closed on %(day)s. Ask your school."),
    Refusal.CONFIRMATION_CLOSED: _("Confirming closed on %(day)s, with the payment window."),
    Refusal.WITHDRAWAL_CLOSED: _("Withdrawal was possible until %(day)s."),
    Refusal.PROJECT_NOT_OPEN: _("This project is not open for choice today."),
    Refusal.OFFER_ELSEWHERE: _("A course or workshop does not belong to this project. Open the project again and choose."),
    Refusal.ITEM_UNKNOWN: _("The policy has no item %(item)s."),
    Refusal.ITEM_IS_GAP: _("The policy leaves out item %(item)s; choose another."),
    Refusal.ITEM_FOR_NEW_HIRES: _("Item %(item)s is for new hires in their first year only."),
    Refusal.ITEM_OF_NEW_HIRES: _("In your first year after hiring you take item %(item)s."),
    Refusal.COMPONENT_SHORT: _("%(hours)s hours are still missing in this part. Choose another course."),
    Refusal.COURSE_SUPERFLUOUS: _(
        "The hours are enough without one course of %(hours)s hours; surplus hours do not carry over. Leave it out."
    ),
    Refusal.NO_WORKSHOP: _("No workshop is chosen; %(hours)s hours are missing."),
    Refusal.WORKSHOP_ONE_ONLY: _("Choose one workshop only."),
    Refusal.WORKSHOP_OTHER_SUBJECT: _("This workshop belongs to a subject that is neither yours nor related to it."),
    Refusal.WORKSHOP_OTHER_STAGE: _("This workshop belongs to a stage that is neither yours nor next to it."),
    Refusal.ALREADY_STUDIED: _("A course of this choice was studied in an earlier year."),
    Refusal.COMPONENT_OVER: _("%(hours)s hours more than required; surplus does not carry over."),
    Refusal.SELECTION_CONFIRMED: _("Your school has confirmed this choice. Ask it to send the choice back before you change it."),
    Refusal.SELECTION_ADVANCED: _("A selection is further along or was withdrawn. Look at the list again."),
    Refusal.SELECTION_FLAGGED: _("%(count)s of the selected choices cannot be confirmed. Send them back or take them out."),
    Refusal.NOT_TEACHING: _("A teacher who left or retired is not enrolled."),
    Refusal.REASON_MISSING: _("Say why, so that the teacher knows what to change."),
    Refusal.CARD_NUMBER_WRONG: _("This is not the number of a learning card. Compare it digit by digit."),
    Refusal.CARD_NOT_YOURS: _("This card belongs to someone else. Learning cards are personal."),
    Refusal.CARD_VOID: _("This card was replaced or reported lost. Use the new one, or ask your school."),
    Refusal.CARD_EXPIRED: _("This card was good until %(day)s. Your school can ask the county to extend it; what you studied is kept."),
    Refusal.CARD_EXHAUSTED: _(
        "The %(hours)s hours of your card are used up. More hours can be bought through your county; nothing is lost."
    ),
    Refusal.CARD_AFTER_REGISTRATION: _("Under this policy cards are issued with the registration, once the school has paid."),
    Refusal.STUDY_NEEDS_SELECTION: _("Choose your courses first."),
    Refusal.STUDY_NEEDS_CONFIRMATION: _("Your school has not confirmed your choice yet. Ask your school's training clerk."),
    Refusal.STUDY_NEEDS_PAYMENT: _("Your school has not paid yet. Study opens by itself once it has; you pay nothing."),
    Refusal.STUDY_NEEDS_REGISTRATION: _("You are not registered yet. Your office registers all who are paid for."),
    Refusal.STUDY_NEEDS_CARD: _("Your learning card is not active yet. Open “My learning card”."),
    Refusal.STUDY_NOT_OPEN: _("Study opens on %(day)s."),
    Refusal.STUDY_CLOSED: _("Study closed on %(day)s. What you did is kept."),
}

# Short forms for the chip of a table; the sentence stands behind it.
CHECKS: dict[str, str | Promise] = {
    Refusal.NO_WORKSHOP: _("No workshop, %(hours)s h missing"),
    Refusal.COMPONENT_SHORT: _("%(hours)s h missing"),
    Refusal.COMPONENT_OVER: _("%(hours)s h over"),
    Refusal.ALREADY_STUDIED: _("Studied before"),
    Refusal.WORKSHOP_ONE_ONLY: _("Two workshops"),
    Refusal.WORKSHOP_OTHER_SUBJECT: _("Unrelated subject"),
    Refusal.WORKSHOP_OTHER_STAGE: _("Unrelated stage"),
    Refusal.ITEM_FOR_NEW_HIRES: _("Not a new hire"),
    Refusal.ITEM_OF_NEW_HIRES: _("New hire, other item"),
}

MESSAGES: dict[str, str | Promise] = {
    "selection_returned": _("Your school sent your choice back: %(reason)s"),
    "selection_confirmed": _("Your school confirmed your choice."),
    "card_issued": _("Your learning card is here. Study is open."),
}

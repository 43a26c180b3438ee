"""Labels and refusal sentences of finance."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import Charge, Refusal, State

STATES: dict[State, str | Promise] = {
    State.DUE: pgettext_lazy("bill", "Due"),
    State.PAID: pgettext_lazy("bill", "Paid"),
    State.VOID: pgettext_lazy("bill", "Void"),
}
CHIPS: dict[State, str] = {State.DUE: "wait", State.PAID: "ok", State.VOID: "plain"}
CHARGES: dict[Charge, str | Promise] = {
    Charge.HOURS: pgettext_lazy("bill", "Hours"),
    Charge.CERTIFICATE: pgettext_lazy("bill", "Certificate of the cycle"),
}
REFUSALS: dict[str, str | Promise] = {
    Refusal.BILL_VOID: _("This bill is void. Pay the one that replaced it."),
    Refusal.BILL_PAID: _("This bill is paid and can no longer be made void."),
    Refusal.BILL_REFERENCE_MISSING: _("Enter the bank's reference of the transfer, so that the receipt can name it."),
    Refusal.BILL_REASON_MISSING: _("Say why the bill is made void."),
}
MESSAGES: dict[str, str | Promise] = {}

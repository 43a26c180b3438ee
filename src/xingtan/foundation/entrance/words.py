"""Refusals and messages of the entrance in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS: dict[str, str | Promise] = {
    "factor_code_wrong": _("The code is wrong or was used before. Wait for the next one and type that."),
    "factor_already": _("An authenticator app is set up already. Remove it before you set up another."),
    "factor_last": _("Your role needs a second factor. Set up another one before you remove the last."),
    "factor_none": _("Set up an authenticator app or a passkey first."),
    "passkey_failed": _("The passkey was not accepted. Try again, or use another way."),
    "password_wrong": _("The present password is wrong."),
    "recovery_unknown": _("This number and code do not belong together, or the code was used or has ended."),
    "recovery_not_seen": _("See the person first, with a document or known to you, then tick the box and confirm."),
    "recovery_over": _("This request is no longer open. Look at the list again."),
    "card_unknown": _("This card and these digits do not belong together, or the card was used to sign in before."),
    "code_not_yours": _("Whoever gave the roles of this account, or an office above all of them, shows its code."),
    "code_not_needed": _("This account is activated and needs no code."),
    "site_address_bad": _("%(found)s is not an address that starts with https:// (or http:// on the same machine) and names one page."),
    "region_failed": _("The region's sign-in did not answer as it should. Try again, or sign in with your number and password."),
    "region_no_account": _("Nobody here belongs to this sign-in. Ask your school whether you are in its roster."),
}
MESSAGES: dict[str, str | Promise] = {
    "recovery_asked": _("%(name)s cannot sign in any more and asks for a new code. See the person, then confirm."),
    "recovery_done": _("Your password was set anew with a code from %(by)s. If that was not you, tell the office above at once."),
    "factor_changed": _("The ways to sign in to your account were changed. If that was not you, tell your school or office at once."),
    "password_changed": _("Your password was changed. If that was not you, tell your school or office at once."),
}

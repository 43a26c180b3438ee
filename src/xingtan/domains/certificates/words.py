"""Labels, refusals and sentences about certificates."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import PageState, RevokeReason

PAGE_STATES: Mapping[str, Promise] = {
    PageState.VALID: pgettext_lazy("certificate", "Valid"),
    PageState.REVOKED: pgettext_lazy("certificate", "Revoked"),
    PageState.SUPERSEDED: pgettext_lazy("certificate", "Superseded"),
}
PAGE_CHIPS: Mapping[str, str] = {PageState.VALID: "ok", PageState.REVOKED: "stop", PageState.SUPERSEDED: "plain"}
NO_PAGE = pgettext_lazy("certificate", "No page yet")
REVOKE_REASONS: Mapping[str, Promise] = {
    RevokeReason.HOURS_REVERSED: pgettext_lazy("revocation", "Hours of this year were taken back after review"),
    RevokeReason.WRONG_PERSON: pgettext_lazy("revocation", "Issued to the wrong person"),
    RevokeReason.FRAUD: pgettext_lazy("revocation", "Obtained by fraud"),
    RevokeReason.OTHER: pgettext_lazy("revocation", "Other"),
}
WHY_NOT_FOUND: Mapping[str, Promise] = {
    "check_digit_wrong": _(
        "The number's last digit does not fit the others: at least one digit was changed or mistyped. Compare every digit with the paper."
    ),
    "number_malformed": _("A certificate number looks like XT-2021-0803-000012. Compare every character with the paper."),
    "code_malformed": _("A check code has two times four characters, without 0, 1, I, L, O and U. A certificate number begins with XT."),
    "too_often": _("Many numbers were tried from here that do not exist. Wait %(minutes)s minutes, then try again."),
    "part_revoked": _("The page of the training year %(year)s no longer proves anything. The pages of the other years shown still hold."),
    "altered": _("The stored page does not agree with its signature. Do not rely on it; ask the office that issued it."),
}
PROOFS: Mapping[str, Promise] = {
    "known": _("The number is in the register"),
    "digest": _("The content is as it was issued"),
    "path": _("The page belongs to the run that was signed"),
    "signature": _("The electronic signature holds"),
    "standing": _("Not revoked"),
}
PROOF_VALUES: Mapping[str, Promise] = {
    "since": _("since %(day)s"),
    "asked": _("asked just now"),
    "broken": _("does not agree"),
    "ended": _("on %(day)s"),
}
REFUSALS: Mapping[str, Promise] = {
    "revocation_needs_reason": _("Choose a reason for the revocation."),
    "revocation_needs_words": _("Say in words why the page is revoked."),
    "revocation_too_long": _("The words are too long: 200 characters at most."),
    "page_superseded": _("A newer page has taken this one's place. Revoke that one."),
    "page_not_revoked": _("Only a revoked page that no other has followed can be issued anew."),
    "hours_no_longer_there": _(
        "The ledger holds %(have)s verified training hours for this year and %(need)s are required. Mend the hours first."
    ),
    "glyphs_missing": _(
        "No font on this server has the character %(characters)s. Install a font that has it (fonts-noto-cjk, for rarer ones a font of CJK extensions), then print again."
    ),
    "nothing_to_print": _("There is nothing to print yet."),
    "press_failed": _("The sheet could not be set. The fault is on our side and stands in the log."),
}
MESSAGES: Mapping[str, Promise] = {
    "certificate_issued": _("Your certificate has its page of the training year %(year)s. You can download it and anyone can check it."),
    "certificate_revoked": _("The page of the training year %(year)s on your certificate was revoked: %(reason)s"),
}

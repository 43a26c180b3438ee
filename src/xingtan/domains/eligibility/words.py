"""Labels, sentences and refusals about eligibility."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import Effect, Finding, Match, Way

FINDINGS: Mapping[Finding, Promise] = {
    Finding.MEETS: pgettext_lazy("eligibility", "Meets the conditions"),
    Finding.BLOCKED: pgettext_lazy("eligibility", "Does not meet the conditions"),
    Finding.PENDING: pgettext_lazy("eligibility", "Not settled yet"),
    Finding.UNCLEAR: pgettext_lazy("eligibility", "Facts unclear"),
    Finding.NOTHING_DUE: pgettext_lazy("eligibility", "No year was due yet"),
}
FINDING_CHIPS: Mapping[Finding, str] = {
    Finding.MEETS: "ok",
    Finding.BLOCKED: "stop",
    Finding.PENDING: "wait",
    Finding.UNCLEAR: "act",
    Finding.NOTHING_DUE: "plain",
}
FINDING_SENTENCES: Mapping[Finding, Promise] = {
    Finding.MEETS: _("Every training year that was due is final and stands in the way of nothing."),
    Finding.BLOCKED: _(
        "At least one final verdict has consequences that are in force. Below stands which, who applies them and until when."
    ),
    Finding.PENDING: _("A training year that was due has no final verdict yet. Below stands what it lacks and where its entries are."),
    Finding.UNCLEAR: _("The facts of a training year contradict one another or are missing. The office has to clear them first."),
    Finding.NOTHING_DUE: _("No training year of this person had ended by that day."),
}
EFFECTS: Mapping[Effect, Promise] = {
    Effect.IN_FORCE: pgettext_lazy("consequence", "In force"),
    Effect.WOULD_FOLLOW: pgettext_lazy("consequence", "Would follow once final"),
    Effect.CLEAR: pgettext_lazy("consequence", "Does not apply"),
    Effect.HOLDS: pgettext_lazy("consequence", "Holds"),
}
EFFECT_CHIPS: Mapping[Effect, str] = {Effect.IN_FORCE: "stop", Effect.WOULD_FOLLOW: "wait", Effect.CLEAR: "plain", Effect.HOLDS: "ok"}
WAYS: Mapping[Way, Promise] = {
    Way.EXAM: pgettext_lazy("way", "by the unified exam"),
    Way.MAKE_UP: pgettext_lazy("way", "by a make-up"),
}
LEVELS: Mapping[str, Promise] = {
    "school": pgettext_lazy("level", "school"),
    "county": pgettext_lazy("level", "county"),
    "city": pgettext_lazy("level", "city"),
    "province": pgettext_lazy("level", "province"),
    "any": pgettext_lazy("level", "any level"),
}
MATCHES: Mapping[Match, Promise] = {
    Match.FOUND: pgettext_lazy("match", "found"),
    Match.UNKNOWN: pgettext_lazy("match", "nobody of the branch"),
    Match.AMBIGUOUS: pgettext_lazy("match", "several people have this name; use a number"),
    Match.TWICE: pgettext_lazy("match", "stands above already"),
}
NEEDS_CODE = _("This is the number of an eligibility statement. Its check code stands under the QR code: enter that one.")
REFUSALS: Mapping[str, Promise] = {
    "eligibility_moment_ahead": _("The moment lies ahead: only what is already known can be told."),
    "eligibility_day_ahead": _("The day lies ahead. Ask for today or an earlier day."),
    "eligibility_day_too_early": _("The day is before the year 2000."),
    "eligibility_too_many": _("At most %(most)s people at once. Choose a smaller branch or part the list."),
    "eligibility_list_unreadable": _("The list cannot be read. Save it as .xlsx, or as text in UTF-8."),
    "eligibility_nobody": _("Nobody is named. Paste numbers or names, hand in a list, or take the whole branch."),
}
JOB_WORDS: Mapping[str, tuple[Promise, Mapping[str, Promise]]] = {
    "eligibility.issue": (
        _("Eligibility statements"),
        {
            "statements": _("Statements"),
            "meets": FINDINGS[Finding.MEETS],
            "blocked": FINDINGS[Finding.BLOCKED],
            "pending": FINDINGS[Finding.PENDING],
            "unclear": FINDINGS[Finding.UNCLEAR],
            "nothing_due": FINDINGS[Finding.NOTHING_DUE],
        },
    ),
}

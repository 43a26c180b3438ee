"""Labels and refusals of packs, years and windows."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.core.calendar import Position, WindowKind

from .states import DraftState, ReviewOutcome, SaveKind, WindowReason, YearState

WINDOW_LABELS: Mapping[WindowKind, Promise] = {
    WindowKind.SELECTION: _("Course selection"),
    WindowKind.PAYMENT: _("Payment"),
    WindowKind.STUDY: _("Study"),
    WindowKind.HANDING_IN: _("Handing in"),
    WindowKind.EXAM: _("Unified exam"),
    WindowKind.ENTRY: _("Entry of hours"),
    WindowKind.REVIEW: _("Review"),
    WindowKind.VERIFICATION: _("Verification"),
    WindowKind.OBJECTIONS: _("Objections"),
}
POSITION_LABELS: Mapping[Position, Promise] = {
    Position.BEFORE: pgettext_lazy("window", "not yet open"),
    Position.OPEN: pgettext_lazy("window", "open"),
    Position.AFTER: pgettext_lazy("window", "over"),
}
YEAR_STATE_LABELS: Mapping[YearState, Promise] = {
    YearState.OPEN: pgettext_lazy("training year", "Open"),
    YearState.CLOSED: pgettext_lazy("training year", "Closed"),
}
WINDOW_REASON_LABELS: Mapping[WindowReason, Promise] = {
    WindowReason.CIRCULAR: _("A circular of the province"),
    WindowReason.OUTAGE: _("The network or the platform was down"),
    WindowReason.WEATHER: _("Weather or another emergency"),
    WindowReason.MISTAKE: _("The days were entered wrongly"),
    WindowReason.OTHER: _("Another reason"),
}
DRAFT_STATE_LABELS: Mapping[DraftState, Promise] = {
    DraftState.EDITING: pgettext_lazy("draft", "Draft"),
    DraftState.IN_REVIEW: pgettext_lazy("draft", "Waits for review"),
    DraftState.APPROVED: pgettext_lazy("draft", "Approved"),
    DraftState.PUBLISHED: pgettext_lazy("draft", "Published"),
    DraftState.DISCARDED: pgettext_lazy("draft", "Put aside"),
}
SAVE_LABELS: Mapping[SaveKind, Promise] = {
    SaveKind.START: pgettext_lazy("saved text", "Begun"),
    SaveKind.AUTO: pgettext_lazy("saved text", "Saved while typing"),
    SaveKind.MANUAL: pgettext_lazy("saved text", "Saved"),
    SaveKind.FIX: pgettext_lazy("saved text", "A proposed fix taken"),
    SaveKind.RESTORE: pgettext_lazy("saved text", "An earlier text restored"),
}
OUTCOME_LABELS: Mapping[ReviewOutcome, Promise] = {
    ReviewOutcome.WAITING: pgettext_lazy("review of a draft", "Waiting"),
    ReviewOutcome.APPROVED: pgettext_lazy("review of a draft", "Approved"),
    ReviewOutcome.RETURNED: pgettext_lazy("review of a draft", "Returned"),
    ReviewOutcome.WITHDRAWN: pgettext_lazy("review of a draft", "Taken back"),
}
JOB_WORDS: Mapping[str, tuple[Promise, Mapping[str, Promise]]] = {
    "determination.try_draft": (_("Trial of a policy draft"), {"changed": _("Verdicts that would change")}),
}
MESSAGES: Mapping[str, Promise] = {
    "policy_review_asked": _("You are asked to review the policy draft %(title)s."),
    "policy_review_approved": _("The policy draft %(title)s is approved and can be published."),
    "policy_review_returned": _("The policy draft %(title)s is returned with a remark."),
}
REFUSALS: Mapping[str, Promise] = {
    "draft_changed": _(
        "%(who)s saved this draft at %(at)s (save %(number)s). Your text was not saved and is still on this page; nothing of either is lost."
    ),
    "draft_too_long": _("A policy pack is at most %(kilobytes)s KB long."),
    "draft_not_of_a_province": _("Policy packs are drafted by a province."),
    "draft_is_editing": _("The draft is being written; that is not possible now."),
    "draft_is_in_review": _("The draft waits for its review and cannot be changed. Take the request back first."),
    "draft_is_approved": _("The draft is approved and cannot be changed. Take it back to writing first; it then needs a new review."),
    "draft_is_published": _("The draft is published and closed. Begin a new draft from its pack."),
    "draft_is_discarded": _("The draft was put aside. Take it up again first."),
    "draft_has_mistakes": _("The text still has mistakes. Mend them, then ask for a review."),
    "draft_reviewed_by_writer": _("You wrote in this draft. Somebody who did not must review it."),
    "draft_not_in_review": _("The draft does not wait for a review."),
    "draft_return_needs_remark": _("Say what is to be changed, so that the writer knows."),
    "draft_not_approved": _("The draft is published once a second person has approved it."),
    "draft_line_changed": _("The line is not what it was when the fix was proposed. Nothing was changed; look again."),
    "draft_never_sound": _("No text of this draft was without a mistake yet. Mend the mistakes, then try it."),
    "pack_broken": _("The pack is refused. Mistakes found: %(count)s. %(problems)s"),
    "pack_version_taken": _(
        "Version %(version)s of the pack %(pack)s is already adopted with other words. Give the new text a new version."
    ),
    "year_not_of_a_province": _("Training years are opened by a province."),
    "year_out_of_reach": _(
        "The training year %(year)s cannot be opened: this pack begins in %(first)s, and the latest year possible now is %(last)s."
    ),
    "year_already_open": _(
        "The training year %(year)s is already open, with the pack %(pack)s %(version)s. A year has one pack and keeps it."
    ),
    "year_closed": _(
        "The training year %(year)s is closed. Missing hours come in as a late entry that the province decides; a verdict changes by a correction."
    ),
    "windows_missing": _("The year needs days for every window. Missing: %(kinds)s."),
    "windows_unknown": _("The pack does not know these windows: %(kinds)s."),
    "window_backwards": _("A window closes before it opens: %(kinds)s. Give a last day that is not before the first."),
    "window_outside_year": _("A window lies outside the days that are possible (%(first)s to %(last)s): %(kinds)s."),
}

"""Labels, refusals and sentences about papers."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .states import Kind, Reason, State, Step

KINDS: Mapping[Kind, Promise] = {
    Kind.HOURS: _("Statement of hours"),
    Kind.YEAR: _("Year sheet for the appraisal form"),
    Kind.CYCLE: _("Record of a cycle"),
    Kind.ROLL: _("School list for title review"),
}
STATES: Mapping[State, Promise] = {
    State.PRINTED: pgettext_lazy("paper", "Printed, not sealed"),
    State.SUBMITTED: pgettext_lazy("paper", "At the office"),
    State.REFUSED: pgettext_lazy("paper", "Seal refused"),
    State.SEALED: pgettext_lazy("paper", "Sealed"),
    State.REVOKED: pgettext_lazy("paper", "Seal revoked"),
    State.OVERTAKEN: pgettext_lazy("paper", "Overtaken by a newer one"),
}
CHIPS: Mapping[State, str] = {
    State.PRINTED: "plain",
    State.SUBMITTED: "wait",
    State.REFUSED: "stop",
    State.SEALED: "ok",
    State.REVOKED: "stop",
    State.OVERTAKEN: "info",
}
STEPS: Mapping[Step, Promise] = {
    Step.PRINTED: pgettext_lazy("paper step", "Printed"),
    Step.SUBMITTED: pgettext_lazy("paper step", "Submitted for check and seal"),
    Step.TAKEN_BACK: pgettext_lazy("paper step", "Taken back"),
    Step.REFUSED: pgettext_lazy("paper step", "Refused"),
    Step.SEALED: pgettext_lazy("paper step", "Compared and sealed"),
    Step.ARCHIVED: pgettext_lazy("paper step", "Put into the archive"),
    Step.REVOKED: pgettext_lazy("paper step", "Seal revoked"),
    Step.OVERTAKEN: pgettext_lazy("paper step", "Overtaken by a newer paper"),
}
REASONS: Mapping[Reason, Promise] = {
    Reason.DIFFERS: pgettext_lazy("paper", "It differs from the register: print it anew"),
    Reason.NOT_SIGNED: pgettext_lazy("paper", "Signature or the school's seal is missing"),
    Reason.UNREADABLE: pgettext_lazy("paper", "The paper cannot be read"),
    Reason.WRONG_PERSON: pgettext_lazy("paper", "It is another person's"),
    Reason.FRAUD: pgettext_lazy("paper", "Paper or seal was altered"),
    Reason.OTHER: pgettext_lazy("paper", "Other"),
}
PURPOSES: tuple[Promise, ...] = (
    pgettext_lazy("purpose", "Title review"),
    pgettext_lazy("purpose", "Year-end appraisal"),
    pgettext_lazy("purpose", "Periodic registration of qualification"),
    pgettext_lazy("purpose", "Appointment to a post"),
    pgettext_lazy("purpose", "Selection as backbone teacher or subject leader"),
)
NEEDS_CODE = _("A paper is checked by the code beside its number: numbers can be guessed, hours are nobody else's business.")
REFUSALS: Mapping[str, Promise] = {
    "paper_needs_year": _("Choose the training year that the paper is about."),
    "paper_dates_reversed": _("The first day lies after the last one."),
    "paper_day_to_come": _("The last day is still to come: a statement says what is known by today."),
    "paper_too_long": _("A statement covers twelve years at most."),
    "month_book_unknown": _("This is not the month's workbook: export it from this page, fill in 决定, and hand that one in."),
    "paper_nothing_ticked": _("Tick at least one paper."),
    "paper_nobody_ticked": _("Tick the teachers, or print for everyone in post."),
    "paper_nobody": _("Nobody is named for the paper."),
    "paper_numbers_spent": _("This county has no more numbers in this year."),
    "paper_wrong_state": _("%(number)s stands elsewhere by now. Look at the list again."),
    "paper_needs_reason": _("Choose a reason."),
    "paper_needs_words": _("Say the reason in words."),
    "paper_words_too_long": _("The words are too long: 200 characters at most."),
    "paper_needs_mark": _("Say which seal you set, for example 学时验印专用章."),
    "paper_same_person": _(
        "Submitting and sealing are two people: you printed or submitted %(count)s of these. Someone else must seal them."
    ),
    "paper_differs": _("%(number)s differs from the register in %(count)s places. Open it, look at each, then confirm or refuse it there."),
}
MESSAGES: Mapping[str, Promise] = {
    "paper_submitted": _("Your paper %(number)s was submitted for check and seal."),
    "paper_sealed": _("Your paper %(number)s was compared and sealed."),
    "paper_refused": _("Your paper %(number)s was not sealed. Open it to see why."),
    "paper_revoked": _("The seal of your paper %(number)s was revoked. Open it to see why."),
}

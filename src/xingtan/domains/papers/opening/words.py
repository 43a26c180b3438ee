"""Batches and answers in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.domains.papers.states import Answer, BatchState

BATCHES: Mapping[BatchState, tuple[str, Promise]] = {
    BatchState.HANDED_IN: ("wait", pgettext_lazy("batch", "Being checked")),
    BatchState.REFUSED: ("stop", pgettext_lazy("batch", "Refused as a whole")),
    BatchState.STANDS: ("ok", pgettext_lazy("batch", "Stands in the ledger")),
}
ANSWERS: Mapping[Answer, tuple[str, Promise]] = {
    Answer.WAITING: ("wait", pgettext_lazy("opening", "No answer yet")),
    Answer.CONFIRMED: ("ok", pgettext_lazy("opening", "Confirmed")),
    Answer.OBJECTED: ("act", pgettext_lazy("opening", "Objection")),
    Answer.KEPT: ("info", pgettext_lazy("opening", "Hours kept")),
    Answer.MENDED: ("ok", pgettext_lazy("opening", "Hours mended")),
}
LAPSED = pgettext_lazy("opening", "No objection in time")
REFUSALS: Mapping[str, Promise] = {
    "opening_needs_source": _("Say what the batch is called and which source it was taken from."),
    "opening_days_wrong": _("Teachers have between 1 and 180 days to answer."),
    "opening_scan_wrong": _("The scan is a PDF, JPEG or PNG file."),
    "opening_totals_differ": _(
        "In %(count)s cases the rows do not add up to the old system's total. Nothing was entered; the batch's page lists each."
    ),
    "opening_said_already": _("You have answered already, and the office has your objection."),
    "opening_answer_late": _("The days for an answer ended on %(day)s. Ask your county; what is wrong can still be corrected."),
    "opening_needs_words": _("Say in words what is wrong, or why it is right."),
    "opening_words_too_long": _("The words are too long: 400 characters at most."),
    "opening_not_objected": _("There is no objection that waits for an answer."),
    "opening_year_closed": _(
        "The training year %(year)s is closed: the province corrects it. Answer the objection with words, and propose a correction."
    ),
    "opening_hours_unreadable": _("Hours are numbers with at most two decimals."),
}
MESSAGES: Mapping[str, Promise] = {
    "opening_to_confirm": _("Your hours of earlier years came in from the old system. Look at them and confirm or object until %(day)s."),
    "opening_kept": _("The office answered your objection to earlier hours: they are kept. Open it to read why."),
    "opening_mended": _("The office answered your objection to earlier hours: they were mended."),
}

"""The room's labels and refusals in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from xingtan.core.policy import Policy, Words

from .rules import choice_of
from .states import Act, Fate, State

STATES: Mapping[State, Promise] = {
    State.PROPOSED: pgettext_lazy("circumstance", "Proposed"),
    State.GRANTED: pgettext_lazy("circumstance", "Granted"),
    State.REFUSED: pgettext_lazy("circumstance", "Refused"),
    State.WITHDRAWN: pgettext_lazy("circumstance", "Withdrawn"),
}
STATE_CHIPS: Mapping[State, str] = {State.PROPOSED: "wait", State.GRANTED: "ok", State.REFUSED: "stop", State.WITHDRAWN: "plain"}
ACTS: Mapping[Act, Promise] = {
    Act.PROPOSED: pgettext_lazy("circumstance step", "Proposed"),
    Act.GRANTED: pgettext_lazy("circumstance step", "Granted"),
    Act.REFUSED: pgettext_lazy("circumstance step", "Refused"),
    Act.ENDED: pgettext_lazy("circumstance step", "Ended early"),
    Act.WITHDRAWN: pgettext_lazy("circumstance step", "Withdrawn"),
}
FATES: Mapping[Fate, Promise] = {
    Fate.NEW: pgettext_lazy("circumstance", "new"),
    Fate.ALREADY: pgettext_lazy("circumstance", "stands already"),
    Fate.CONTRADICTS: pgettext_lazy("circumstance", "overlaps with one that stands"),
}
SECTIONS: Mapping[str, Promise] = {
    "leave": pgettext_lazy("circumstance", "Leave"),
    "rank": pgettext_lazy("circumstance", "Rank that may offset"),
    "duty": pgettext_lazy("circumstance", "Duty that offsets hours"),
}
OTHER_SECTION = pgettext_lazy("circumstance", "Grants and other facts")
REFUSALS: Mapping[str, Promise] = {
    "circumstance_unknown": _("The policy of this training year knows no such circumstance."),
    "circumstance_ends_before": _("The last day is before the first."),
    "circumstance_needs_an_end": _("Give the last day: this circumstance does not go on for ever."),
    "circumstance_outside_year": _("No day of it lies in the training year %(first)s to %(last)s. Choose the year that it belongs to."),
    "circumstance_is_yearly": _("This is granted for one training year: its days have to lie within %(first)s and %(last)s."),
    "circumstance_without_hours": _("Hours are given only for a duty that offsets."),
    "circumstance_hours_range": _("Give the hours of the year that the duty is worth: more than 0, at most %(most)s."),
    "circumstance_nobody": _("Nobody is named. Paste numbers or names, or choose a school."),
    "circumstance_school_unknown": _("No single school of the branch has exactly this name. Choose one of the list."),
    "circumstance_contradicts": _(
        "Of %(count)s people something stands that overlaps with it. End or withdraw that first, or leave these people out."
    ),
    "circumstance_wrong_state": _("This is not possible any more: somebody decided or withdrew it in the meantime."),
    "circumstance_needs_a_reason": _("Say why, in words."),
    "circumstance_end_outside": _("The last day has to lie within its days, and before the day on which it would end anyway."),
    "circumstance_own_proposal": _("Nobody decides the own proposal: proposing and granting are two people."),
    "circumstance_of_office": _("What an office granted is ended or withdrawn by an office. Ask the county."),
}
MESSAGES: Mapping[str, Promise] = {
    "circumstance_granted": _("Granted: %(what)s, %(first)s to %(last)s."),
    "circumstance_refused": _("Not granted: %(what)s, %(first)s to %(last)s. Reason: %(reason)s"),
}


def word_of(words: Words) -> str:
    """A policy's name in the page's language."""
    return words.en if (get_language() or "").startswith("en") else words.zh


def circumstance_word(policy: Policy, name: str, value: str) -> str:
    """What the pack calls it; the bare codes when the pack does not know it."""
    choice = choice_of(policy, name, value)
    return word_of(choice.label) if choice else f"{name} {value}".strip()


def section_word(name: str) -> str:
    """The heading under which a fact is listed."""
    return str(SECTIONS.get(name, OTHER_SECTION))

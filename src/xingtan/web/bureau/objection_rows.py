"""Objections in words, as lists and pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from xingtan.core.calendar import local_day
from xingtan.core.verdicts import Verdict
from xingtan.domains.determination import api as room
from xingtan.foundation.notices import api as notices


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """An objection in words: number, verdict objected to, state, who has it, for how many days."""

    it: notices.Objection
    number: str
    verdict: str | Promise
    chip: str
    state: str | Promise
    who: str
    days: int
    is_overdue: bool


def number_of(one: notices.Objection) -> str:
    """Its number as people say it: Y-0012."""
    return f"Y-{one.number:04}"


def verdict_word(code: object) -> str | Promise:
    """A verdict's word, or "" for none."""
    return room.VERDICTS[Verdict(str(code))] if code else ""


def row_of(one: notices.Objection, today: date) -> ObjectionRow:
    """The objection as a list shows it."""
    state = notices.ObjectionState(one.state)
    who = str(one.asked) if state is notices.ObjectionState.REFERRED and one.asked else one.handler.name if one.handler else ""
    ended = local_day(one.decided_at) if one.decided_at else today
    return ObjectionRow(
        it=one,
        number=number_of(one),
        verdict=verdict_word(one.claim.get("verdict")),
        chip=notices.OBJECTION_CHIPS[state],
        state=notices.OBJECTION_STATES[state],
        who=who,
        days=max(0, (ended - local_day(one.filed_at)).days),
        is_overdue=one.is_overdue(today),
    )


def effect_words(one: notices.Objection) -> str:
    """What followed from upholding it, in words; "" while nothing did."""
    if not one.effect:
        return ""
    now = verdict_word(one.effect.get("to"))
    if not one.effect.get("is_changed"):
        return _("Determined anew: still %(now)s") % {"now": now}
    return _("Determined anew: %(was)s, now %(now)s") % {"was": verdict_word(one.claim.get("verdict")), "now": now}

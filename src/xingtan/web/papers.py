"""What the pages of papers share: a paper with its steps and clock, and differences in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.core.units import format_hours_exact
from xingtan.core.verdicts import Verdict
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room
from xingtan.domains.papers import api as door

FIELDS: Mapping[str, str | Promise] = {
    "name": _("Name"),
    "identity": _("Identity number"),
    "school": _("School"),
    "post": _("Stage and subject"),
    "title": pgettext_lazy("paper", "Title"),
    "verdict": _("Verdict"),
    "is_final": pgettext_lazy("paper", "Final"),
    "required": _("Required hours"),
    "learned": _("Learned hours"),
    "recognised": _("Recognised hours"),
    "entered": _("Entered hours"),
    "verified": _("Verified hours"),
    "hours": _("Hours"),
    "number": _("Certificate number"),
    "provider": _("Training provider"),
    "on": _("Date"),
    "part": _("Component"),
    "state": _("State"),
    "year": _("Training year"),
    "row": pgettext_lazy("paper", "The whole line"),
}
HOURS = frozenset({"required", "learned", "recognised", "entered", "verified", "hours", "row"})
MISSING = pgettext_lazy("paper", "is not there")
YES, NO = pgettext_lazy("paper", "yes"), pgettext_lazy("paper", "no")


def value_words(what: str, value: Any) -> str:  # noqa: ANN401 -- whatever a content holds
    """The value as a person reads it."""
    if value is None:
        return str(MISSING)
    if isinstance(value, bool):
        return str(YES if value else NO)
    if what in HOURS and isinstance(value, int):
        return format_hours_exact(value)
    if what == "verdict" and value:
        return str(determination_room.VERDICTS[Verdict(value)])
    if what == "state" and value:
        return str(credits_room.STATES[credits_room.State(value)])
    return str(value) if value != "" else "—"


def difference_words(one: door.Difference) -> dict[str, str]:
    """Where paper and register part, and what each says."""
    word = str(FIELDS.get(one.what, one.what))
    return {"where": one.row or word, "what": word, "printed": value_words(one.what, one.printed), "now": value_words(one.what, one.now)}


def state_words(row: door.PaperState, today: date) -> dict[str, Any]:
    """A paper of a list: its kind, its state, and how long the office still has."""
    state = door.State(row.state)
    return {
        "it": row,
        "paper": row.paper,
        "kind": door.KINDS[door.Kind(row.kind)],
        "chip": door.CHIPS[state],
        "word": door.STATES[state],
        "days_left": (row.due_on - today).days if row.due_on else None,
        "days_late": (today - row.due_on).days if row.due_on else None,
        "may_submit": state in (door.State.PRINTED, door.State.REFUSED),
        "may_take_back": state is door.State.SUBMITTED,
    }


def paper_words(row: door.PaperState, today: date) -> dict[str, Any]:
    """A paper's own page: what it says, every step, where the register differs by now, and whether its proof holds."""
    paper, content = row.paper, row.paper.content
    return {
        **state_words(row, today),
        "content": content,
        "years": [{**one, "word": value_words("verdict", one["verdict"])} for one in content.get("years", [])],
        "lines": [{**one, "word": value_words("state", one["state"])} for one in content.get("lines", [])],
        "steps": [_step(step, who) for step, who in door.steps_of(paper)],
        "differences": [difference_words(one) for one in door.compared(paper)],
        "broken": door.broken_proofs(paper),
    }


def _step(step: door.PaperStep, who: str) -> dict[str, Any]:
    return {
        "it": step,
        "who": who,
        "word": door.STEPS[door.Step(step.step)],
        "reason": door.REASONS[door.Reason(step.reason)] if step.reason else "",
        "is_bad": step.step in (door.Step.REFUSED, door.Step.REVOKED),
        "count": len(step.differences),
    }

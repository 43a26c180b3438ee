"""What would make a year qualified, in words: a sentence for each step, who takes it, and what the prospect is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xingtan.core.determination.remedies import Outlook, Prospect
from xingtan.core.determination.steps import Step, StepKind
from xingtan.core.policy import Policy
from xingtan.core.policy.kinds import Unit
from xingtan.core.units import format_hours
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination import api as determination_room

Hours = Callable[[int], str]
HOURS, CREDITS = _("%(amount)s hours"), _("%(amount)s credits")
STEPS: Mapping[StepKind, Promise] = {
    StepKind.HOURS: _("Learn %(amount)s more of %(what)s, entered and verified"),
    StepKind.WORK: _("Hand in and pass %(count)s more: %(what)s"),
    StepKind.MARKING: _("%(count)s handed in and not marked yet must be passed: %(what)s"),
    StepKind.VERIFY: _("Have the entries of %(amount)s verified"),
    StepKind.ASSESSMENT: _("Pass with at least %(score)s points: %(what)s"),
    StepKind.RESIT: _("Pass at another try with at least %(score)s points: %(what)s"),
    StepKind.MAKE_UP: _("Make up %(amount)s of %(what)s"),
}
WHO: Mapping[StepKind, Promise] = {
    StepKind.HOURS: pgettext_lazy("who", "teacher"),
    StepKind.WORK: pgettext_lazy("who", "teacher"),
    StepKind.MARKING: pgettext_lazy("who", "tutor or workshop lead"),
    StepKind.VERIFY: pgettext_lazy("who", "school and county"),
    StepKind.ASSESSMENT: pgettext_lazy("who", "teacher"),
    StepKind.RESIT: pgettext_lazy("who", "teacher"),
    StepKind.MAKE_UP: pgettext_lazy("who", "teacher"),
}
PROSPECTS: Mapping[Prospect, Promise] = {
    Prospect.NOTHING_NEEDED: _("Nothing more is needed."),
    Prospect.WAIT: _("Nothing more is needed; the verdict comes when study has closed."),
    Prospect.THIS_YEAR: _("It becomes qualified when all of this is done:"),
    Prospect.NEXT_YEAR: _(
        "Nothing can make this year qualified any more. What clears it in the next training year, together with that year's own pass:"
    ),
    Prospect.FACTS_FIRST: _("The facts have to be cleared first; until then nobody can say what would help."),
    Prospect.NO_KNOWN_WAY: _("No more hours, work, verification or assessment makes this year qualified."),
}
ONCE_CLOSED = _("Once study has closed, it becomes qualified when all of this is done:")


@dataclass(frozen=True, slots=True)
class StepTold:
    """A step in words, who takes it, and its code and amount."""

    step: Step
    sentence: str
    who: str


@dataclass(frozen=True, slots=True)
class OutlookTold:
    """A prospect in words; each of `ways` is one set of steps that is enough."""

    prospect: Prospect
    sentence: str
    ways: tuple[tuple[StepTold, ...], ...]


def amount_words(policy: Policy, centi: int, hours: Hours = format_hours) -> str:
    """An amount with its unit: 3.5 学时, 0.35 学分."""
    return str(CREDITS if policy.unit is Unit.CREDIT else HOURS) % {"amount": hours(centi)}


def outlook_told(policy: Policy, found: Outlook, hours: Hours = format_hours) -> OutlookTold:
    """What would make it qualified, in the language of the request."""
    sentence = ONCE_CLOSED if found.after_study and found.remedies else PROSPECTS[found.prospect]
    sets = [remedy.steps for remedy in found.remedies] or ([found.next_year] if found.next_year else [])
    return OutlookTold(found.prospect, str(sentence), tuple(tuple(step_told(policy, one, hours) for one in steps) for steps in sets))


def step_told(policy: Policy, step: Step, hours: Hours) -> StepTold:
    """One step in words."""
    whole, rest = divmod(step.amount, 100)
    params = {
        "amount": amount_words(policy, step.amount, hours),
        "count": step.amount,
        "score": f"{whole}.{rest:02d}" if rest else whole,
        "what": _what(policy, step),
    }
    return StepTold(step, str(STEPS[step.kind]) % params, str(WHO[step.kind]))


def _what(policy: Policy, step: Step) -> str:
    if step.kind in (StepKind.HOURS, StepKind.MAKE_UP):
        bucket = next((one for one in policy.all_buckets if one.code == step.subject), None)
        if step.part and bucket is not None:
            return credits_room.part_word(policy, bucket.component, step.part)
        return credits_room.word_of(bucket.label) if bucket else credits_room.component_word(policy, step.subject)
    known = {one.code: one.label for one in (*policy.tests, *policy.works)}
    if step.subject in known:
        return credits_room.word_of(known[step.subject])
    return str(determination_room.NODES.get(step.subject, step.subject))

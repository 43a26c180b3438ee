"""Payment known, registration in bulk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from xingtan.core.policy import EntryStep
from xingtan.core.policy.parts import EntryOrder
from xingtan.domains.enrolment import access, rules
from xingtan.domains.enrolment.around import YearRules
from xingtan.domains.enrolment.models import CourseSelection, LearningCard
from xingtan.domains.enrolment.states import State
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.events.hallway import emit
from xingtan.foundation.people.roles import Actor, require

from .cards import make_cards
from .holding import by_year, hold, move


@atomic
def mark_paid(selection_ids: Iterable[int], now: datetime) -> int:
    """The confirmed ones among these selections are paid for; answers how many. Called by finance, which knows the money."""
    held = CourseSelection.everywhere.select_for_update().filter(pk__in=set(selection_ids), state=State.CONFIRMED)
    paid = list(held.order_by("pk"))
    if paid:
        move(paid, State.PAID)
    return len(paid)


@atomic
def register_paid(*, actor: Actor, selection_ids: Iterable[int], now: datetime) -> int:
    """Those of the selections that the policy's order allows are registered and have their cards; answers how many are new."""
    require(actor, access.REGISTER)
    registered: list[CourseSelection] = []
    for year, some in by_year(one for one in hold(actor, selection_ids) if one.state in (State.CONFIRMED, State.PAID)):
        registered += register_ready(year, some, now)
    if registered:
        record(actor, "enrolment.registered", "course_selection", [one.pk for one in registered], now=now)
    return len(registered)


def register_ready(year: YearRules, selections: list[CourseSelection], now: datetime) -> list[CourseSelection]:
    """Those of the year's held selections that the policy's order allows are registered; returns them. The later rooms hear of it."""
    ready = _ready(selections, year.policy.entry)
    if ready:
        move(ready, State.REGISTERED, registered_at=now)
        if rules.registers_in_bulk(year.policy.entry) and EntryStep.CARD in year.policy.entry.order:
            make_cards(ready, year.year.year, now)
        emit("enrolment.registered", {"selections": [one.pk for one in ready], "year": year.year.pk}, now=now)
    return ready


def _ready(selections: list[CourseSelection], entry: EntryOrder) -> list[CourseSelection]:
    """Those whose payment is known if the order asks for one, and whose card is active if it comes first."""
    before = entry.before(EntryStep.REGISTRATION) if EntryStep.REGISTRATION in entry.order else entry.order
    if EntryStep.PAYMENT in before:
        selections = [one for one in selections if one.state == State.PAID]
    if EntryStep.CARD not in before:
        return selections
    teacher_ids = [one.teacher_id for one in selections]
    cards = LearningCard.everywhere.filter(teacher_id__in=teacher_ids, voided_at=None).exclude(activated_at=None)
    active = set(cards.values_list("teacher_id", "training_year_id"))
    return [one for one in selections if (one.teacher_id, one.training_year_id) in active]

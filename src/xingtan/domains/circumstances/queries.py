"""Reading circumstances: lists of a branch, what is granted, what was known at a moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import Prepared
from xingtan.foundation.people.models import Account
from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet

from .access import SEE_CIRCUMSTANCES
from .models import Circumstance, CircumstanceStep
from .rules import DUTY, Row, Stated, fate_of, is_exclusive
from .states import AFTER, STANDING, Act, Fate, State


class Held(NamedTuple):
    """A circumstance as it stood: its id, what it says, its last day then, and where it was then."""

    circumstance_id: int
    teacher_id: int
    name: str
    value: str
    from_on: date
    to_on: date | None
    hours_centi: int
    state: State


COLUMNS = ("pk", "teacher_id", "name", "value", "from_on", "to_on", "hours_centi")


def _touching(first_on: date, last_on: date) -> Q:
    return Q(from_on__lte=last_on) & (Q(to_on=None) | Q(to_on__gte=first_on))


def circumstances_in(
    scope: Scope, *, year: policies.TrainingYear | None = None, what: str = "", state: str = "", q: str = ""
) -> ScopedQuerySet[Circumstance]:
    """The branch's circumstances with a day in the year, of a kind (`name` or `name:value`), in a state, of a teacher or school with these words."""
    found = Circumstance.objects.within(scope).select_related("teacher", "school", "training_year__pack", "document")
    if year is not None:
        found = found.filter(_touching(year.first_on, year.last_on))
    name, _colon, value = what.partition(":")
    if name:
        found = found.filter(name=name)
    if value:
        found = found.filter(value=value)
    if state:
        found = found.filter(state=state)
    if words := " ".join(q.split())[:60]:
        found = found.filter(Q(teacher__name__contains=words) | Q(school__name__contains=words) | Q(teacher__staff_number=words))
    return found


def state_counts(rows: ScopedQuerySet[Circumstance]) -> dict[State, int]:
    """How many of the rows are in each state; every state is there."""
    counted = rows.order_by().values_list("state").annotate(n=Count("pk"))
    return dict.fromkeys(State, 0) | {State(state): n for state, n in counted}


def circumstance_in(scope: Scope, public_id: str) -> Circumstance:
    """The branch's circumstance with this public id; `NotInScope` where there is none."""
    found = circumstances_in(scope).filter(public_id=public_id).first()
    if found is None:
        raise NotInScope
    return found


def duties_of(teacher_ids: Collection[int]) -> list[Circumstance]:
    """Every duty that offsets which was ever granted to these teachers, as it stands today."""
    rows = Circumstance.everywhere.filter(teacher_id__among=teacher_ids, name=DUTY).exclude(state__in=[State.PROPOSED, State.REFUSED])
    return list(rows.select_related("training_year__pack").order_by("pk"))


def circumstances_of(teacher_id: int) -> QuerySet[Circumstance]:
    """Everything recorded of the teacher, the latest first."""
    found = Circumstance.everywhere.filter(teacher_id=teacher_id).select_related("training_year__pack", "document")
    return found.order_by("-from_on", "-pk")


class StepView(NamedTuple):
    """A step with the names of who took it, and where."""

    step: CircumstanceStep
    act: Act
    person: str


def steps_of(circumstance: Circumstance) -> list[StepView]:
    """The life of the circumstance, the first step first."""
    rows = list(CircumstanceStep.objects.filter(circumstance=circumstance).select_related("organisation").order_by("at", "pk"))
    names = dict(Account.objects.filter(pk__in={one.account_id for one in rows if one.account_id}).values_list("pk", "name"))
    return [StepView(one, Act(one.act), names.get(one.account_id or 0, "")) for one in rows]


_granted: Prepared[tuple[int, int, str, str, date, date | None, int]] = Prepared(
    lambda teachers: (
        Circumstance.everywhere.filter(teacher_id__among=teachers, state=State.GRANTED.value)
        .order_by("from_on", "pk")
        .values_list(*COLUMNS)
    ),
    "many",
)


def granted(teacher_ids: Collection[int], first_on: date, last_on: date) -> dict[int, list[Held]]:
    """What is granted and touches these days, per teacher, in one query; teachers without any are absent."""
    persons = teachers.whose(teacher_ids)
    found: dict[int, list[Held]] = defaultdict(list)
    for row in _granted(persons):
        held = Held._make((*row, State.GRANTED))
        if held.from_on <= last_on and (held.to_on is None or held.to_on >= first_on):
            found[persons[held.teacher_id]].append(held)
    return dict(found)


def circumstances_known(teacher_ids: Collection[int], known_at: datetime) -> dict[int, list[Held]]:
    """Every circumstance as it was known by the moment, with its state and last day then, whatever came later; two queries."""
    rows = {
        row[0]: row for row in Circumstance.everywhere.filter(teacher_id__among=teacher_ids).order_by("from_on", "pk").values_list(*COLUMNS)
    }
    steps = CircumstanceStep.objects.filter(circumstance_id__among=rows, at__lte=known_at).order_by("at", "pk")
    last = {pk: (Act(act), to_on) for pk, act, to_on in steps.values_list("circumstance_id", "act", "to_on")}
    found: dict[int, list[Held]] = defaultdict(list)
    for pk, row in rows.items():
        if pk in last:
            act, to_on = last[pk]
            found[row[1]].append(Held._make((*row, AFTER[act]))._replace(to_on=to_on))
    return dict(found)


def fates(training_year: policies.TrainingYear, teacher_ids: Iterable[int], stated: Stated) -> Mapping[int, Fate]:
    """What recording this would do for each of the teachers, in one query."""
    wanted = list(teacher_ids)
    exclusive = is_exclusive(policies.policy_of(training_year), stated.name)
    rows = Circumstance.everywhere.filter(teacher_id__among=wanted, name=stated.name, state__in=[one.value for one in STANDING])
    standing: dict[int, list[Row]] = defaultdict(list)
    for row in rows.values_list("teacher_id", "name", "value", "from_on", "to_on"):
        standing[row[0]].append(Row(*row))
    return {pk: fate_of(stated, standing.get(pk, ()), exclusive=exclusive) for pk in wanted}


def waiting_count(scope: Scope) -> int:
    """How many proposals of the branch wait for the office."""
    return Circumstance.objects.within(scope).filter(state=State.PROPOSED).count()


def may_read_file(actor: Actor, file_id: int) -> bool:
    """True for the teacher whom the document is about, and for the offices and the school of the branch."""
    if actor.teacher_id is not None:
        return Circumstance.everywhere.filter(document_id=file_id, teacher_id=actor.teacher_id).exists()
    return actor.may(SEE_CIRCUMSTANCES) and Circumstance.objects.within(actor.scope).filter(document_id=file_id).exists()

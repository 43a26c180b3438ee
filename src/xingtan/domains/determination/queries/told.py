"""What offices recorded of people for a year: circumstances that hold, results of tests."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from xingtan.core.determination.facts import ActivityFact, ResultFact
from xingtan.core.determination.holding import NO_END, DatedFact, Standing, standing_in
from xingtan.core.policy import Policy
from xingtan.core.policy.kinds import TermColumn
from xingtan.core.policy.slots import VERIFIED, Kind
from xingtan.domains.assessment import api as assessment
from xingtan.domains.circumstances import api as circumstances
from xingtan.domains.credits import api as credits_room
from xingtan.domains.kits import api as kits
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers


class Told(NamedTuple):
    """What is told of one teacher-year beside hours and work."""

    standing: Standing
    activities: tuple[ActivityFact, ...]
    results: tuple[ResultFact, ...]


def told_of(training_year: policies.TrainingYear, policy: Policy, people: Mapping[int, credits_room.Person], day: date) -> dict[int, Told]:
    """For each of these teachers what was granted and entered, in four queries at most; `holding.standing_in` decides what holds."""
    granted = circumstances.granted(people, training_year.first_on, training_year.last_on)
    results = assessment.result_facts(people, training_year.pk)
    on_duty = {pk for pk, rows in granted.items() if any(one.name == circumstances.DUTY for one in rows)}
    honours = _honours(policy, on_duty, min(day, training_year.last_on))
    studied = _studied(training_year, policy, people)
    blank = lru_cache(maxsize=64)(lambda item: standing_in(policy, training_year.year, (), item))
    answer = {}
    for pk, person in people.items():
        rows = granted.get(pk, [])
        dated = [_dated(one.name, one.value, one.from_on, one.to_on) for one in rows]
        if pk in honours:
            dated.append(DatedFact(circumstances.RANK, honours[pk], training_year.first_on.toordinal()))
        item = person.item or 0
        standing = standing_in(policy, training_year.year, dated, item) if dated else blank(item)
        answer[pk] = Told(standing, tuple(studied.get(pk, ())), results.get(pk, ()))
    return answer


def _studied(training_year: policies.TrainingYear, policy: Policy, people: Collection[int]) -> dict[int, list[ActivityFact]]:
    """How delivered records were studied, for packs that ask. Their hours come through the review chain, so these carry none."""
    if not any(one.column is TermColumn.MODE for one in policy.terms):
        return {}
    found: dict[int, list[ActivityFact]] = {}
    for teacher_id, record, component, mode in (
        *learning.delivered_modes(people, training_year.pk),
        *kits.studied_modes(people, training_year.pk),
    ):
        kind = Kind(component, mode=mode, unit=policy.unit.value, status=VERIFIED)
        found.setdefault(teacher_id, []).append(ActivityFact(kind, 0, record))
    return found


def _dated(name: str, value: str, from_on: date, to_on: date | None) -> DatedFact:
    return DatedFact(name, value, from_on.toordinal(), NO_END if to_on is None else to_on.toordinal())


def _honours(policy: Policy, people: Collection[int], day: date) -> dict[int, str]:
    """The register's honours that the pack's offset names as ranks; nothing is asked where nobody is on duty or none is named."""
    offset = policy.offset
    ranks = {rank.code for rank in offset.ranks} if offset and offset.is_open else set()
    if not people or not ranks & {one.value for one in teachers.Honour}:
        return {}
    found = teachers.facts_on(people, teachers.FactKind.HONOUR, day)
    return {pk: value for pk, value in found.items() if value in ranks}

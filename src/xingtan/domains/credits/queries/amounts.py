"""The four amounts of a teacher's year, apart: learned, recognised, entered, verified."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from xingtan.core.determination import recognise
from xingtan.domains.policies import api as policies

from .held import Held, held_of, hour_facts
from .people import Person, people_of
from .standing import NOTHING, Stand, stands_of


class Amount(NamedTuple):
    """One component's amounts in hundredths of an hour; verified ≤ recognised ≤ learned, and recognised ≤ required."""

    required: int = 0
    learned: int = 0
    recognised: int = 0
    entered: int = 0
    verified: int = 0
    surplus: int = 0

    @property
    def remaining(self) -> int:
        """What is still missing."""
        return max(self.required - self.recognised, 0)

    def __add__(self, other: object) -> Amount:
        """Both together, part by part."""
        return Amount(*(a + b for a, b in zip(self, other, strict=True))) if isinstance(other, Amount) else NotImplemented


@dataclass(frozen=True, slots=True)
class Amounts:
    """A teacher's year by component, in the policy's order, and all together."""

    by_component: Mapping[str, Amount]

    @property
    def total(self) -> Amount:
        """All components together."""
        whole = Amount()
        for one in self.by_component.values():
            whole += one
        return whole


def amounts_of(teacher_ids: Collection[int], training_year_id: int) -> dict[int, Amounts]:
    """Every teacher's amounts of the year, in a fixed number of queries."""
    year = policies.TrainingYear.everywhere.select_related("pack").get(pk=training_year_id)
    people = people_of(teacher_ids, training_year_id, policies.policy_of(year))
    held, stands = held_of(training_year_id, people), stands_of(people, training_year_id)
    return {pk: amounts_from(year, person, held[pk], stands) for pk, person in people.items()}


def amounts_from(year: policies.TrainingYear, person: Person, held: Held, stands: Mapping[int, Stand]) -> Amounts:
    """One teacher's amounts from what was found."""
    policy = policies.policy_of(year)
    counted = recognise(
        policy,
        person.item,
        hour_facts(held, stands),
        is_new_hire=person.is_new_hire(policy, year.year),
        first_year=person.is_first_year(year.year),
    ).by_component
    entered: dict[str, int] = defaultdict(int)
    for one in held.evidence:
        entered[one.component] += stands.get(one.pk, NOTHING).recognised
    for opening in held.openings:
        entered[opening.component] += opening.recognised
    return Amounts(
        {code: Amount(one.required, one.learned, one.recognised, entered[code], one.verified, one.surplus) for code, one in counted.items()}
    )

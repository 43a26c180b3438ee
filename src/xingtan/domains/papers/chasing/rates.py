"""The rates of schools, for a circular: of the teachers in post, how many came how far."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from xingtan.domains.papers.states import Matter
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.models import Organisation

from .standing import matters_of

WAY = tuple(Matter)


@dataclass(frozen=True, slots=True)
class Rate:
    """A school's people and how many of them each matter holds back."""

    school: Organisation
    people: int
    held: Counter[Matter]

    @property
    def behind(self) -> int:
        """How many are chased."""
        return sum(self.held.values())

    def past(self, matter: Matter) -> int:
        """How many came past this matter, in hundredths of a percent of all; 100.00 where nobody is in post."""
        stopped = sum(self.held[one] for one in WAY[: WAY.index(matter) + 1])
        return (self.people - stopped) * 100_00 // self.people if self.people else 100_00


def rates_in(scope: Scope, year: policies.TrainingYear, today: date) -> list[Rate]:
    """Every school of the branch with people in post, in the tree's order, from one reading of the branch."""
    matters = matters_of(scope, year, today)
    held: dict[int, Counter[Matter]] = defaultdict(Counter)
    people: Counter[int] = Counter()
    for pk, school_id in teachers.teachers_in_post(scope).order_by().values_list("pk", "school_id"):
        people[school_id] += 1
        if pk in matters:
            held[school_id][matters[pk]] += 1
    return [Rate(one, people[one.pk], held[one.pk]) for one in teachers.schools_in(scope) if people[one.pk]]

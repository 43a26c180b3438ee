"""What a paper is asked for: kind, days, and the training years that it speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from xingtan.domains.papers.rules import refuse_printing
from xingtan.domains.papers.states import Kind
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import Refused
from xingtan.foundation.scope.models import Organisation


@dataclass(frozen=True, slots=True)
class Asked:
    """A kind of paper for a purpose; the days count for statements of hours, the training year for all the others."""

    kind: Kind
    from_on: date
    to_on: date
    purpose: str = ""
    training_year: policies.TrainingYear | None = None

    @property
    def cycle(self) -> tuple[int, int]:
        """First and last year of the cycle that the training year stands in; (0, 0) for a statement of hours."""
        year = self.training_year
        return (year.cycle_first, year.cycle_last) if year else (0, 0)


def asked_for(kind: Kind, *, days: tuple[date, date], training_year: policies.TrainingYear | None, purpose: str, today: date) -> Asked:
    """The paper as it can be asked for: a year's and a cycle's days are those of the years; `Refused` for days that make no sense."""
    if why := refuse_printing(kind, *days, has_year=training_year is not None, today=today):
        raise Refused(why)
    said = " ".join(purpose.split())[:80]
    if kind is Kind.HOURS or training_year is None:
        return Asked(kind, *days, said)
    if kind is Kind.YEAR:
        return Asked(kind, training_year.first_on, training_year.last_on, said, training_year)
    rows = policies.years_for(training_year.organisation).filter(cycle_first=training_year.cycle_first)
    days_of = [(one.first_on, one.last_on) for one in rows] or [(training_year.first_on, training_year.last_on)]
    return Asked(kind, min(one[0] for one in days_of), max(one[1] for one in days_of), said, training_year)


def years_of(asked: Asked, school: Organisation) -> Sequence[policies.TrainingYear]:
    """The training years that the paper speaks of, the earliest first."""
    rows = policies.years_for(school)
    if asked.kind is Kind.HOURS:
        return list(rows.filter(first_on__lte=asked.to_on, last_on__gte=asked.from_on).order_by("year"))
    if asked.kind is Kind.YEAR and asked.training_year is not None:
        return list(rows.filter(pk=asked.training_year.pk))
    return list(rows.filter(cycle_first=asked.cycle[0]).order_by("year"))

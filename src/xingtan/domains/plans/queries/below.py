"""The units that an office hears: whose plans are in, whose are missing, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from xingtan.domains.plans.models import Plan, accepted_sum, asked_sum
from xingtan.domains.plans.rules import Sum
from xingtan.domains.plans.states import Level, PlanState, Term
from xingtan.domains.policies import api as policies
from xingtan.foundation.scope.models import Kind, Organisation

from .due import dues_of
from .plans import lines_of

# Which level a unit plans at; a zone acts as a county, a teaching point as a school (A1). Others make no plans.
LEVELS = {
    Kind.SCHOOL: Level.SCHOOL,
    Kind.TEACHING_POINT: Level.SCHOOL,
    Kind.COUNTY: Level.COUNTY,
    Kind.ZONE: Level.COUNTY,
    Kind.CITY: Level.CITY,
}


@dataclass(frozen=True, slots=True)
class Heard:
    """A unit below and its plan: what it asks, what was accepted, until when it is due. No plan yet: state is empty."""

    unit: Organisation
    plan: Plan | None
    asked: Sum
    accepted: Sum
    due_on: date | None

    @property
    def state(self) -> str:
        """The plan's state, "" while there is none."""
        return self.plan.state if self.plan else ""

    @property
    def difference(self) -> Sum | None:
        """Accepted less asked; None while nothing was decided."""
        return self.accepted - self.asked if self.state == PlanState.ACCEPTED else None

    def is_late(self, today: date) -> bool:
        """True when its day is over and nothing went up."""
        return self.due_on is not None and today > self.due_on and self.state not in (PlanState.SUBMITTED, PlanState.ACCEPTED)


def units_below(office: Organisation) -> list[Organisation]:
    """The open units that plan under this office, in the tree's order; a teaching point only when it has a plan of its own."""
    own = Q(kind__in=[kind for kind in LEVELS if kind is not Kind.TEACHING_POINT])
    planning = Plan.everywhere.filter(organisation__parent=office).values("organisation_id")
    return list(Organisation.everywhere.filter(own | Q(pk__in=planning), parent=office, closed_on=None).order_by("path"))


def heard(office: Organisation, year: policies.TrainingYear, term: str = Term.YEAR) -> list[Heard]:
    """Every unit below the office with its plan of this year and term, whether it has one or not."""
    units = units_below(office)
    found = Plan.everywhere.filter(organisation__in=[unit.pk for unit in units], training_year=year, term=term)
    plans = {plan.organisation_id: plan for plan in found.select_related("training_year")}
    lines = lines_of([plan.pk for plan in plans.values()])
    days = dues_of(units, year, term)
    rows = []
    for unit in units:
        plan = plans.get(unit.pk)
        own = lines[plan.pk] if plan else []
        rows.append(Heard(unit, plan, asked_sum(own), accepted_sum(own), days.get(unit.pk)))
    return rows


def totals(rows: Iterable[Heard]) -> tuple[Sum, Sum]:
    """What the units together ask, and what was accepted."""
    asked, accepted = Sum(), Sum()
    for row in rows:
        asked, accepted = asked + row.asked, accepted + row.accepted
    return asked, accepted

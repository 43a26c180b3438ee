"""Until when a plan is taken: a unit's own longer day, else the call of the nearest office above."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from xingtan.domains.plans.models import PlanCall
from xingtan.domains.plans.states import Level
from xingtan.domains.policies import api as policies
from xingtan.foundation.scope.branch import STEP
from xingtan.foundation.scope.models import Kind, Organisation

LEVEL_OF = {Kind.SCHOOL: Level.SCHOOL, Kind.TEACHING_POINT: Level.SCHOOL, Kind.CITY: Level.CITY}


def dues_of(units: Sequence[Organisation], year: policies.TrainingYear, term: str) -> dict[int, date]:
    """The last day for each of these units' plans; a unit that nobody asks has none."""
    calls = list(PlanCall.everywhere.filter(training_year=year, term=term).select_related("organisation"))
    longer = {call.unit_id: call.due_on for call in calls if call.unit_id}
    asked = {(call.organisation.path, call.level): call.due_on for call in calls if call.unit_id is None}
    found: dict[int, date] = {}
    for unit in units:
        level = LEVEL_OF.get(Kind(unit.kind), Level.COUNTY)
        above = (unit.path[:end] for end in range(len(unit.path) - STEP, 0, -STEP))
        day = longer.get(unit.pk) or next((asked[path, level] for path in above if (path, level) in asked), None)
        if day is not None:
            found[unit.pk] = day
    return found


def calls_of(office_id: int | None, training_year_id: int) -> QuerySet[PlanCall]:
    """The calls of this office in that year, its longer days for single units after them."""
    found = PlanCall.everywhere.filter(organisation_id=office_id or 0, training_year_id=training_year_id)
    return found.select_related("unit").order_by("unit_id", "term", "level")

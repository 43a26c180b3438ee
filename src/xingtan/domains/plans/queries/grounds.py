"""What plans say to later rooms: the ground for sending people, and how many heads were planned for a project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from xingtan.domains.plans.models import PlanLine
from xingtan.domains.plans.states import PlanState
from xingtan.domains.policies import api as policies
from xingtan.foundation.scope.models import Organisation


@dataclass(frozen=True, slots=True)
class Ground:
    """A line of a unit's accepted plan: for so many people of this stage, subject and category ("" = any) and with these hours each."""

    line_id: int
    plan_id: str
    what: str
    area: str
    way: str
    stage: str
    subject: str
    category: str
    head_count: int
    hours_centi: int
    project_id: int | None


def grounds_for(school: Organisation | int, year: policies.TrainingYear | int) -> list[Ground]:
    """The lines of the unit's accepted plans of the year, accepted heads only: the ground for sending people (S4). Without a plan none.

    `project_id` is the project that the line, or the line of a level above into which it was gathered, has become.
    """
    unit_id = school.pk if isinstance(school, Organisation) else school
    return grounds_of([unit_id], year if isinstance(year, int) else year.pk)[unit_id]


def grounds_of(unit_ids: Collection[int], year_id: int) -> dict[int, list[Ground]]:
    """The same for many units at once, in one query; every id is there, a unit without a plan with an empty list."""
    rows = PlanLine.objects.filter(
        plan__organisation__in=list(unit_ids), plan__training_year_id=year_id, plan__state=PlanState.ACCEPTED, accepted_count__gt=0
    )
    rows = rows.select_related("plan", "gathered_into__gathered_into__gathered_into").order_by("plan__term", "position", "pk")
    found: dict[int, list[Ground]] = {pk: [] for pk in unit_ids}
    for row in rows:
        found[row.plan.organisation_id].append(_ground(row))
    return found


def _ground(row: PlanLine) -> Ground:
    top: PlanLine = row
    while top.project_id is None and top.gathered_into is not None:
        top = top.gathered_into
    return Ground(
        row.pk, row.plan.public_id, row.what, row.area, row.way, row.stage, row.subject, row.category,
        row.accepted_count or 0, row.hours_centi, top.project_id,
    )  # fmt: skip


def head_counts(project_id: int) -> dict[tuple[int, str], int]:
    """How many heads were planned for the project: {(unit's id, category): heads}; empty for a project that came of no plan.

    The unit is the one whose plan first asked (mostly a school): a gathered line is opened down to the lines it was made of,
    and what an office planned beyond them stands under the office itself.
    """
    found: dict[tuple[int, str], int] = defaultdict(int)
    level = list(PlanLine.objects.filter(project_id=project_id, accepted_count__gt=0).select_related("plan"))
    while level:
        below = PlanLine.objects.filter(gathered_into__in=[line.pk for line in level], accepted_count__gt=0, plan__state=PlanState.ACCEPTED)
        parts = list(below.select_related("plan"))
        taken: dict[int, int] = defaultdict(int)
        for part in parts:
            taken[part.gathered_into_id or 0] += part.accepted_count or 0
        for line in level:
            own = (line.accepted_count or 0) - taken[line.pk]
            if own > 0:
                found[line.plan.organisation_id, line.category] += own
        level = parts
    return dict(found)

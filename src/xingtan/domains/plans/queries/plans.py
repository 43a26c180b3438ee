"""One unit's plan, its lines and its trail; the plans of a branch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Q, QuerySet

from xingtan.domains.plans.models import Plan, PlanLine, PlanStep
from xingtan.domains.plans.states import PlanState, Term
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import STEP, Scope
from xingtan.foundation.scope.gate import ScopedQuerySet


def plans_in(scope: Scope) -> ScopedQuerySet[Plan]:
    """Every plan of the branch, the latest year first, with unit and year."""
    found = Plan.objects.within(scope).select_related("organisation", "training_year", "above")
    return found.order_by("-training_year__year", "term", "organisation__path")


def plan_in(scope: Scope, public_id: str) -> Plan:
    """The plan with this address: one of the branch, or an accepted one of a level above it; `NotInScope` where there is none."""
    inside = Q(organisation__path__gte=scope.first, organisation__path__lt=scope.beyond)
    above = Q(organisation__path__in=_above(scope.first), state=PlanState.ACCEPTED)
    found = Plan.everywhere.filter(inside | above, public_id=public_id)
    plan: Plan | None = found.select_related("organisation__parent", "training_year__pack", "above").first()
    if plan is None:
        raise NotInScope
    return plan


def plan_of(organisation_id: int | None, training_year_id: int, term: str = Term.YEAR) -> Plan | None:
    """The unit's plan for this year and term, or None."""
    found = Plan.everywhere.filter(organisation_id=organisation_id or 0, training_year_id=training_year_id, term=term)
    plan: Plan | None = found.select_related("organisation", "training_year").first()
    return plan


def plans_above(scope: Scope, training_year_id: int) -> QuerySet[Plan]:
    """The accepted plans of the levels above this branch in that year, the nearest first: what they run for it."""
    found: QuerySet[Plan] = Plan.everywhere.filter(
        organisation__path__in=_above(scope.first), training_year_id=training_year_id, state=PlanState.ACCEPTED
    )
    return found.select_related("organisation", "training_year").order_by("-organisation__path", "term")


def plan_before(plan: Plan) -> Plan | None:
    """The same unit's plan of the year before, of the same term, or None."""
    found = Plan.everywhere.filter(organisation_id=plan.organisation_id, term=plan.term, training_year__year__lt=plan.training_year.year)
    before: Plan | None = found.select_related("training_year").order_by("-training_year__year").first()
    return before


def lines_of(plan_ids: Collection[int]) -> dict[int, list[PlanLine]]:
    """The lines of each of these plans in their order; a plan without any has an empty list."""
    found: dict[int, list[PlanLine]] = defaultdict(list, {pk: [] for pk in plan_ids})
    rows = PlanLine.objects.filter(plan__in=list(plan_ids)).select_related("project", "gathered_into__plan__organisation")
    for line in rows.order_by("plan", "position", "pk"):
        found[line.plan_id].append(line)
    return dict(found)


def trail_of(plan: Plan) -> list[PlanStep]:
    """What was done with the plan, the latest last."""
    return list(PlanStep.objects.filter(plan=plan).order_by("pk"))


def _above(path: str) -> list[str]:
    return [path[:end] for end in range(STEP, len(path), STEP)]

"""Verdicts as they were determined, and computed afresh."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Count, Q

from xingtan.core.determination import (
    CycleVerdict,
    Node,
    PastYear,
    YearVerdict,
    determine_cycle,
    determine_many,
)
from xingtan.core.verdicts import Verdict
from xingtan.domains.credits import api as credits_room
from xingtan.domains.determination.models import Determination, DeterminationRun
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import Prepared
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet

from .facts import facts_of_year

YEAR, CYCLE = "year", "cycle"
UNSETTLED = (Verdict.IN_PROGRESS, Verdict.UNDETERMINED)


class Found(NamedTuple):
    """One teacher's verdict of the year, computed from the facts of this moment, and of the cycle when its years are known."""

    person: credits_room.Person
    year: YearVerdict
    cycle: CycleVerdict


def verdicts_of(training_year: policies.TrainingYear, people: Mapping[int, credits_room.Person], day: date) -> Iterator[Found]:
    """The verdicts of these teachers from the facts of this moment; the other years of the cycle as they were determined."""
    policy = policies.policy_of(training_year)
    facts = list(facts_of_year(training_year, people, day))
    past = past_years(training_year, people)
    for (pk, _), verdict in zip(facts, determine_many(policy, (one for _, one in facts)), strict=True):
        years = [*past.get(pk, ()), verdict]
        person = people[pk]
        is_new_hire, on_roster = person.is_new_hire(policy, training_year.year), person.years_on_roster(policy, training_year.year)
        yield Found(person, verdict, determine_cycle(policy, years, is_new_hire, years_on_roster=on_roster))


_past: Prepared[tuple[int, int, str, int, int, int, dict[str, int]]] = Prepared(
    lambda teachers, province, first, before: (
        Determination.everywhere.filter(
            teacher_id__among=teachers,
            span=YEAR,
            is_current=True,
            training_year__organisation_id=province,
            training_year__year__gte=first,
            training_year__year__lt=before,
        )
        .order_by("training_year__year")
        .values_list("teacher_id", "training_year__year", "verdict", "required_centi", "recognised_centi", "verified_centi", "numbers")
    ),
    "many",
    "one",
    "year",
    "year",
)


def past_years(training_year: policies.TrainingYear, teacher_ids: Collection[int]) -> dict[int, list[PastYear]]:
    """The verdicts of the cycle's other years up to this one, per teacher."""
    persons = teachers.whose(teacher_ids)
    found: dict[int, dict[int, PastYear]] = {}
    rows = _past(persons, training_year.organisation_id, training_year.cycle_first, training_year.year)
    for teacher_id, year, verdict, required, recognised, verified, numbers in rows:
        one = PastYear(year, Verdict(verdict), required, recognised, verified, numbers.get("by_exam", 0))
        years = found.setdefault(persons[teacher_id], {})
        # A merged record may have a verdict of the same year: who passed under one of them has passed.
        if year not in years or teachers.better(years[year].verdict, verdict) != years[year].verdict:
            years[year] = one
    return {pk: list(years.values()) for pk, years in found.items()}


def verdict_of(teacher_id: int, training_year: policies.TrainingYear, day: date) -> Found:
    """One teacher's verdict from the facts of this moment."""
    people = credits_room.people_of([teacher_id], training_year.pk, policies.policy_of(training_year))
    return next(verdicts_of(training_year, people, day))


def node_as_data(node: Node) -> dict[str, Any]:
    """A node of the reason tree as plain data, kept with the verdict."""
    return {
        "code": node.code.value,
        "subject": node.subject,
        "state": node.state.value,
        "have": node.have,
        "need": node.need,
        "children": [node_as_data(child) for child in node.children],
    }


def determinations_in(
    scope: Scope, training_year_id: int, *, span: str = YEAR, verdict: str = "", q: str = "", examined: bool | None = None
) -> ScopedQuerySet[Determination]:
    """The branch's current verdicts, filtered, with teacher and school."""
    found = Determination.objects.within(scope).filter(training_year_id=training_year_id, span=span, is_current=True)
    if verdict:
        found = found.filter(verdict=verdict)
    if q:
        found = found.filter(Q(teacher__name__contains=q) | Q(school__name__contains=q))
    if examined is not None:
        found = found.filter(examined_at__isnull=not examined)
    return found.select_related("teacher", "school")


def verdict_counts(scope: Scope, training_year_id: int, *, span: str = YEAR) -> dict[Verdict, int]:
    """How many teachers of the branch have each verdict; every verdict is there."""
    rows = determinations_in(scope, training_year_id, span=span).order_by().values("verdict").annotate(n=Count("pk"))
    return dict.fromkeys(Verdict, 0) | {Verdict(row["verdict"]): row["n"] for row in rows}


def runs_in(scope: Scope, training_year_id: int) -> ScopedQuerySet[DeterminationRun]:
    """The branch's runs of the year, the newest first."""
    return (
        DeterminationRun.objects.within(scope).filter(training_year_id=training_year_id).select_related("organisation").order_by("-ran_at")
    )


def determination_of(teacher_id: int, training_year_id: int, *, span: str = YEAR) -> Determination | None:
    """The teacher's current verdict, or None before the first determination."""
    return Determination.everywhere.filter(teacher_id=teacher_id, training_year_id=training_year_id, span=span, is_current=True).first()


def final_of(teacher_id: int, training_year_id: int) -> Determination | None:
    """The teacher's final verdict of the year, or None."""
    rows = Determination.everywhere.filter(teacher_id=teacher_id, training_year_id=training_year_id, span=YEAR, is_current=True)
    return rows.filter(examined_at__isnull=False).select_related("teacher", "school", "run").first()

"""Reading results: lists of a branch, what stands for a year, what was known at a moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from xingtan.core.determination.facts import ResultFact
from xingtan.domains.assessment.models import ExamResult
from xingtan.domains.assessment.states import ResultState
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import Prepared
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.gate import ScopedQuerySet

FIELDS = ("teacher_id", "test", "score_centi", "state")


def results_in(scope: Scope, training_year_id: int, *, test: str = "", state: str = "", q: str = "") -> ScopedQuerySet[ExamResult]:
    """The branch's standing results of the year: of a test, in a state, of a teacher or school with these words."""
    found = (
        ExamResult.objects.within(scope).filter(training_year_id=training_year_id, superseded_at=None).select_related("teacher", "school")
    )
    found = found.filter(test=test) if test else found
    found = found.filter(state=state) if state else found
    if words := " ".join(q.split())[:60]:
        found = found.filter(Q(teacher__name__contains=words) | Q(school__name__contains=words) | Q(teacher__staff_number=words))
    return found


def result_counts(scope: Scope, training_year_id: int) -> dict[tuple[str, ResultState], int]:
    """How many standing results of the year there are per test and state."""
    rows = results_in(scope, training_year_id).order_by().values_list("test", "state").annotate(n=Count("pk"))
    return {(test, ResultState(state)): n for test, state, n in rows}


def results_of(teacher_id: int) -> QuerySet[ExamResult]:
    """Every result of the teacher, superseded ones too, the latest year first."""
    found = ExamResult.everywhere.filter(teacher_id=teacher_id).select_related("training_year__pack")
    return found.order_by("-training_year__year", "test", "sitting", "entered_at", "pk")


def result_facts(teacher_ids: Collection[int], training_year_id: int) -> dict[int, tuple[ResultFact, ...]]:
    """What a determination is told of the teachers' tests, in one query; teachers without any are absent."""
    found: dict[int, list[ResultFact]] = defaultdict(list)
    persons = teachers.whose(teacher_ids)
    for teacher_id, test, score, state in _standing(persons, training_year_id):
        found[persons[teacher_id]].append(ResultFact(test, -1 if score is None else score, -1, state))
    return {pk: tuple(facts) for pk, facts in found.items()}


_standing: Prepared[tuple[int, str, int | None, str]] = Prepared(
    lambda teachers, year: (
        ExamResult.everywhere.filter(teacher_id__among=teachers, training_year_id=year, superseded_at=None)
        .order_by("teacher_id", "test", "sitting")
        .values_list(*FIELDS)
    ),
    "many",
    "one",
)


def results_known(teacher_ids: Collection[int], known_at: datetime) -> list[ExamResult]:
    """The results that stood at the moment, whatever superseded them later."""
    rows = ExamResult.everywhere.filter(teacher_id__among=teacher_ids, entered_at__lte=known_at)
    return list(rows.filter(Q(superseded_at=None) | Q(superseded_at__gt=known_at)).order_by("pk"))

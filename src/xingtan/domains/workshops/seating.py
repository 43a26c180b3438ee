"""Who sits in which cohort: trainees of a branch and stage, evenly, each once in a project."""

from __future__ import annotations

from collections.abc import Iterable

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import atomic
from xingtan.foundation.scope.models import Kind

from . import queries
from .models import Cohort, CohortMember
from .rules import Bench, choose_bench


@atomic
def seat(project_id: int, teacher_ids: Iterable[int]) -> int:
    """Each of the teachers is in a cohort of the project that takes their branch, of their stage where there is one. Returns how many are new."""
    cohorts = list(Cohort.everywhere.filter(project_id=project_id).select_related("organisation").order_by("pk"))
    if not cohorts:
        return 0
    # The cohorts are locked, so that two batches at once do not count the same free place.
    list(Cohort.everywhere.select_for_update().filter(project_id=project_id).order_by("pk").values_list("pk"))
    seated = set(CohortMember.objects.filter(cohort__project_id=project_id).values_list("teacher_id", flat=True))
    sizes = queries.cohort_sizes(cohort.pk for cohort in cohorts)
    benches = [_bench(cohort, sizes.get(cohort.pk, 0)) for cohort in cohorts]
    rows = []
    for pk, teacher in sorted(teachers.teachers_by_id(set(teacher_ids) - seated).items()):
        bench = choose_bench(benches, path=teacher.school.path, stage=teacher.stage)
        if bench is not None:
            bench.taken += 1
            rows.append(CohortMember(cohort_id=bench.cohort_id, teacher_id=pk))
    CohortMember.objects.bulk_create(rows, ignore_conflicts=True, batch_size=900)
    return len(rows)


def _bench(cohort: Cohort, taken: int) -> Bench:
    """A provider's cohort takes trainees from everywhere, an office's those of its branch."""
    path = "" if cohort.organisation.kind == Kind.PROVIDER else cohort.organisation.path
    return Bench(cohort_id=cohort.pk, branch=path, stage=cohort.stage, taken=taken)

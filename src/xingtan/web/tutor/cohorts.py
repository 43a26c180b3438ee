"""The tutor's classes: how many trainees, and how far their work is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from xingtan.domains.assessment import api as assessment
from xingtan.domains.teachers import api as teachers
from xingtan.domains.workshops import api as workshops
from xingtan.web.access import allowed
from xingtan.web.http import Request

State = assessment.State


@dataclass(frozen=True, slots=True)
class CohortShown:
    """A class with its size and the states of its work."""

    cohort: workshops.Cohort
    stage: str
    size: int
    waiting: int
    passed: int
    returned: int

    @property
    def handed_in(self) -> int:
        """How many works were handed in."""
        return self.waiting + self.passed + self.returned


def own_cohorts(request: Request) -> list[CohortShown]:
    """The acting tutor's classes; three queries, however many."""
    found = list(workshops.cohorts_of_tutor(request.actor))
    sizes = workshops.cohort_sizes(cohort.pk for cohort in found)
    counts = assessment.counts_by_cohort(request.actor)
    shown = []
    for cohort in found:
        own = counts.get(cohort.pk, {})
        waiting, passed, returned = (own.get(state, 0) for state in (State.HANDED_IN, State.PASSED, State.RETURNED))
        stage = str(teachers.STAGES.get(teachers.Stage(cohort.stage), "")) if cohort.stage else ""
        shown.append(CohortShown(cohort, stage, sizes.get(cohort.pk, 0), waiting, passed, returned))
    return shown


@require_safe
@allowed(assessment.MARK)
def cohorts(request: Request) -> HttpResponse:
    """My classes, each with the work that waits."""
    return render(request, "tutor/cohorts.html", {"cohorts": own_cohorts(request)})

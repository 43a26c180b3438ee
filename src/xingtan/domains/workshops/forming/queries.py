"""Reading a project's draft of classes."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from xingtan.domains.teachers import api as teachers
from xingtan.domains.workshops.models import Cohort, Forming, FormingClass, FormingSeat
from xingtan.foundation.scope.branch import Scope

from .states import FormingState


@dataclass(frozen=True, slots=True)
class Drafted:
    """A class of the draft with its size and how many were moved there by hand."""

    it: FormingClass
    size: int
    by_hand: int


def draft_of(scope: Scope, project_id: int) -> Forming | None:
    """The draft that may still be changed."""
    found: Forming | None = Forming.objects.within(scope).filter(project_id=project_id, state=FormingState.DRAFTED).first()
    return found


def drafted(forming: Forming) -> list[Drafted]:
    """Its classes in order."""
    sizes = dict(FormingSeat.objects.filter(forming=forming).values_list("number").annotate(n=Count("pk")))
    hands = dict(FormingSeat.objects.filter(forming=forming, is_by_hand=True).values_list("number").annotate(n=Count("pk")))
    rows = FormingClass.objects.filter(forming=forming).select_related("tutor", "host", "organisation").order_by("number")
    return [Drafted(row, sizes.get(row.number, 0), hands.get(row.number, 0)) for row in rows]


def seated_in(forming: Forming, number: int) -> QuerySet[FormingSeat]:
    """Who sits in a class of the draft, by school and name."""
    found = FormingSeat.objects.filter(forming=forming, number=number).select_related("teacher__school")
    return found.order_by("teacher__school__path", "teacher__name_pinyin", "pk")


def people_named(forming: Forming, public_ids: list[str]) -> list[int]:
    """The ids of the draft's trainees with these public ids; unknown ones are left out."""
    known = teachers.teacher_ids_of(public_ids)
    return list(FormingSeat.objects.filter(forming=forming, teacher_id__in=list(known.values())).values_list("teacher_id", flat=True))


def hosts_of(cohort_ids: list[int]) -> dict[int, str]:
    """The names of the hosts of these classes."""
    return dict(Cohort.everywhere.filter(pk__in=cohort_ids, host__isnull=False).values_list("pk", "host__name"))

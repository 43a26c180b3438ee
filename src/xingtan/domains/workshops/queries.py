"""Reading workshops, activities and cohorts."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

from xingtan.foundation.people.roles import Actor
from xingtan.foundation.refusal import NotInScope

from .models import Activity, Cohort, CohortMember, Participation, Workshop, WorkshopMember
from .states import State


def led_workshops(actor: Actor) -> QuerySet[Workshop]:
    """The workshops that the acting person leads, with the parts that wait for a decision counted."""
    return Workshop.everywhere.filter(lead_id=actor.account_id).select_related("offer__project").order_by("pk")


def led_workshop(actor: Actor, public_id: str) -> Workshop:
    """One workshop that the acting person leads; `NotInScope` for any other."""
    workshop = led_workshops(actor).filter(public_id=public_id).first()
    if workshop is None:
        raise NotInScope
    return workshop


def waiting_count(workshop_ids: Iterable[int]) -> dict[int, int]:
    """How many parts wait for the lead, per workshop."""
    rows = (
        Participation.everywhere.filter(activity__workshop_id__in=list(workshop_ids), state=State.HANDED_IN)
        .values("activity__workshop_id")
        .annotate(count=Count("pk"))
    )
    return {row["activity__workshop_id"]: row["count"] for row in rows}


def parts_in(workshop: Workshop) -> QuerySet[Participation]:
    """Every part taken in the workshop's activities, those that wait the longest first."""
    return (
        Participation.everywhere.filter(activity__workshop=workshop)
        .select_related("activity", "teacher", "school", "file")
        .order_by("handed_in_at", "pk")
    )


def activities_of(workshop_ids: Iterable[int]) -> QuerySet[Activity]:
    """The workshops' activities in their order."""
    return Activity.objects.filter(workshop_id__in=list(workshop_ids)).select_related("workshop").order_by("workshop_id", "place")


def workshops_of_teacher(teacher_id: int) -> QuerySet[Workshop]:
    """The workshops in which the teacher is a member, the newest first."""
    member = WorkshopMember.objects.filter(teacher_id=teacher_id).values("workshop_id")
    return Workshop.everywhere.filter(pk__in=member).select_related("offer__project", "lead", "organisation").order_by("-pk")


def own_parts(teacher_id: int, activity_ids: Iterable[int]) -> dict[int, Participation]:
    """The teacher's own part in each of the activities where there is one."""
    found = Participation.everywhere.filter(teacher_id=teacher_id, activity_id__in=list(activity_ids))
    return {part.activity_id: part for part in found}


def activity_of_member(teacher_id: int, public_id: str) -> Activity:
    """An activity of a workshop in which the teacher is a member; `NotInScope` for any other."""
    activity = Activity.objects.filter(public_id=public_id).select_related("workshop__lead", "workshop__offer__project").first()
    if activity is None or not WorkshopMember.objects.filter(workshop_id=activity.workshop_id, teacher_id=teacher_id).exists():
        raise NotInScope
    return activity


def parts_by_id(ids: Iterable[int]) -> list[Participation]:
    """The parts with these ids, with what later rooms need of them."""
    return list(
        Participation.everywhere.filter(pk__in=list(ids)).select_related(
            "activity__workshop__offer__project", "activity__workshop__organisation"
        )
    )


def cohorts_of_tutor(actor: Actor) -> QuerySet[Cohort]:
    """The cohorts whose tutor is acting."""
    return Cohort.everywhere.filter(tutor_id=actor.account_id).select_related("project").order_by("pk")


def cohort_of(teacher_id: int, project_id: int) -> Cohort | None:
    """The cohort of a project in which the teacher is, if any."""
    member = CohortMember.objects.filter(teacher_id=teacher_id, cohort__project_id=project_id).select_related("cohort").first()
    return member.cohort if member else None


def cohort_sizes(cohort_ids: Iterable[int]) -> dict[int, int]:
    """How many trainees each cohort has."""
    rows = CohortMember.objects.filter(cohort_id__in=list(cohort_ids)).values("cohort_id").annotate(count=Count("pk"))
    return {row["cohort_id"]: row["count"] for row in rows}


def cohorts_in(project_id: int) -> QuerySet[Cohort]:
    """A project's cohorts with their tutors."""
    return Cohort.everywhere.filter(Q(project_id=project_id)).select_related("tutor").order_by("pk")


def parts_taken(activity_id: int, teacher_ids: Iterable[int]) -> set[int]:
    """Which of these teachers already have a part in the activity."""
    return set(
        Participation.everywhere.filter(activity_id=activity_id, teacher_id__in=list(teacher_ids)).values_list("teacher_id", flat=True)
    )


def work_products_of(offer_ids: Iterable[int]) -> dict[int, list[int]]:
    """Of each offer the ids of its workshop's activities that ask for a work product."""
    rows = Activity.objects.filter(workshop__offer_id__among=list(offer_ids), is_work_product=True).order_by("pk")
    found: dict[int, list[int]] = {}
    for offer_id, pk in rows.values_list("workshop__offer_id", "pk"):
        found.setdefault(offer_id, []).append(pk)
    return found


def waiting_parts(teacher_ids: Iterable[int], activity_ids: Iterable[int]) -> list[tuple[int, int]]:
    """The (teacher, activity) whose part was handed in and is not decided."""
    rows = Participation.everywhere.filter(
        activity_id__among=list(activity_ids), teacher_id__among=list(teacher_ids), state=State.HANDED_IN
    )
    return list(rows.values_list("teacher_id", "activity_id"))

"""Reading workshops, activities and cohorts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import Prepared
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import Actor, Role
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope
from xingtan.foundation.scope.models import Kind

from . import access
from .models import Activity, Cohort, CohortMember, Participation, Workshop, WorkshopMember
from .states import State


def led_workshops(actor: Actor) -> QuerySet[Workshop]:
    """The workshops that the acting person leads, the newest first."""
    return Workshop.everywhere.filter(lead_id=actor.account_id or 0).select_related("offer__project", "organisation").order_by("-pk")


def led_workshop(actor: Actor, public_id: str) -> Workshop:
    """One workshop that the acting person leads; `NotInScope` for any other."""
    workshop = led_workshops(actor).filter(public_id=public_id).first()
    if workshop is None:
        raise NotInScope
    return workshop


def led_activity(actor: Actor, public_id: str) -> Activity:
    """One activity of a workshop that the acting person leads; `NotInScope` for any other."""
    found = Activity.objects.filter(public_id=public_id, workshop__lead_id=actor.account_id or 0)
    activity = found.select_related("workshop__offer__project").first()
    if activity is None:
        raise NotInScope
    return activity


def waiting_count(workshop_ids: Iterable[int]) -> dict[int, int]:
    """How many parts wait for the lead, per workshop."""
    found = Participation.everywhere.filter(activity__workshop_id__among=list(workshop_ids), state=State.HANDED_IN)
    return dict(found.values_list("activity__workshop_id").annotate(count=Count("pk")))


def member_counts(workshop_ids: Iterable[int]) -> dict[int, int]:
    """How many members each workshop has."""
    return dict(WorkshopMember.objects.filter(workshop_id__among=list(workshop_ids)).values_list("workshop_id").annotate(count=Count("pk")))


def counts_by_activity(workshop_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """For each activity how many parts stand in each state; states without any are absent."""
    found: dict[int, dict[str, int]] = defaultdict(dict)
    rows = Participation.everywhere.filter(activity__workshop_id__among=list(workshop_ids)).values_list("activity_id", "state")
    for activity_id, state, count in rows.annotate(count=Count("pk")):
        found[activity_id][state] = count
    return dict(found)


def offered_hours(workshop_ids: Iterable[int]) -> dict[int, int]:
    """Hundredths of an hour that all activities of each workshop bring together."""
    rows = Activity.objects.filter(workshop_id__among=list(workshop_ids)).order_by()
    return dict(rows.values_list("workshop_id").annotate(centi=Sum("hours_centi")))


def members_of(workshop: Workshop) -> QuerySet[WorkshopMember]:
    """The workshop's members with their schools, by name."""
    found = WorkshopMember.objects.filter(workshop=workshop).select_related("teacher__school")
    return found.order_by("teacher__name_pinyin", "teacher_id")


def members_held(workshop_id: int, teacher_ids: Iterable[int]) -> set[int]:
    """Which of these teachers are members of the workshop; their memberships are held until the transaction ends."""
    found = WorkshopMember.objects.select_for_update().filter(workshop_id=workshop_id, teacher_id__among=list(teacher_ids))
    return set(found.order_by("pk").values_list("teacher_id", flat=True))


def member_keys(workshop: Workshop) -> dict[str, list[int]]:
    """What a list may call a member by (name, staff number, school) and whom each means."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = WorkshopMember.objects.filter(workshop=workshop).order_by("teacher_id")
    for pk, *keys in rows.values_list("teacher_id", "teacher__name", "teacher__staff_number", "teacher__school__name"):
        for key in {key for key in keys if key}:
            found[key].append(pk)
    return dict(found)


def parts_in(workshop: Workshop, *, state: str = "", activity_id: int | None = None, q: str = "") -> QuerySet[Participation]:
    """The parts taken in the workshop's activities, those that wait the longest first; narrowed by what is given."""
    found = Participation.everywhere.filter(activity__workshop=workshop)
    wanted = {"state": state, "activity_id": activity_id}
    found = found.filter(**{field: value for field, value in wanted.items() if value})
    if q:
        found = found.filter(_named(q))
    return found.select_related("activity", "teacher", "school", "file").order_by("handed_in_at", "pk")


def _named(q: str) -> Q:
    pinyin = q.lower().replace(" ", "")
    found = Q(teacher__name__icontains=q) | Q(school__name__icontains=q)
    return found | Q(teacher__name_pinyin__startswith=pinyin) | Q(teacher__name_initials__startswith=pinyin)


def states_in(activity: Activity) -> dict[int, str]:
    """The state of each teacher's part in the activity."""
    return dict(Participation.everywhere.filter(activity=activity).values_list("teacher_id", "state"))


def part_ids(workshop: Workshop, public_ids: Iterable[str]) -> list[int]:
    """The ids behind these public ids; `NotInScope` when one is unknown or of another workshop."""
    wanted = set(public_ids)
    found = Participation.everywhere.filter(activity__workshop=workshop, public_id__among=wanted).values_list("pk", flat=True)
    if len(found) != len(wanted):
        raise NotInScope
    return sorted(found)


def part_counts(workshop: Workshop) -> dict[State, int]:
    """How many parts of the workshop stand in each state; every state is there."""
    rows = Participation.everywhere.filter(activity__workshop=workshop).values_list("state").annotate(count=Count("pk"))
    return dict.fromkeys(State, 0) | {State(state): count for state, count in rows}


def activities_of(workshop_ids: Iterable[int]) -> QuerySet[Activity]:
    """The workshops' activities in their order."""
    return Activity.objects.filter(workshop_id__in=list(workshop_ids)).select_related("workshop").order_by("workshop_id", "place")


def workshops_of_teacher(teacher_id: int) -> QuerySet[Workshop]:
    """The workshops in which the teacher is a member, the newest first."""
    member = WorkshopMember.objects.filter(teacher_id__among=teachers.whose([teacher_id])).values("workshop_id")
    return Workshop.everywhere.filter(pk__in=member).select_related("offer__project", "lead", "organisation").order_by("-pk")


def own_parts(teacher_id: int, activity_ids: Iterable[int]) -> dict[int, Participation]:
    """The teacher's own part in each of the activities where there is one."""
    persons = teachers.whose([teacher_id])
    found = Participation.everywhere.filter(teacher_id__among=persons, activity_id__in=list(activity_ids)).select_related("file")
    return {
        part.activity_id: part for part in sorted(found, key=lambda part: (part.state == State.CONFIRMED, part.teacher_id == teacher_id))
    }


def activity_of_member(teacher_id: int, public_id: str) -> Activity:
    """An activity of a workshop in which the teacher is a member; `NotInScope` for any other."""
    activity = Activity.objects.filter(public_id=public_id).select_related("workshop__lead", "workshop__offer__project").first()
    if activity is None or not _members(teacher_id, activity.workshop_id).exists():
        raise NotInScope
    return activity


def _members(teacher_id: int, workshop_id: int) -> QuerySet[WorkshopMember]:
    return WorkshopMember.objects.filter(workshop_id=workshop_id, teacher_id__among=teachers.whose([teacher_id]))


def parts_by_id(ids: Iterable[int]) -> list[Participation]:
    """The parts with these ids, with what later rooms need of them."""
    activities = Activity.objects.select_related("workshop__offer__project", "workshop__organisation")
    return list(Participation.everywhere.filter(pk__among=list(ids)).prefetch_related(Prefetch("activity", activities)))


def cohorts_of_tutor(actor: Actor) -> QuerySet[Cohort]:
    """The cohorts whose tutor is acting."""
    return Cohort.everywhere.filter(tutor_id=actor.account_id or 0).select_related("project", "organisation").order_by("pk")


def seats_of_tutor(actor: Actor) -> QuerySet[CohortMember, int]:
    """The ids of the trainees in the acting tutor's cohorts."""
    return CohortMember.objects.filter(cohort__tutor_id=actor.account_id or 0).values_list("teacher_id", flat=True)


def cohort_of(teacher_id: int, project_id: int) -> Cohort | None:
    """The cohort of a project in which the teacher is, if any."""
    found = CohortMember.objects.filter(teacher_id__among=teachers.whose([teacher_id]), cohort__project_id=project_id)
    member = found.select_related("cohort__tutor").order_by("pk").first()
    return member.cohort if member else None


def cohorts_of(teacher_ids: Iterable[int], project_id: int) -> dict[int, int]:
    """The id of each teacher's cohort in the project; a teacher without one is left out."""
    persons = teachers.whose(teacher_ids)
    rows = CohortMember.objects.filter(cohort__project_id=project_id, teacher_id__among=persons).order_by("-pk")
    return {persons[teacher_id]: cohort_id for teacher_id, cohort_id in rows.values_list("teacher_id", "cohort_id")}


def cohort_sizes(cohort_ids: Iterable[int]) -> dict[int, int]:
    """How many trainees each cohort has; a cohort without any is absent."""
    return dict(CohortMember.objects.filter(cohort_id__among=list(cohort_ids)).values_list("cohort_id").annotate(count=Count("pk")))


def cohorts_in(project_id: int) -> QuerySet[Cohort]:
    """A project's cohorts with their tutors."""
    return Cohort.everywhere.filter(project_id=project_id).select_related("tutor", "organisation").order_by("pk")


def tutor_grants(project_id: int, scope: Scope, day: date) -> QuerySet[Grant]:
    """Who may be tutor of a class of the project on this day: tutors of the branch's offices and of the providers that the project offers."""
    providers = {offer.provider_id for offer in projects.offers_of([project_id])[project_id] if offer.provider_id}
    held = Grant.objects.filter(Q(to_on=None) | Q(to_on__gte=day), role=Role.TUTOR, from_on__lte=day, account__is_active=True)
    held = held.filter(organisation__path__gte=scope.first, organisation__path__lt=scope.beyond)
    near = Q(organisation_id__in=providers) | ~Q(organisation__kind=Kind.PROVIDER)
    return held.filter(near).select_related("account", "organisation").order_by("account__name", "pk")


_products: Prepared[tuple[int, int]] = Prepared(
    lambda offers: (
        Activity.objects.filter(workshop__offer_id__among=offers, is_work_product=True)
        .order_by("pk")
        .values_list("workshop__offer_id", "pk")
    ),
    "many",
)
_waiting: Prepared[tuple[int, int]] = Prepared(
    lambda activities, teachers: Participation.everywhere.filter(
        activity_id__among=activities, teacher_id__among=teachers, state=State.HANDED_IN
    ).values_list("teacher_id", "activity_id"),
    "many",
    "many",
)


def work_products_of(offer_ids: Iterable[int]) -> dict[int, list[int]]:
    """Of each offer the ids of its workshop's activities that ask for a work product."""
    found: dict[int, list[int]] = {}
    for offer_id, pk in _products(list(offer_ids)):
        found.setdefault(offer_id, []).append(pk)
    return found


def waiting_parts(teacher_ids: Iterable[int], activity_ids: Iterable[int]) -> list[tuple[int, int]]:
    """The (teacher, activity) whose part was handed in and is not decided."""
    activities, persons = list(activity_ids), teachers.whose(teacher_ids)
    return [(persons[teacher_id], activity) for teacher_id, activity in _waiting(activities, persons)] if activities else []


def may_read_file(actor: Actor, file_id: int) -> bool:
    """True for the lead of the workshop in which the file was handed in."""
    found = Participation.everywhere.filter(file_id=file_id, activity__workshop__lead_id=actor.account_id or 0)
    return actor.may(access.LEAD_WORKSHOP) and found.exists()


def attended_on(day: date) -> list[tuple[int, int, int]]:
    """(teacher, activity, hours in hundredths) of everyone whose part in an activity of just that day was confirmed."""
    rows = Participation.everywhere.filter(activity__opens_on=day, activity__closes_on=day, state=State.CONFIRMED).order_by("pk")
    return list(rows.values_list("teacher_id", "activity_id", "activity__hours_centi"))

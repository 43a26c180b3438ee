"""Groups, their people, times and kits, scope first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from xingtan.domains.courses import api as courses
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.kits.models import CountedTime, Delivery, GroupMember, GroupTime, Kit, KitPerson, PaperSheet, StudyGroup
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.foundation.db import Prepared
from xingtan.foundation.people.roles import SCHOOL, Actor
from xingtan.foundation.refusal import NotInScope


def groups_in(actor: Actor, *, year: policies.TrainingYear | None = None, q: str = "") -> QuerySet[StudyGroup]:
    """The groups that this office granted or oversees; a school sees those in which its people are."""
    found: QuerySet[StudyGroup] = StudyGroup.everywhere.within(actor.scope)
    if actor.role in SCHOOL:
        own = GroupMember.objects.filter(group=OuterRef("pk"), teacher__school_id=actor.organisation_id)
        found = StudyGroup.everywhere.filter(Exists(own))
    if year is not None:
        found = found.filter(training_year=year)
    if q:
        found = found.filter(Q(name__icontains=q) | Q(place__name__icontains=q) | Q(leader__name__icontains=q))
    return found.select_related("county", "place", "leader", "training_year__pack").order_by("-training_year__year", "name", "pk")


def group_in(actor: Actor, pid: str) -> StudyGroup:
    """The group with this address that the actor may see; raises `NotInScope`."""
    found = groups_in(actor).filter(public_id=pid).first()
    if found is None:
        raise NotInScope("group")
    return found


class Figures(NamedTuple):
    """How big a group is and what it did so far."""

    people: int
    times: int
    kits: int
    seconds: int


def figures_of(group_ids: Collection[int]) -> dict[int, Figures]:
    """People, times, kits and counted seconds of each of these groups."""
    people = _counts(GroupMember.objects.filter(group_id__in=group_ids))
    times = _counts(GroupTime.objects.filter(group_id__in=group_ids))
    kits = _counts(Kit.everywhere.filter(group_id__in=group_ids))
    rows = CountedTime.objects.filter(group_id__in=group_ids).values("group_id").annotate(n=Sum("seconds")).values_list("group_id", "n")
    seconds = dict(rows.order_by())
    return {pk: Figures(people.get(pk, 0), times.get(pk, 0), kits.get(pk, 0), seconds.get(pk, 0)) for pk in group_ids}


def _counts(rows: QuerySet[GroupMember] | QuerySet[GroupTime] | QuerySet[Kit]) -> dict[int, int]:
    return dict(rows.order_by().values("group_id").annotate(n=Count("pk")).values_list("group_id", "n"))


def members_of(group: StudyGroup, actor: Actor | None = None) -> list[GroupMember]:
    """The group's people by name; a school sees its own only."""
    rows = GroupMember.objects.filter(group=group).select_related("teacher__school")
    if actor is not None and actor.role in SCHOOL:
        rows = rows.filter(teacher__school_id=actor.organisation_id)
    return list(rows.order_by("teacher__name_pinyin", "teacher_id"))


def times_of(group: StudyGroup) -> list[GroupTime]:
    """The group's fixed times in order."""
    return list(GroupTime.objects.filter(group=group).order_by("on", "from_minute"))


def kits_of(group: StudyGroup) -> list[Kit]:
    """The group's kits, the first first."""
    return list(Kit.everywhere.filter(group=group).order_by("number"))


def kit_in(actor: Actor, uuid: UUID) -> Kit:
    """The kit with this id in the actor's branch; raises `NotInScope`."""
    found = Kit.everywhere.within(actor.scope).filter(uuid=uuid).select_related("group__training_year__pack", "group__county").first()
    if found is None:
        raise NotInScope("kit")
    return found


def kit_people(kit: Kit) -> list[KitPerson]:
    """The people of a kit by name."""
    return list(KitPerson.objects.filter(kit=kit).select_related("teacher__school").order_by("teacher__name_pinyin", "teacher_id"))


def deliveries_of(kit_ids: Iterable[int]) -> list[Delivery]:
    """What arrived from these kits, the latest first."""
    return list(Delivery.objects.filter(kit_id__in=list(kit_ids)).select_related("kit").order_by("-at", "-pk")[:60])


def sheets_of(group: StudyGroup) -> dict[int, PaperSheet]:
    """The keyed-in sheets of a group, by their time."""
    return {one.time_id: one for one in PaperSheet.objects.filter(time__group=group).select_related("scan", "time")}


class Hours(NamedTuple):
    """What counts of one person's study in a group: seconds in all, by mode, and the days."""

    seconds: int
    by_mode: dict[str, int]
    days: tuple[date, ...]


def hours_of(group: StudyGroup) -> dict[int, Hours]:
    """Counted hours of the group's people, by teacher."""
    modes: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    days: dict[int, set[date]] = defaultdict(set)
    rows = CountedTime.objects.filter(group=group, seconds__gt=0).values_list("teacher_id", "mode", "on", "seconds")
    for teacher_id, mode, on, seconds in rows:
        modes[teacher_id][mode] += seconds
        days[teacher_id].add(on)
    return {pk: Hours(sum(found.values()), dict(found), tuple(sorted(days[pk]))) for pk, found in modes.items()}


def groups_of(teacher_id: int) -> list[StudyGroup]:
    """The groups in which a teacher is named, the latest year first."""
    own = GroupMember.objects.filter(group=OuterRef("pk"), teacher_id=teacher_id)
    rows = StudyGroup.everywhere.filter(Exists(own) | Q(leader_id=teacher_id)).select_related(
        "place", "leader", "training_year__pack", "county"
    )
    return list(rows.order_by("-training_year__year", "name"))


def studied_modes(teacher_ids: Collection[int], training_year_id: int) -> list[tuple[int, int, str, str]]:
    """(teacher, record, component, mode) of a year's counted group study, one a day and unit, for packs that ask how one studied."""
    return _studied_modes(teacher_ids, training_year_id)


_studied_modes: Prepared[tuple[int, int, str, str]] = Prepared(
    lambda teachers, year: (
        CountedTime.objects.filter(teacher_id__among=teachers, group__training_year_id=year)
        .exclude(mode="")
        .order_by("pk")
        .values_list("teacher_id", "pk", "unit__course__component", "mode")
    ),
    "many",
    "one",
)


def may_read_file(actor: Actor, file_id: int) -> bool:
    """True for the teachers and the office of the group whose sheet was scanned."""
    sheets = PaperSheet.objects.filter(scan_id=file_id)
    if actor.teacher_id is not None:
        return sheets.filter(time__group__in=[one.pk for one in groups_of(actor.teacher_id)]).exists()
    return any(
        group_id in set(groups_in(actor).values_list("pk", flat=True)) for group_id in sheets.values_list("time__group_id", flat=True)
    )


def chosen_courses(teacher_ids: Iterable[int], training_year_id: int) -> dict[int, list[int]]:
    """The courses that each of these teachers chose for the year, in the order of choice."""
    rows = enrolment.standing_choices(list(teacher_ids), training_year_id)
    offers = enrolment.chosen_offers([pk for _teacher, pk, _item in rows])
    known = projects.offers_by_id({pk for ids in offers.values() for pk in ids})
    return {
        teacher_id: [course for pk in offers.get(selection, ()) if (course := known[pk].course_id)] for teacher_id, selection, _item in rows
    }


def study_units(group: StudyGroup) -> list[courses.Unit]:
    """The films and documents of the courses that the group's people chose, course by course."""
    ids = [one.teacher_id for one in members_of(group)]
    wanted = {pk for some in chosen_courses(ids, group.training_year_id).values() for pk in some}
    kinds = (courses.UnitKind.VIDEO, courses.UnitKind.DOCUMENT)
    found = courses.units_of(wanted)
    known = courses.courses_by_id(found)
    for pk, units in found.items():
        for unit in units:
            unit.course = known[pk]
    return [unit for pk in sorted(found) for unit in found[pk] if unit.kind in kinds]

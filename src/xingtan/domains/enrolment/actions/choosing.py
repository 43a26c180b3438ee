"""Choosing for oneself, and assigning for many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from xingtan.core.calendar import WindowKind, local_day
from xingtan.domains.enrolment import access, rules
from xingtan.domains.enrolment.around import YearRules, offer_facts, offers, teacher_facts, year_rules
from xingtan.domains.enrolment.models import ChosenOffer, CourseSelection
from xingtan.domains.enrolment.states import Refusal, State
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .holding import refuse


@dataclass(frozen=True, slots=True)
class Assignment:
    """A choice that an office makes for a teacher; without an item the policy's own holds."""

    teacher_id: int
    project_id: int
    offer_ids: tuple[int, ...]
    item: int | None = None


@dataclass(frozen=True, slots=True)
class _Wish:
    """A choice that was decided and may be written."""

    teacher: teachers.Teacher
    project_id: int
    year: YearRules
    item: int
    is_first_year: bool
    offer_ids: frozenset[int]

    @property
    def hours_centi(self) -> int:
        return sum(self.year.required(self.item, first_year=self.is_first_year).values())


@atomic
def choose(
    *, actor: Actor, project_id: int, item: int, offer_ids: Iterable[int], now: datetime, version: int | None = None
) -> CourseSelection:
    """The teacher's choice for the year stands as given and waits for the school; the same choice again changes nothing."""
    require(actor, access.CHOOSE)
    row = Assignment(_own(actor), project_id, tuple(offer_ids), item)
    wish = _decide_all(teachers.teachers_by_id([row.teacher_id]), [row], local_day(now))[0]
    facts = [offer_facts(offer) for offer in offers(wish.offer_ids).values()]
    required = wish.year.required(item, first_year=wish.is_first_year)
    refuse(rules.refuse_offers(required, facts, teacher_facts(wish.teacher, first_year=wish.is_first_year)))
    [selection] = _place(actor, [wish], now, version)
    return selection


@atomic
def choose_for(*, actor: Actor, rows: Sequence[Assignment], now: datetime) -> list[CourseSelection]:
    """Each teacher of the branch has the choice that the office made; all rows or none. What is lacking shows when it is confirmed."""
    require(actor, access.ASSIGN)
    known = {one.pk: one for one in teachers.teachers_in(actor.scope).filter(pk__in={row.teacher_id for row in rows})}
    wishes = _decide_all(known, rows, local_day(now))
    return _place(actor, wishes, now, None)


def _own(actor: Actor) -> int:
    if actor.teacher_id is None:
        raise NotInScope
    return actor.teacher_id


def _decide_all(known: Mapping[int, teachers.Teacher], rows: Sequence[Assignment], day: date) -> list[_Wish]:
    """The wishes, each allowed: known teacher in post, open project of the branch, its own offers, an item that holds for the teacher."""
    found = offers(pk for row in rows for pk in row.offer_ids)
    open_ones = projects.projects_by_id({row.project_id for row in rows})
    years = policies.TrainingYear.everywhere.select_related("pack").in_bulk({one.training_year_id for one in open_ones.values()})
    by_year = {pk: year_rules(year) for pk, year in years.items()}
    for year in by_year.values():
        refuse(rules.refuse_day(year.windows[WindowKind.SELECTION], day))
    wishes = []
    for row in rows:
        project, teacher = open_ones.get(row.project_id), known.get(row.teacher_id)
        if project is None or teacher is None:
            raise NotInScope
        _refuse_offers(project, [found.get(pk) for pk in row.offer_ids])
        _refuse_project(project, teacher, day)
        wishes.append(_wish(row, teacher, by_year[project.training_year_id]))
    return wishes


def _refuse_offers(project: projects.Project, wanted: Sequence[projects.Offer | None]) -> None:
    if any(offer is None for offer in wanted):
        raise NotInScope
    if any(offer is not None and offer.project_id != project.pk for offer in wanted):
        raise Refused(Refusal.OFFER_ELSEWHERE)


def _refuse_project(project: projects.Project, teacher: teachers.Teacher, day: date) -> None:
    if not teacher.school.path.startswith(project.organiser.path):
        raise NotInScope
    if project.state != projects.ProjectState.PUBLISHED or not project.opens_on <= day <= project.closes_on:
        raise Refused(Refusal.PROJECT_NOT_OPEN)
    if teacher.status in (teachers.Status.LEFT, teachers.Status.RETIRED):
        raise Refused(Refusal.NOT_TEACHING)


def _wish(row: Assignment, teacher: teachers.Teacher, year: YearRules) -> _Wish:
    first_year = year.first_year(teacher.hired_on)
    item = row.item if row.item is not None else year.default_item(first_year=first_year)
    refuse(rules.refuse_item(year.policy, item, first_year=first_year))
    return _Wish(teacher, row.project_id, year, item, first_year, frozenset(row.offer_ids))


def _place(actor: Actor, wishes: Sequence[_Wish], now: datetime, version: int | None) -> list[CourseSelection]:
    """The wishes are written, one selection per teacher and year; a wish that already stands is left alone."""
    placed: list[CourseSelection] = []
    ordered = sorted(wishes, key=lambda wish: wish.year.year.pk)
    for year_id, some in groupby(ordered, key=lambda wish: wish.year.year.pk):
        placed += _place_in_year(actor, year_id, {wish.teacher.pk: wish for wish in some}, now, version)
    return placed


def _place_in_year(actor: Actor, year_id: int, wishes: Mapping[int, _Wish], now: datetime, version: int | None) -> list[CourseSelection]:
    alive = CourseSelection.everywhere.filter(training_year_id=year_id, teacher_id__in=list(wishes)).exclude(state=State.WITHDRAWN)
    known = set(alive.values_list("teacher_id", flat=True))
    fresh = [_new(wish, now) for teacher_id, wish in wishes.items() if teacher_id not in known]
    # Two at once: the constraint lets one in, the other waits for it here and then finds it as a change.
    CourseSelection.everywhere.bulk_create(fresh, ignore_conflicts=True)
    held = list(alive.select_for_update().order_by("pk"))
    born = {one.public_id for one in fresh}
    stands = _standing([one for one in held if one.public_id not in born])
    changed = [one for one in held if stands.get(one.pk) != _content(wishes[one.teacher_id])]
    for one in changed:
        _refuse_change(one, version, is_new=one.public_id in born)
    _write(changed, wishes, born, now)
    if changed:
        record(actor, "enrolment.chosen", "course_selection", [one.pk for one in changed], now=now)
    return held


def _new(wish: _Wish, now: datetime) -> CourseSelection:
    return CourseSelection(
        teacher_id=wish.teacher.pk,
        training_year_id=wish.year.year.pk,
        project_id=wish.project_id,
        school_id=wish.teacher.school_id,
        item=wish.item,
        hours_centi=wish.hours_centi,
        is_first_year=wish.is_first_year,
        state=State.CHOSEN.value,
        chosen_at=now,
    )


def _content(wish: _Wish) -> tuple[object, ...]:
    return (wish.project_id, wish.item, wish.teacher.school_id, wish.offer_ids)


def _standing(selections: Sequence[CourseSelection]) -> dict[int, tuple[object, ...]]:
    """Per selection what stands; one that was sent back never equals a wish, so that handing in the same again is an act."""
    chosen: dict[int, set[int]] = {one.pk: set() for one in selections}
    for selection_id, offer_id in ChosenOffer.objects.filter(selection_id__in=list(chosen)).values_list("selection_id", "offer_id"):
        chosen[selection_id].add(offer_id)
    return {
        one.pk: (one.project_id, one.item, one.school_id, frozenset(chosen[one.pk])) for one in selections if one.state != State.RETURNED
    }


def _refuse_change(selection: CourseSelection, version: int | None, *, is_new: bool) -> None:
    if is_new:
        return
    if version is not None and version != selection.version:
        raise Refused("stale")
    refuse(rules.refuse_change(State(selection.state)))


def _write(changed: Sequence[CourseSelection], wishes: Mapping[int, _Wish], born: set[str], now: datetime) -> None:
    old = [one for one in changed if one.public_id not in born]
    for one in old:
        wish = wishes[one.teacher_id]
        one.project_id, one.item, one.school_id = wish.project_id, wish.item, wish.teacher.school_id
        one.hours_centi, one.is_first_year = wish.hours_centi, wish.is_first_year
        one.state, one.reason, one.chosen_at, one.version = State.CHOSEN.value, "", now, one.version + 1
    fields = ["project", "item", "school", "hours_centi", "is_first_year", "state", "reason", "chosen_at", "version"]
    CourseSelection.everywhere.bulk_update(old, fields, batch_size=400)
    if old:
        ChosenOffer.objects.filter(selection_id__in=[one.pk for one in old]).delete()
    ChosenOffer.objects.bulk_create(
        ChosenOffer(selection=one, offer_id=pk) for one in changed for pk in sorted(wishes[one.teacher_id].offer_ids)
    )

"""Forming a project's classes: propose by rule, adjust by hand, arrange and introduce."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max

from xingtan.core.calendar import local_day
from xingtan.domains.projects import api as projects
from xingtan.domains.workshops import access
from xingtan.domains.workshops.models import Cohort, Forming, FormingClass, FormingSeat
from xingtan.domains.workshops.queries import cohort_sizes, tutor_grants
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, insert_objects
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.refusal import NotInScope, Refused

from .naming import title_of
from .people import persons, place_names, unseated
from .rules import Class, Rule, formed, refuse_rule, tutored
from .states import FORMING_MOVES, FormingAct, FormingState, Key, Refusal


@dataclass(frozen=True, slots=True)
class Named:
    """What an office writes on a class: its title, tutor and host by their accounts, None for nobody yet."""

    title: str
    tutor_id: int | None
    host_id: int | None


@atomic
def propose(*, actor: Actor, project_id: int, rule: Rule, now: datetime) -> Forming:
    """The project has a draft that the rule made of everybody who sits in no class; a draft that stood is made anew, the hand's moves too."""
    require(actor, access.ARRANGE_COHORTS)
    project = _project(actor, project_id)
    _refuse(refuse_rule(rule))
    people = persons(unseated(project_id))
    if not people:
        raise Refused(Refusal.FORMING_NOBODY)
    forming = _drafted(actor, project_id, rule, now)
    classes = formed(people, rule)
    _write(forming, classes, project)
    _staff(actor, forming, {number: len(one.people) for number, one in enumerate(classes, start=1)}, now)
    record(actor, "workshops.classes_proposed", "forming", [forming.pk], now=now, detail={"classes": len(classes), "people": len(people)})
    return forming


def _project(actor: Actor, project_id: int) -> projects.Project:
    """The project, whose organiser is in the actor's branch."""
    project = projects.projects_by_id([project_id]).get(project_id)
    if project is None or not actor.scope.holds(project.organiser.path):
        raise NotInScope
    return project


def _drafted(actor: Actor, project_id: int, rule: Rule, now: datetime) -> Forming:
    values = {
        "keys": [key.value for key in rule.keys], "least": rule.least, "most": rule.most, "per_tutor": rule.per_tutor,
        "made_at": now, "made_by_id": actor.account_id,
    }  # fmt: skip
    Forming.everywhere.bulk_create([Forming(project_id=project_id, **values)], ignore_conflicts=True)
    forming = Forming.everywhere.select_for_update().get(project_id=project_id, state=FormingState.DRAFTED)
    FormingSeat.objects.filter(forming=forming).delete()
    FormingClass.objects.filter(forming=forming).delete()
    Forming.everywhere.filter(pk=forming.pk).update(**values, version=F("version") + 1)
    forming.refresh_from_db()
    return forming


def _write(forming: Forming, classes: Collection[Class], project: projects.Project) -> None:
    names = place_names({value for one in classes for key, value in one.shared.items() if key in (Key.CITY, Key.COUNTY)})
    taken = set(Cohort.everywhere.filter(project=project).values_list("title", flat=True))
    rows, seats = [], []
    for number, one in enumerate(classes, start=1):
        title = title_of(one, names, taken)
        taken.add(title)
        rows.append(FormingClass(forming=forming, number=number, title=title, stage=one.shared.get(Key.STAGE, "")))
        seats += [FormingSeat(forming=forming, teacher_id=person.pk, number=number) for person in one.people]
    FormingClass.objects.bulk_create(rows, batch_size=200)
    insert_objects(seats)


def _staff(actor: Actor, forming: Forming, sizes: Mapping[int, int], now: datetime) -> None:
    """The tutors of the branch look after the classes within the ratio, the least loaded first."""
    grants = {grant.account_id: grant.organisation_id for grant in tutor_grants(forming.project_id, actor.scope, local_day(now))}
    chosen = tutored(sizes, loads_of(forming.project_id, grants), forming.per_tutor)
    rows = list(FormingClass.objects.filter(forming=forming, number__in=list(chosen)))
    for row in rows:
        row.tutor_id, row.organisation_id = chosen[row.number], grants[chosen[row.number]]
    FormingClass.objects.bulk_update(rows, ["tutor", "organisation"], batch_size=200)


def loads_of(project_id: int, account_ids: Collection[int]) -> dict[int, int]:
    """Per tutor how many trainees of the project the tutor looks after already."""
    held = Cohort.everywhere.filter(project_id=project_id, tutor_id__in=list(account_ids)).values_list("pk", "tutor_id")
    tutors = dict(held)
    sizes = cohort_sizes(tutors)
    answer = dict.fromkeys(account_ids, 0)
    for cohort_id, tutor_id in tutors.items():
        answer[tutor_id] += sizes.get(cohort_id, 0)
    return answer


@atomic
def move_people(*, actor: Actor, forming_id: int, teacher_ids: Collection[int], number: int, version: int, now: datetime) -> Forming:
    """The trainees sit in the class with this number, a new one when it is one beyond the last; never more than the most."""
    forming = held_draft(actor, forming_id, FormingAct.ADJUST, version)
    last = FormingClass.objects.filter(forming=forming).aggregate(last=Max("number"))["last"] or 0
    seats = FormingSeat.objects.filter(forming=forming, teacher_id__among=list(teacher_ids))
    if seats.count() != len(set(teacher_ids)) or not 1 <= number <= last + 1:
        raise NotInScope
    staying = FormingSeat.objects.filter(forming=forming, number=number).exclude(teacher_id__among=list(teacher_ids)).count()
    if staying + len(set(teacher_ids)) > forming.most:
        raise Refused(Refusal.FORMING_OVERFULL, most=forming.most)
    if number > last:
        FormingClass.objects.create(forming=forming, number=number, title=title_of(Class({}, ()), {}, _titles(forming)))
    seats.update(number=number, is_by_hand=True)
    _touched(forming)
    record(actor, "workshops.classes_adjusted", "forming", [forming.pk], now=now, detail={"moved": len(set(teacher_ids)), "to": number})
    return forming


@atomic
def name_class(*, actor: Actor, forming_id: int, number: int, named: Named, version: int, now: datetime) -> Forming:
    """The class has this title, tutor and host; a tutor beyond the ratio is refused."""
    forming = held_draft(actor, forming_id, FormingAct.ADJUST, version)
    row = FormingClass.objects.filter(forming=forming, number=number).first()
    grants = {grant.account_id: grant.organisation_id for grant in tutor_grants(forming.project_id, actor.scope, local_day(now))}
    if row is None or {named.tutor_id, named.host_id} - {None, *grants}:
        raise NotInScope
    if named.title.strip() in _titles(forming, but=number):
        raise Refused(Refusal.FORMING_TITLE_TWICE)
    if named.tutor_id and _load(forming, named.tutor_id, but=number) + _size(forming, number) > forming.per_tutor:
        raise Refused(Refusal.FORMING_LOAD, most=forming.per_tutor)
    row.title, row.tutor_id, row.host_id = named.title.strip(), named.tutor_id, named.host_id
    row.organisation_id = grants[named.tutor_id] if named.tutor_id else None
    row.save(update_fields=["title", "tutor", "host", "organisation"])
    _touched(forming)
    record(actor, "workshops.classes_adjusted", "forming", [forming.pk], now=now, detail={"class": number})
    return forming


@atomic
def drop_forming(*, actor: Actor, forming_id: int, now: datetime) -> Forming:
    """The draft is given up; nobody was told of it. Dropped again it stays so."""
    forming = held_draft(actor, forming_id, FormingAct.DROP, None)
    Forming.everywhere.filter(pk=forming.pk).update(state=FormingState.DROPPED.value)
    record(actor, "workshops.classes_dropped", "forming", [forming.pk], now=now)
    return forming


def held_draft(actor: Actor, forming_id: int, act: FormingAct, version: int | None) -> Forming:
    """The draft, locked, as the page showed it."""
    require(actor, access.ARRANGE_COHORTS)
    forming = Forming.objects.within(actor.scope).filter(pk=forming_id).select_for_update(of=("self",)).first()
    if forming is None:
        raise NotInScope
    if act not in FORMING_MOVES[FormingState(forming.state)]:
        raise Refused(Refusal.FORMING_DONE)
    if version is not None and version != forming.version:
        raise Refused("stale")
    return forming


def _touched(forming: Forming) -> None:
    Forming.everywhere.filter(pk=forming.pk).update(version=F("version") + 1)
    forming.refresh_from_db()


def _size(forming: Forming, number: int) -> int:
    return FormingSeat.objects.filter(forming=forming, number=number).count()


def _load(forming: Forming, tutor_id: int, *, but: int) -> int:
    """How many trainees of the project the tutor would look after without this class."""
    own = FormingClass.objects.filter(forming=forming, tutor_id=tutor_id).exclude(number=but).values_list("number", flat=True)
    return loads_of(forming.project_id, [tutor_id])[tutor_id] + FormingSeat.objects.filter(forming=forming, number__in=list(own)).count()


def _titles(forming: Forming, but: int = 0) -> set[str]:
    """The titles that no other class of the project may have."""
    drafted = FormingClass.objects.filter(forming=forming).exclude(number=but).values_list("title", flat=True)
    return {*drafted, *Cohort.everywhere.filter(project_id=forming.project_id).values_list("title", flat=True)}


def _refuse(why: Refusal | None) -> None:
    if why is not None:
        raise Refused(why)

"""Verified hours in the form that another office wants: rows of a layout, a branch and a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple, TypeAlias

from django.db.models import QuerySet

from xingtan.core.layouts import Column, Field, Layout, Rows
from xingtan.core.units import format_hours_exact
from xingtan.domains.credits import api as credits_room
from xingtan.domains.policies import api as policies
from xingtan.domains.rosters import api as rosters
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Actor, require
from xingtan.foundation.scope.models import Organisation
from xingtan.foundation.scope.tree import counties_of

from .access import SEE_DASHBOARD

Entries: TypeAlias = list[credits_room.EntryState]
CHUNK = 2_000
WORDED = {
    Field.GENDER: "gender",
    Field.STAGE: "stage",
    Field.SUBJECT: "subject",
    Field.TITLE_RANK: "title",
    Field.IDENTITY_KIND: "identity_kind",
}


class Places(NamedTuple):
    """The names around the schools of the branch."""

    schools: Mapping[int, Organisation]
    counties: Mapping[int, str]


class Person(NamedTuple):
    """A teacher, and the verified entries of the year by component."""

    teacher: teachers.Teacher
    entries: Entries


def laid_out(layout: Layout, *, actor: Actor, year: int, number_reason: str = "", now: datetime) -> Iterator[list[str]]:
    """The rows in the layout's columns: hours that stand verified in this year, every entry once.

    By the layout the year is a training year or a calendar year. Numbers are masked unless the operator gives a reason, which is audited.
    """
    require(actor, SEE_DASHBOARD)
    numbers = teachers.open_numbers(actor=actor, reason=number_reason, now=now) if number_reason else {}
    places = _places(actor)
    for teacher, entries in _people(actor, layout, year):
        told = numbers.get(teacher.pk) or teachers.masked_number(teacher)
        for row in _rows(layout, entries):
            yield [_cell(column, teacher, row, places, told, year) for column in layout.columns]


def _places(actor: Actor) -> Places:
    schools = {one.pk: one for one in Organisation.objects.within(actor.scope)}
    above = counties_of(schools)
    names = dict(Organisation.everywhere.filter(pk__in=set(above.values())).values_list("pk", "name"))
    return Places(schools, {school: names[county] for school, county in above.items()})


def _entries(actor: Actor, layout: Layout, year: int) -> QuerySet[credits_room.EntryState]:
    rows = credits_room.EntryState.objects.within(actor.scope).filter(state=credits_room.State.VERIFIED.value)
    if layout.is_calendar_year:
        rows = rows.filter(happened_on__gte=date(year, 1, 1), happened_on__lte=date(year, 12, 31))
    else:
        rows = rows.filter(training_year__in=[one.pk for one in policies.years_for(actor) if one.year == year])
    return rows.select_related("entry__evidence__offer__project", "provider").order_by("teacher_id", "pk")


def _people(actor: Actor, layout: Layout, year: int) -> Iterator[Person]:
    """Teachers with their entries, each person once; lines of a record that was merged into another belong to that person."""
    rows = _entries(actor, layout, year)
    merged = list(rows.filter(teacher__status=teachers.Status.MERGED.value))
    heads = teachers.heads_of({row.teacher_id for row in merged})
    aside: dict[int, Entries] = defaultdict(list)
    for row in merged:
        aside[heads[row.teacher_id]].append(row)
    portion: dict[int, Entries] = {}
    alone = rows.exclude(teacher__status=teachers.Status.MERGED.value).iterator(chunk_size=CHUNK)
    for pk, own in groupby(alone, key=lambda row: row.teacher_id):
        portion[pk] = [*own, *aside.pop(pk, [])]
        if len(portion) >= CHUNK:
            yield from _with_teachers(portion)
            portion = {}
    yield from _with_teachers(portion | aside)


def _with_teachers(portion: Mapping[int, Entries]) -> Iterator[Person]:
    known = teachers.teachers_by_id(list(portion))
    for pk, entries in portion.items():
        yield Person(known[pk], entries)


def _rows(layout: Layout, entries: Entries) -> Iterator[Entries]:
    """The entries behind each row: each alone, or all of a person together."""
    return iter([[one] for one in entries] if layout.rows is Rows.ENTRIES else [entries])


def _cell(column: Column, teacher: teachers.Teacher, row: Entries, places: Places, number: str, year: int) -> str:
    field = column.field
    if field is Field.HOURS:
        return format_hours_exact(sum(one.recognised_centi for one in row if column.counts(one.component)))
    if field in WORDED:
        value = getattr(teacher, WORDED[field])
        return column.words.get(value, rosters.roster_word(WORDED[field], value))
    value = _said(field, teacher, row[0], places, number, year)
    return column.words.get(value, value)


def _said(field: Field, teacher: teachers.Teacher, entry: credits_room.EntryState, places: Places, number: str, year: int) -> str:
    school = places.schools.get(entry.school_id)
    offer = entry.entry.evidence.offer if entry.entry.evidence else None
    told: dict[Field, Any] = {
        Field.NAME: teacher.name,
        Field.NUMBER: number,
        Field.STAFF_NUMBER: teacher.staff_number,
        Field.SCHOOL: school.name if school else "",
        Field.SCHOOL_CODE: school.code if school else "",
        Field.COUNTY: places.counties.get(entry.school_id, ""),
        Field.YEAR: year,
        Field.PROJECT: offer.project.title if offer else entry.entry.title,
        Field.TIER: offer.project.tier if offer else "",
        Field.ACTIVITY: entry.entry.title,
        Field.PROVIDER: entry.provider.name,
        Field.COMPONENT: entry.component,
        Field.HAPPENED_ON: entry.happened_on,
    }
    return str(told[field])

"""What was learned so far."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import NamedTuple, TypeAlias

from django.db.models import F, QuerySet, Sum

from xingtan.core.calendar import midnight_of
from xingtan.core.learned_time import Intervals
from xingtan.core.learned_time.intervals import merge
from xingtan.domains.courses import api as courses
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.db import Prepared
from xingtan.foundation.scope.branch import Scope

from .models import DeliveredRecord, UnitDay, UnitProgress, UnitShare

Key: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Progress:
    """One teacher's way through one unit: seconds that count (from all sources), those counted on line, the place to go on, what was played."""

    unit_id: int
    learned_s: int = 0
    position_s: int = 0
    covered: Intervals = ()
    online_s: int = 0
    viewing: int = 1


class Untold(NamedTuple):
    """A row of progress that the hallway does not know yet."""

    pk: int
    teacher_id: int
    unit_id: int
    learned_s: int
    changed_at: int


class _Online(NamedTuple):
    """What was counted on line of a unit, and the most that can count."""

    learned_s: int
    length_s: int
    viewings: int


def progress_of(teacher_id: int, unit_ids: Iterable[int]) -> dict[int, Progress]:
    """The person's progress in each of these units, also under records merged into this one; one that was never opened stands at zero."""
    ids, persons = set(unit_ids), list(teachers.whose([teacher_id]))
    figures = figures_of((person, unit_id) for person in persons for unit_id in ids)
    found = {unit_id: Progress(unit_id, sum(figures[person, unit_id] for person in persons)) for unit_id in ids}
    for row in UnitProgress.objects.filter(teacher_id__among=persons, unit_id__among=ids).order_by("changed_at", "pk"):
        found[row.unit_id] = _gone_on(found[row.unit_id], row)
    if len(persons) > 1:
        _bound(found)
    return found


def _gone_on(so_far: Progress, row: UnitProgress) -> Progress:
    """The progress with one more record's: what both played is played once, and the later place is the place to go on."""
    covered = so_far.covered
    for start, end in row.covered:
        covered = merge(covered, start, end)
    online, viewing = so_far.online_s + row.learned_s, max(so_far.viewing, row.viewing)
    return Progress(row.unit_id, so_far.learned_s, row.position_s, covered, online, viewing)


def _bound(found: dict[int, Progress]) -> None:
    """No unit counts longer than it is, for as many viewings as there were, however many records the person had."""
    for unit in courses.units_by_id(found).values():
        one = found[unit.pk]
        if unit.length_s:
            most = unit.length_s * one.viewing
            found[unit.pk] = replace(one, learned_s=min(one.learned_s, most), online_s=min(one.online_s, most))


def learned_of(teacher_id: int, unit_ids: Iterable[int]) -> dict[int, int]:
    """Seconds of each of these units that count for the teacher, as the hallway is told them."""
    return {unit_id: seconds for (_teacher, unit_id), seconds in figures_of((teacher_id, unit_id) for unit_id in unit_ids).items()}


def figures_of(keys: Iterable[Key]) -> dict[Key, int]:
    """The figure of each (teacher, unit): what was counted on line and all shares, never below zero nor above length × viewings."""
    wanted = set(keys)
    online, shares = _online(wanted), _shares(wanted)
    unopened = {unit_id for key in shares if key not in online for unit_id in key[1:]}
    lengths = {unit.pk: unit.length_s for unit in courses.units_by_id(unopened).values()} if unopened else {}
    return {key: _figure(online.get(key) or _Online(0, lengths.get(key[1], 0), 1), shares.get(key, ())) for key in wanted}


def _figure(online: _Online, shares: Sequence[tuple[int, int]]) -> int:
    most = max(online.length_s * online.viewings, *(most_s for _seconds, most_s in shares), 0)
    return min(max(online.learned_s + sum(seconds for seconds, _most in shares), 0), most)


def _online(keys: Collection[Key]) -> dict[Key, _Online]:
    rows = UnitProgress.objects.filter(teacher_id__among={key[0] for key in keys}, unit_id__among={key[1] for key in keys})
    found = rows.values_list("teacher_id", "unit_id", "learned_s", "length_s", "viewings")
    return {(row[0], row[1]): _Online(*row[2:]) for row in found}


def _shares(keys: Collection[Key]) -> dict[Key, list[tuple[int, int]]]:
    """(seconds, most) of all sources, by teacher and unit."""
    rows = UnitShare.everywhere.filter(teacher_id__among={key[0] for key in keys}, unit_id__among={key[1] for key in keys})
    found: dict[Key, list[tuple[int, int]]] = {}
    for teacher_id, unit_id, seconds, most_s in rows.order_by("pk").values_list("teacher_id", "unit_id", "seconds", "most_s"):
        found.setdefault((teacher_id, unit_id), []).append((seconds, most_s))
    return found


def learned_before(days: Mapping[Key, date]) -> dict[Key, int]:
    """Of each (teacher, unit) the seconds that belong to the time before its day: counted on line on earlier days, shares put by then.

    A key without any is left out; one query for each different day, and there is one of them for each year.
    """
    found: dict[Key, int] = {}
    for day in set(days.values()):
        keys = {key for key, first_on in days.items() if first_on == day}
        for key, seconds in _before(keys, day):
            if key in keys:
                found[key] = found.get(key, 0) + seconds
    return found


def _before(keys: Collection[Key], day: date) -> Iterator[tuple[Key, int]]:
    wanted = {"teacher_id__among": {key[0] for key in keys}, "unit_id__among": {key[1] for key in keys}}
    online = UnitDay.objects.filter(**wanted, local_on__lt=day).order_by().values_list("teacher_id", "unit_id")
    for teacher_id, unit_id, seconds in online.annotate(seconds=Sum("learned_s")):
        yield (teacher_id, unit_id), seconds
    shares = UnitShare.everywhere.filter(**wanted, put_at__lt=datetime.fromtimestamp(midnight_of(day.toordinal()), UTC)).order_by()
    for teacher_id, unit_id, seconds in shares.values_list("teacher_id", "unit_id", "seconds"):
        yield (teacher_id, unit_id), seconds


def studying_teachers(teacher_ids: Iterable[int]) -> set[int]:
    """Those of the teachers who learned at least a second on line, here or at a provider who delivered it."""
    persons = teachers.whose(teacher_ids)
    here = UnitProgress.objects.filter(teacher_id__among=persons, learned_s__gt=0).values_list("teacher_id", flat=True)
    elsewhere = DeliveredRecord.everywhere.filter(teacher_id__among=persons).values_list("teacher_id", flat=True)
    return {persons[pk] for pk in (*here, *elsewhere)}  # two databases: no union


def delivered_seconds(teacher_id: int, offer_ids: Iterable[int]) -> dict[int, int]:
    """Seconds that providers delivered for the teacher, by offer; an offer without any is left out."""
    rows = DeliveredRecord.everywhere.filter(teacher_id__among=teachers.whose([teacher_id]), offer_id__in=list(offer_ids)).order_by()
    return dict(rows.values("offer_id").annotate(seconds=Sum("learned_s")).values_list("offer_id", "seconds"))


def untold(limit: int) -> list[Untold]:
    """Rows of progress that the hallway was not told yet."""
    rows = UnitProgress.objects.exclude(published_s=F("learned_s")).order_by("pk")[:limit]
    return [Untold(*row) for row in rows.values_list("pk", "teacher_id", "unit_id", "learned_s", "changed_at")]


def delivered_records(ids: Iterable[int]) -> QuerySet[DeliveredRecord]:
    """The delivered records with these ids, for the rooms that come later."""
    return DeliveredRecord.everywhere.filter(pk__in=list(ids)).order_by("pk")


def delivered_modes(teacher_ids: Collection[int], training_year_id: int) -> list[tuple[int, int, str, str]]:
    """(teacher, record, component, mode) of the year's delivered records that say how they were studied."""
    return _delivered_modes(teacher_ids, training_year_id)


_delivered_modes: Prepared[tuple[int, int, str, str]] = Prepared(
    lambda teachers, year: (
        DeliveredRecord.everywhere.filter(teacher_id__among=teachers, offer__project__training_year_id=year)
        .exclude(mode="")
        .order_by("pk")
        .values_list("teacher_id", "pk", "offer__component", "mode")
    ),
    "many",
    "one",
)


def delivered_by(scope: Scope) -> QuerySet[DeliveredRecord]:
    """What the providers inside the scope delivered, the latest first."""
    rows = DeliveredRecord.everywhere.filter(provider__path__gte=scope.first, provider__path__lt=scope.beyond)
    return rows.select_related("teacher", "school", "offer").order_by("-pk")

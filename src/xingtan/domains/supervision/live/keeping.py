"""Keeping the figures: by event, by day, and after a comparison with the raw record. Doing any of it again changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple, TypeAlias

from django.db.models import Count, Sum

from xingtan.core.calendar import local_day
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.supervision.models import LiveProject, LiveTally, LiveTrainee
from xingtan.domains.supervision.states import Pace
from xingtan.foundation.db import atomic, insert_objects
from xingtan.foundation.people.roles import OPERATOR

from .raw import Figure, Key, Plan, figures_of, plan_of, trainee_ids

PORTION = 1_000
Part: TypeAlias = tuple[int | None, int, int | None]
SUMS = ("learned_s", "counted_s", "required_s")
FIELDS = ("school_id", "cohort_id", "required_s", "learned_s", "counted_s", "last_at", "last_on")


class Compared(NamedTuple):
    """What a comparison found: rows that were looked at, rows that differed, seconds of learned time by which they did."""

    rows: int
    differing: int
    difference_s: int


def follow_learned(payload: Mapping[str, Any], now: datetime) -> None:
    """`learning.recognisable`: the trainees whose figures were told stand as the raw record says now."""
    if "rows" in payload:
        people = {row["teacher"] for row in payload["rows"]}
    else:
        people = set(learning.delivered_records(payload["delivered"]).values_list("teacher_id", flat=True))
    found: dict[int, set[int]] = defaultdict(set)
    held = LiveTrainee.everywhere.filter(teacher_id__among=people, provider=None, project__training_year__state=policies.YearState.OPEN)
    for project_id, teacher_id in held.values_list("project_id", "teacher_id"):
        found[project_id].add(teacher_id)
    for project_id, teacher_ids in sorted(found.items()):
        refresh(project_id, teacher_ids, now)


def follow_selections(payload: Mapping[str, Any], now: datetime) -> None:
    """A selection was confirmed, registered or taken back: its teacher is a trainee of the project, or is one no more."""
    found: dict[int, set[int]] = defaultdict(set)
    for one in enrolment.selections_by_id(payload["selections"]):
        found[one.project_id].add(one.teacher_id)
    for project_id, teacher_ids in sorted(found.items()):
        refresh(project_id, teacher_ids, now)


@atomic
def refresh(project_id: int, teacher_ids: Collection[int], now: datetime) -> None:
    """These teachers' rows say what the raw record says, and the sums of the schools they touch add up."""
    head, plan = _locked(project_id, now)
    people, schools = sorted(teacher_ids), set[int]()
    for start in range(0, len(people), PORTION):
        portion = people[start : start + PORTION]
        schools |= _put(plan, portion, figures_of(plan, portion), head.as_of_on)
    if schools:
        _add_up(project_id, schools)
        LiveProject.objects.filter(pk=head.pk).update(changed_at=now)


def _locked(project_id: int, now: datetime) -> tuple[LiveProject, Plan]:
    project = projects.projects_by_id([project_id])[project_id]
    LiveProject.objects.get_or_create(project_id=project_id, defaults={"as_of_on": local_day(now), "changed_at": now})
    return LiveProject.objects.select_for_update().get(project_id=project_id), plan_of(project)


def _put(plan: Plan, teacher_ids: Collection[int], figures: Mapping[Key, Figure], today: date) -> set[int]:
    """The rows are exactly these figures; answers the schools in which anything changed."""
    rows = LiveTrainee.everywhere.filter(project_id=plan.project_id, teacher_id__among=teacher_ids)
    held = {(one.provider_id, one.teacher_id): one for one in rows}
    gone = [one for key, one in held.items() if key not in figures]
    schools = {one.school_id for one in gone}
    fresh, changed = [], []
    for key, figure in figures.items():
        pace, one = plan.pace(figure, today).value, held.get(key)
        if one is None:
            fresh.append(LiveTrainee(project_id=plan.project_id, provider_id=key[0], teacher_id=key[1], pace=pace, **figure._asdict()))
        elif (_figure(one), one.pace) != (figure, pace):
            schools.add(one.school_id)
            for name, value in figure._asdict().items():
                setattr(one, name, value)
            one.pace = pace
            changed.append(one)
    LiveTrainee.everywhere.filter(pk__in=[one.pk for one in gone]).delete()
    insert_objects(fresh)
    _update(changed)
    return schools | {one.school_id for one in (*fresh, *changed)}


def _figure(one: LiveTrainee) -> Figure:
    return Figure(*(getattr(one, name) for name in FIELDS))


def _update(rows: Collection[LiveTrainee]) -> None:
    # An upsert by key: Django's bulk_update builds a CASE for every row and is ten times slower.
    fields = ["school", "cohort", "required_s", "learned_s", "counted_s", "last_at", "last_on", "pace"]
    LiveTrainee.everywhere.bulk_create(list(rows), update_conflicts=True, unique_fields=["id"], update_fields=fields, batch_size=PORTION)


def _add_up(project_id: int, schools: Collection[int] | None = None) -> None:
    """The sums of these schools (none named: of all) are those of their rows."""
    old = LiveTally.everywhere.filter(project_id=project_id)
    if schools is not None:
        old = old.filter(school_id__among=schools)
    old.delete()
    insert_objects([_tally(project_id, key, sums_of_part) for key, sums_of_part in _sums(project_id, schools).items()])


def _sums(project_id: int, schools: Collection[int] | None = None) -> dict[Part, dict[str, int]]:
    """What the rows add up to, by provider, school and class: how many at each pace, and seconds."""
    rows = LiveTrainee.everywhere.filter(project_id=project_id)
    if schools is not None:
        rows = rows.filter(school_id__among=schools)
    sums = {name: Sum(name) for name in SUMS}
    found: dict[Part, dict[str, int]] = defaultdict(lambda: dict.fromkeys((*(pace.value for pace in Pace), *SUMS), 0))
    named = ("provider_id", "school_id", "cohort_id", "pace")
    for provider_id, school_id, cohort_id, pace, count, *amounts in rows.order_by().values_list(*named).annotate(n=Count("pk"), **sums):
        sums_of_part = found[provider_id, school_id, cohort_id]
        sums_of_part[pace] = count
        for name, amount in zip(SUMS, amounts, strict=True):
            sums_of_part[name] += amount
    return found


def _wrong_sums(project_id: int) -> int:
    """How many schools and classes do not add up to their rows."""
    due, names = _sums(project_id), [*(pace.value for pace in Pace), *SUMS]
    rows = LiveTally.everywhere.filter(project_id=project_id).values_list("provider_id", "school_id", "cohort_id", *names)
    held = {(row[0], row[1], row[2]): dict(zip(names, row[3:], strict=True)) for row in rows}
    return sum(held.get(key) != due.get(key) for key in held.keys() | due.keys()) + max(0, len(rows) - len(held))


def _tally(project_id: int, key: Part, sums_of_part: Mapping[str, int]) -> LiveTally:
    counts = {pace.value: sums_of_part[pace] for pace in Pace}
    amounts = {name: sums_of_part[name] for name in SUMS}
    return LiveTally(
        project_id=project_id, provider_id=key[0], school_id=key[1], cohort_id=key[2], trainees=sum(counts.values()), **counts, **amounts
    )


def live_projects() -> list[projects.Project]:
    """The projects whose figures are kept: published ones of years that are open."""
    found = [one for year in policies.open_years_for(OPERATOR.scope) for one in projects.projects_of_year(year.pk)]
    return list(projects.projects_by_id([one.pk for one in found]).values())


def roll_day(now: datetime) -> int:
    """Who stopped and who is behind is told for today; answers how many rows moved. Cheap once it is done for the day."""
    today, moved = local_day(now), 0
    for project_id in list(LiveProject.objects.filter(as_of_on__lt=today).order_by("project_id").values_list("project_id", flat=True)):
        moved += _roll(project_id, today, now)
    return moved


@atomic
def _roll(project_id: int, today: date, now: datetime) -> int:
    head, plan = _locked(project_id, now)
    moves: dict[str, list[int]] = defaultdict(list)
    rows = LiveTrainee.everywhere.filter(project_id=project_id).order_by().values_list("pk", "pace", *FIELDS)
    for pk, pace, *values in rows.iterator(chunk_size=PORTION):
        wanted = plan.pace(Figure(*values), today).value
        if wanted != pace:
            moves[wanted].append(pk)
    for pace, ids in moves.items():
        LiveTrainee.everywhere.filter(pk__among=ids).update(pace=pace)
    if moves:
        _add_up(project_id)
    LiveProject.objects.filter(pk=head.pk).update(as_of_on=today, changed_at=now)
    return sum(map(len, moves.values()))


def compare(project_id: int, now: datetime, *, mends: bool, settle: Callable[[], object] = lambda: None) -> Compared:
    """Every row was compared with the raw record, equal to the last second or listed as differing; with `mends` it is equal afterwards.

    What differs is looked at once more after `settle` (telling what was counted meanwhile), for people study while this runs.
    """
    people, suspects = _people(project_id), set[int]()
    for start in range(0, len(people), PORTION):
        portion = people[start : start + PORTION]
        suspects |= set(_differing(project_id, portion, now))
    differing: dict[int, int] = {}
    if suspects:
        settle()
        differing = _differing(project_id, sorted(suspects), now)
    if mends and differing:
        refresh(project_id, set(differing), now)
    wrong = _wrong_sums(project_id)
    if mends and wrong:
        _add_all(project_id)
    found = Compared(len(people), len(differing) + wrong, sum(differing.values()))
    values = {"checked_at": now, "differing": 0 if mends else found.differing, "difference_s": 0 if mends else found.difference_s}
    LiveProject.objects.update_or_create(
        project_id=project_id, defaults=values, create_defaults={**values, "as_of_on": local_day(now), "changed_at": now}
    )
    return found


def _people(project_id: int) -> list[int]:
    held = LiveTrainee.everywhere.filter(project_id=project_id, provider=None).values_list("teacher_id", flat=True)
    return sorted({*held, *trainee_ids(project_id)})


@atomic
def _differing(project_id: int, teacher_ids: Collection[int], now: datetime) -> dict[int, int]:
    """Teachers whose rows do not say what the raw record says, with the seconds of learned time by which they differ."""
    head, plan = _locked(project_id, now)
    figures = figures_of(plan, teacher_ids)
    rows = LiveTrainee.everywhere.filter(project_id=project_id, teacher_id__among=teacher_ids)
    held = {(one.provider_id, one.teacher_id): (_figure(one), one.pace) for one in rows}
    found: dict[int, int] = {}
    for key in held.keys() | figures.keys():
        figure = figures.get(key)
        due = (figure, plan.pace(figure, head.as_of_on).value) if figure else None
        if held.get(key) != due:
            was = held[key][0].learned_s if key in held else 0
            more = abs((figure.learned_s if figure else 0) - was) if key[0] is None else 0
            found[key[1]] = found.get(key[1], 0) + more
    return found


@atomic
def _add_all(project_id: int) -> None:
    LiveProject.objects.select_for_update().filter(project_id=project_id).first()
    _add_up(project_id)


def compare_all(
    now: datetime, *, mends: bool, settle: Callable[[], object] = lambda: None, ids: Iterable[int] | None = None
) -> dict[int, Compared]:
    """Every live project was compared; what each comparison found, by project."""
    wanted = set(ids) if ids is not None else {one.pk for one in live_projects()}
    return {project_id: compare(project_id, now, mends=mends, settle=settle) for project_id in sorted(wanted)}

"""What the raw record says of a project's trainees: the truth that the kept figures have to equal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from django.db.models import Max, Sum

from xingtan.core.calendar import WindowKind, local_day
from xingtan.domains.courses import api as courses
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.learning import api as learning
from xingtan.domains.projects import api as projects
from xingtan.domains.supervision.rules import expected_s, pace_of
from xingtan.domains.supervision.states import Pace
from xingtan.domains.workshops import api as workshops

TRAINEES = (enrolment.State.CONFIRMED, enrolment.State.PAID, enrolment.State.REGISTERED)
Key: TypeAlias = tuple[int | None, int]
"""Provider (None: the whole project) and teacher."""


class Course(NamedTuple):
    """A chosen course of the project: its offer, who provides it, the seconds it brings at most, its units."""

    offer_id: int
    provider_id: int
    required_s: int
    unit_ids: tuple[int, ...]


class Plan(NamedTuple):
    """What a project asks: its courses by offer, the days of study, the year's first day."""

    project_id: int
    courses: Mapping[int, Course]
    opens_on: date
    closes_on: date
    first_on: date

    def pace(self, figure: Figure, today: date) -> Pace:
        """Where a study with these figures stands on a day."""
        due = expected_s(figure.required_s, self.opens_on, self.closes_on, today)
        return pace_of(figure.counted_s, figure.required_s, figure.last_on, due, today)


class Figure(NamedTuple):
    """A trainee's figures, as `LiveTrainee` keeps them."""

    school_id: int
    cohort_id: int | None
    required_s: int = 0
    learned_s: int = 0
    counted_s: int = 0
    last_at: int | None = None
    last_on: date | None = None


class _Studied(NamedTuple):
    """Seconds of a course, the last beat and the last day."""

    seconds: int = 0
    last_at: int | None = None
    last_on: date | None = None


def plan_of(project: projects.Project) -> Plan:
    """What the project asks, in a fixed number of queries."""
    year = project.training_year
    rules = enrolment.year_rules(year)
    offers = [one for one in projects.offers_of([project.pk])[project.pk] if one.course_id]
    units = courses.units_of([one.course_id for one in offers if one.course_id])
    window = rules.windows[WindowKind.STUDY]
    asked = {
        one.pk: Course(
            one.pk,
            one.provider_id,
            one.hours_centi * rules.policy.seconds_per_hour // 100,
            tuple(unit.pk for unit in units.get(one.course_id or 0, ())),
        )
        for one in offers
    }
    return Plan(project.pk, asked, window.opens_on, window.closes_on, year.first_on)


def trainee_ids(project_id: int) -> list[int]:
    """The teachers who are trainees of the project, by id."""
    rows = enrolment.CourseSelection.everywhere.filter(project_id=project_id, state__in=TRAINEES)
    return sorted(rows.values_list("teacher_id", flat=True))


def figures_of(plan: Plan, teacher_ids: Collection[int]) -> dict[Key, Figure]:
    """The figures of those of the teachers who are trainees, of the whole project and of each provider's part, in a fixed number of queries."""
    rows = enrolment.CourseSelection.everywhere.filter(project_id=plan.project_id, state__in=TRAINEES, teacher_id__among=teacher_ids)
    selections = {pk: (teacher_id, school_id) for pk, teacher_id, school_id in rows.values_list("pk", "teacher_id", "school_id")}
    offers = enrolment.chosen_offers(selections)
    chosen = {
        teacher_id: [plan.courses[offer_id] for offer_id in offers.get(pk, ()) if offer_id in plan.courses]
        for pk, (teacher_id, _school) in selections.items()
    }
    studied, cohorts = _studied(plan, chosen), workshops.cohorts_of(chosen, plan.project_id)
    found: dict[Key, Figure] = {}
    for teacher_id, school_id in selections.values():
        own = [(course, studied.get((teacher_id, course.offer_id), _Studied())) for course in chosen[teacher_id]]
        blank = Figure(school_id, cohorts.get(teacher_id))
        found[None, teacher_id] = _summed(blank, own)
        for provider_id in {course.provider_id for course, _learned in own}:
            found[provider_id, teacher_id] = _summed(blank, [pair for pair in own if pair[0].provider_id == provider_id])
    return found


def _summed(blank: Figure, own: Sequence[tuple[Course, _Studied]]) -> Figure:
    return blank._replace(
        required_s=sum(course.required_s for course, _one in own),
        learned_s=sum(one.seconds for _course, one in own),
        counted_s=sum(min(one.seconds, course.required_s) for course, one in own),
        last_at=max((one.last_at for _course, one in own if one.last_at), default=None),
        last_on=max((one.last_on for _course, one in own if one.last_on), default=None),
    )


def _studied(plan: Plan, chosen: Mapping[int, Sequence[Course]]) -> dict[tuple[int, int], _Studied]:
    """What was learned of each (teacher, offer): here since the year began, from other sources, and delivered."""
    offer_of = {
        (teacher_id, unit_id): course.offer_id for teacher_id, own in chosen.items() for course in own for unit_id in course.unit_ids
    }
    figures = learning.figures_of(offer_of)
    before = learning.learned_before(dict.fromkeys(offer_of, plan.first_on))
    last_at, last_on = _beats(offer_of), _days(offer_of, plan.first_on)
    found: dict[tuple[int, int], _Studied] = defaultdict(_Studied)
    for key, offer_id in offer_of.items():
        seconds = max(figures[key] - before.get(key, 0), 0)
        _add(found, (key[0], offer_id), _Studied(seconds, last_at.get(key), last_on.get(key) if seconds else None))
    for teacher_id, offer_id, seconds, on in _delivered(chosen):
        _add(found, (teacher_id, offer_id), _Studied(seconds, None, on if seconds else None))
    return found


def _add(found: dict[tuple[int, int], _Studied], key: tuple[int, int], more: _Studied) -> None:
    one = found[key]
    last_on = max((day for day in (one.last_on, more.last_on) if day), default=None)
    found[key] = _Studied(one.seconds + more.seconds, max(one.last_at or 0, more.last_at or 0) or None, last_on)


def _narrow(keys: Iterable[tuple[int, int]]) -> dict[str, set[int]]:
    listed = list(keys)
    return {"teacher_id__among": {key[0] for key in listed}, "unit_id__among": {key[1] for key in listed}}


def _beats(keys: Mapping[tuple[int, int], int]) -> dict[tuple[int, int], int]:
    rows = learning.UnitProgress.objects.filter(**_narrow(keys)).values_list("teacher_id", "unit_id", "changed_at")
    return {(teacher_id, unit_id): at for teacher_id, unit_id, at in rows}


def _days(keys: Mapping[tuple[int, int], int], first_on: date) -> dict[tuple[int, int], date]:
    """The last day of this year's study of each (teacher, unit): counted here, or put by another source."""
    rows = learning.UnitDay.objects.filter(**_narrow(keys), local_on__gte=first_on, learned_s__gt=0).order_by()
    found = {(one[0], one[1]): one[2] for one in rows.values_list("teacher_id", "unit_id").annotate(on=Max("local_on"))}
    shares = learning.UnitShare.everywhere.filter(**_narrow(keys), seconds__gt=0).order_by()
    for teacher_id, unit_id, at in shares.values_list("teacher_id", "unit_id", "put_at"):
        found[teacher_id, unit_id] = max(found.get((teacher_id, unit_id), first_on), local_day(at))
    return found


def _delivered(chosen: Mapping[int, Sequence[Course]]) -> list[tuple[int, int, int, date]]:
    own = {(teacher_id, course.offer_id) for teacher_id, courses_of in chosen.items() for course in courses_of}
    rows = learning.DeliveredRecord.everywhere.filter(teacher_id__among=chosen, offer_id__among={offer_id for _teacher, offer_id in own})
    grouped = rows.order_by().values_list("teacher_id", "offer_id").annotate(seconds=Sum("learned_s"), on=Max("learned_on"))
    return [row for row in grouped if (row[0], row[1]) in own]

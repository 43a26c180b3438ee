"""The running year: every school somewhere else along the way, so that every screen has something to show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from random import Random

from xingtan.core.calendar import WindowKind
from xingtan.domains.courses import api as courses
from xingtan.domains.credits import api as credits_room
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.exchange import api as exchange
from xingtan.domains.finance import api as finance
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.reviews import api as reviews
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Actor, Role

from . import cast
from .chain import pass_step
from .clock import Clock
from .offers import Offered
from .people import newcomer

Show = Callable[[str], None]
SEED = 2025
LATE = (WindowKind.PAYMENT, WindowKind.STUDY, WindowKind.HANDING_IN, WindowKind.ENTRY, WindowKind.REVIEW, WindowKind.VERIFICATION)
EXTENSION = timedelta(days=40)
HOUR_S, FULL_S = 3600, 50 * 3600
# Of a hundred schools: how many stand at least that far. The rest have only entered.
VERIFIED, COUNTY_REVIEWED, REPORTED, REVIEWED = 45, 57, 75, 88


def extend(clock: Clock, year: policies.TrainingYear) -> None:
    """The province let study, entry and review go on: their windows close forty days from today."""
    province = cast.actor("province")
    days = policies.windows_of(year)
    for kind in (*LATE, WindowKind.OBJECTIONS):
        policies.set_window(
            actor=province,
            training_year_id=year.pk,
            kind=kind,
            opens_on=days[kind].opens_on,
            closes_on=max(days[kind].closes_on, clock.today + EXTENSION),
            reason=policies.WindowReason.CIRCULAR,
            now=clock.at(6, 10),
        )


def choose_and_confirm(clock: Clock, year: policies.TrainingYear, offered: Offered, show: Show) -> None:
    """Most teachers have chosen, most choices are confirmed, most bills are paid; what is left waits on the schools' screens."""
    random = Random(SEED)  # noqa: S311 -- the same demonstration on every machine
    clerks = cast.actors_of_schools(Role.SCHOOL_CLERK)
    by_school, late = _teachers_by_school(clerks), newcomer().name
    chosen: dict[int, list[int]] = {}
    for school_id, people in by_school.items():
        wanting = [one for one in people if one.name != late and (random.random() < 0.96 or one.name == offered.cast_name)]
        rows = [_assignment(one, year, offered) for one in wanting]
        made = enrolment.choose_for(actor=clerks[school_id], rows=rows, now=clock.at(9, 20))
        chosen[school_id] = [one.pk for one in made]
    for number, (school_id, ids) in enumerate(chosen.items()):
        _confirm(clock, year, clerks[school_id], ids, is_late=number % 13 in (0, 5), is_unpaid=number % 9 == 4)
    states = enrolment.counts_by_state(cast.actor("county").scope, year.pk)
    show(f"  {sum(map(len, chosen.values()))} choices: " + ", ".join(f"{count} {state}" for state, count in states.items() if count))


def _teachers_by_school(schools: Iterable[int]) -> dict[int, list[teachers.Teacher]]:
    found: dict[int, list[teachers.Teacher]] = defaultdict(list)
    wanted = set(schools)
    for one in teachers.teachers_in_post(cast.actor("county").scope).order_by("pk"):
        if one.school_id in wanted:
            found[one.school_id].append(one)
    return dict(found)


def _assignment(one: teachers.Teacher, year: policies.TrainingYear, offered: Offered) -> enrolment.Assignment:
    is_new = one.hired_on.year == year.year
    return enrolment.Assignment(one.pk, offered.project_id, offered.for_teacher(one.stage, one.subject, is_new=is_new))


def _confirm(clock: Clock, year: policies.TrainingYear, clerk: Actor, ids: Sequence[int], *, is_late: bool, is_unpaid: bool) -> None:
    kept = ids[: len(ids) * 2 // 3] if is_late else ids
    if kept:
        enrolment.confirm(actor=clerk, selection_ids=kept, now=clock.at(9, 28))
    due = finance.bills_in(clerk.scope, year.pk).filter(state=finance.State.DUE)
    bills = list(due.values_list("pk", flat=True))
    if bills and not is_unpaid:
        finance.mark_bill_paid(actor=clerk, bill_ids=bills, transfer_reference=f"电汇{clerk.organisation_id:06d}", now=clock.at(10, 15))


def deliver(clock: Clock, offered: Offered, show: Show) -> None:
    """Both providers delivered what their trainees learned over the year: most everything, some less, a few nothing. What goes beyond
    the course's hours does not count, and the reconciliation says so.
    """
    random = Random(SEED + 1)  # noqa: S311 -- the same demonstration on every machine
    rows: dict[str, list[exchange.Said]] = defaultdict(list)
    for teacher_id, offer_id, name in offered.registered_courses():
        for part, seconds in enumerate(_learned(random, is_cast=name == offered.cast_name)):
            day = clock.at(11, 20).date() + timedelta(days=part * 55 + random.randrange(20))
            number = f"{offer_id}-{teacher_id}-{part}"
            said = exchange.Said(number, teacher_id, offer_id, seconds, None, min(day, clock.today))
            rows[offered.provider_of[offer_id]].append(said)
    for login, own in rows.items():
        parcel = exchange.Parcel(exchange.Channel.FILE, f"{clock.running}学年学习记录.xlsx")
        exchange.deliver(actor=cast.actor(login), claims=own, parcel=parcel, now=clock.at(5, 28))
    show(f"  {sum(map(len, rows.values()))} records delivered by providers")


def _learned(random: Random, *, is_cast: bool) -> list[int]:
    drawn = random.random()
    if is_cast or drawn < 0.84:
        return [16 * HOUR_S, 19 * HOUR_S, 15 * HOUR_S + random.randrange(3) * HOUR_S]
    if drawn < 0.95:
        return [random.randrange(2, 30) * 1800, random.randrange(4, 36) * 1800]
    return []


def enter(clock: Clock, year: policies.TrainingYear, show: Show) -> None:
    """Both providers entered the hours of their training."""
    made = sum(
        len(credits_room.enter(actor=cast.actor(login), training_year_id=year.pk, now=clock.ago(30 - 4 * number)))
        for number, login in enumerate(("provider", "provider2"))
    )
    show(f"  {made} entries of hours")


def pass_on(clock: Clock, year: policies.TrainingYear, show: Show) -> None:
    """School after school was reviewed, reported and verified, each a little less far than the one before."""
    reviewers, clerks = cast.actors_of_schools(Role.SCHOOL_REVIEWER), cast.actors_of_schools(Role.SCHOOL_CLERK)
    county = cast.actor("county")
    verified: list[int] = []
    for number, (school_id, reviewer) in enumerate(sorted(reviewers.items())):
        for reach, ids in _shares(number, school_id, year):
            if not ids or reach >= REVIEWED:
                continue
            _step(reviewer, credits_room.Step.REVIEW, ids, clock.ago(14 + number % 7))
            if reach < REPORTED:
                _step(clerks[school_id], credits_room.Step.REPORT, ids, clock.ago(3 + number % 9))
            if reach < COUNTY_REVIEWED:
                _step(county, credits_room.Step.COUNTY_REVIEW, ids, clock.ago(2))
            if reach < VERIFIED:
                verified += ids
    _step(county, credits_room.Step.VERIFY, verified, clock.ago(1))
    show(f"  {len(verified)} entries verified by the county")


def _shares(number: int, school_id: int, year: policies.TrainingYear) -> list[tuple[int, list[int]]]:
    """How far the school's entries get: all the same way, but in the cast's own school some of every state, the last teachers the least far."""
    rows = credits_room.EntryState.everywhere.filter(school_id=school_id, training_year=year, state="entered").order_by("teacher", "pk")
    entries = list(rows.values_list("pk", "teacher_id"))
    if number:
        return [(number * 37 % 100, [pk for pk, _teacher in entries])]
    people = list(dict.fromkeys(teacher for _pk, teacher in entries))
    bounds = [(0, people[:-12]), (COUNTY_REVIEWED, people[-12:-8]), (REPORTED, people[-8:-4]), (REVIEWED, people[-4:])]
    return [(reach, [pk for pk, teacher in entries if teacher in some]) for reach, some in bounds]


def _step(actor: Actor, step: credits_room.Step, ids: Sequence[int], now: datetime) -> None:
    if ids:
        pass_step(actor, step, ids, now)


def send_some_back(clock: Clock, year: policies.TrainingYear) -> None:
    """The county returned a few entries with a reason, so that their school sees what to mend."""
    waiting = (
        credits_room.EntryState.everywhere.filter(training_year=year, state="reported").order_by("pk").values_list("pk", flat=True)[:6]
    )
    reviews.decide(
        actor=cast.actor("county"),
        step=credits_room.Step.COUNTY_REVIEW,
        entry_ids=list(waiting),
        outcome=credits_room.Outcome.RETURNED,
        reason_code=credits_room.ReturnReason.DIFFERS,
        reason="与承训机构名单不一致，请核对后重新登记",
        now=clock.now,
    )


def review_courses(clock: Clock, made: Iterable[courses.Course]) -> None:
    """The province reviewed the courses; they are open to choice."""
    courses.review_course(actor=cast.actor("province"), course_ids=[course.pk for course in made], now=clock.at(8, 28))


def project_of(clock: Clock, year: policies.TrainingYear) -> projects.Project:
    """The draft of the year's project for all teachers."""
    province = cast.actor("province")
    return projects.draft_project(
        actor=province,
        training_year_id=year.pk,
        title=f"{year.year} 学年中小学（幼儿园）教师全员远程培训",
        title_en=f"Remote training for all teachers, {year.year}",
        summary="每人 72 学时：50 学时公共与专业课程，22 学时名师工作坊研修。",
        tier=projects.Tier.PROVINCE,
        kind=projects.ProjectKind.ALL_STAFF,
        opens_on=clock.at(7, 15).date(),
        closes_on=clock.at(10, 31).date(),
        now=clock.at(8, 29),
    )

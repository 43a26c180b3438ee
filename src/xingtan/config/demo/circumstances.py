"""What offices recorded of people in the demonstration: leave, two village grants with their tests, a mentor, exams of past years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from django.db.models import Q

from xingtan.domains.assessment import api as assessment
from xingtan.domains.circumstances import api as circumstances
from xingtan.domains.credits import api as credits_room
from xingtan.domains.learning import api as learning
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Role
from xingtan.foundation.scope.models import Kind

from . import cast
from .chain import pass_step
from .clock import Clock
from .offers import Offered
from .people import Person, newcomer
from .workbooks import opening_rows

Show = Callable[[str], None]
FULL_CENTI, HOUR_S = 72_00, 3600
TOWNSHIP = "township"
SCORES = (78_00, 64_50, 91_00, 70_00, 60_00, 47_00, 83_50, 66_00)
STEPS = (
    (credits_room.Step.REVIEW, credits_room.State.ENTERED),
    (credits_room.Step.REPORT, credits_room.State.REVIEWED),
    (credits_room.Step.COUNTY_REVIEW, credits_room.State.REPORTED),
    (credits_room.Step.VERIFY, credits_room.State.COUNTY_REVIEWED),
)


def of_past(clock: Clock, years: dict[int, policies.TrainingYear], people: Sequence[Person], show: Show) -> None:
    """In the last two closed years some who did not complete sat the unified exam, and a few were on leave."""
    county, done, found = cast.actor("county"), 0, _incomplete(clock, people)
    for year in clock.closed[-2:]:
        short, absent = found[year]
        sat = _ids(short[:: 2 if len(short) > 12 else 1][:8])
        rows = [
            assessment.Entered(pk, "exam", assessment.ResultState.FINAL, SCORES[at % len(SCORES)], date(year + 1, 6, 8))
            for at, pk in enumerate(sat)
        ]
        rows += [
            assessment.Entered(pk, "exam", assessment.ResultState.ABSENT, None, date(year + 1, 6, 8))
            for pk in _ids(short[-1:])
            if pk not in sat
        ]
        assessment.enter_results(actor=county, training_year_id=years[year].pk, results=rows, now=clock.at(9, 4, 11))
        if leave := _ids(absent[:2]):
            stated = circumstances.Stated("leave", "maternity", date(year, 10, 8), date(year + 1, 3, 31), "产假审批表")
            circumstances.record_circumstances(
                actor=county, training_year_id=years[year].pk, teacher_ids=leave, stated=stated, now=clock.at(9, 4, 12)
            )
        done += len(rows)
    show(f"  {done} results of the unified exam in earlier years")


def _incomplete(clock: Clock, people: Sequence[Person]) -> dict[int, tuple[list[Person], list[Person]]]:
    """Of each past year who has some hours and not all, and who has none; whoever was new then is left out."""
    sums: dict[tuple[str, int], int] = {}
    for row in opening_rows(people, clock.closed):
        sums[row.person.number, row.year] = sums.get((row.person.number, row.year), 0) + row.centi
    found = {}
    for year in clock.closed:
        then = [(one, sums.get((one.number, year), 0)) for one in people if one.hired_on.year < year]
        found[year] = ([one for one, centi in then if 0 < centi < FULL_CENTI], [one for one, centi in then if not centi])
    return found


def _ids(people: Iterable[Person]) -> list[int]:
    numbers = [one.number for one in people]
    found = teachers.teachers_by_number(numbers, cast.actor("county").scope)
    return [found[number].pk for number in numbers if number in found]


def villagers(offered: Offered) -> list[int]:
    """Two teachers who chose courses: of teaching points, where none of those did, of rural schools, else of any."""
    chosen = {teacher_id for teacher_id, _offer, _name in offered.registered_courses()}
    people = teachers.teachers_in_post(cast.actor("county").scope).filter(pk__among=chosen).exclude(name__in=_tour())
    ids = people.annotate(is_point=Q(school__kind=Kind.TEACHING_POINT)).order_by("-is_point", "-school__is_rural", "pk")
    return list(ids.values_list("pk", flat=True)[:2])


def deliver_township(clock: Clock, offered: Offered) -> None:
    """The two studied in the township as well, at fixed times; their hours come through the same chain as everyone's."""
    own = set(villagers(offered))
    offers = {teacher_id: offer_id for teacher_id, offer_id, _name in offered.registered_courses() if teacher_id in own}
    for teacher_id, offer_id in offers.items():
        rows = [
            learning.RecordRow(
                f"TS-{teacher_id}-{at}", teacher_id, offer_id, 18 * HOUR_S, min(date(clock.running + 1, month, 12), clock.today), TOWNSHIP
            )
            for at, month in enumerate((1, 3, 4, 5))
        ]
        learning.deliver_records(actor=cast.actor(offered.provider_of[offer_id]), rows=rows, now=clock.at(5, 28))


def of_running(clock: Clock, year: policies.TrainingYear, offered: Offered, show: Show) -> None:
    """The running year: leave granted, proposed and refused, two village grants with both tests, a mentor with hours to offset."""
    village = villagers(offered)
    _verify_all(clock, village)
    _state(
        clock, year, village, circumstances.Stated("village", "", year.first_on, year.last_on, "教学点暂无上网条件，区教研函〔2025〕18 号")
    )
    tests = [("process", 82_00), ("supplementary", 75_50)]
    rows = [
        assessment.Entered(pk, test, assessment.ResultState.FINAL, score - 4_00 * at, clock.ago(6).date())
        for at, pk in enumerate(village)
        for test, score in tests
    ]
    assessment.enter_results(actor=cast.actor("county"), training_year_id=year.pk, results=rows, now=clock.ago(5))
    _mentor(clock, year, village)
    _leave(clock, year)
    show(f"  {circumstances.circumstances_in(cast.actor('county').scope, year=year).count()} circumstances recorded")


def _state(clock: Clock, year: policies.TrainingYear, ids: Sequence[int], stated: circumstances.Stated, login: str = "county") -> list[int]:
    if not ids:
        return []
    done = circumstances.record_circumstances(
        actor=cast.actor(login), training_year_id=year.pk, teacher_ids=ids, stated=stated, now=clock.at(10, 20)
    )
    return list(done.ids)


def _verify_all(clock: Clock, ids: Sequence[int]) -> None:
    """Everything entered of these teachers passes the chain, each step by its own office."""
    reviewers, clerks = cast.actors_of_schools(Role.SCHOOL_REVIEWER), cast.actors_of_schools(Role.SCHOOL_CLERK)
    county = cast.actor("county")
    for step, state in STEPS:
        rows = credits_room.EntryState.everywhere.filter(teacher_id__in=ids, state=state).order_by("pk")
        for school_id in set(rows.values_list("school_id", flat=True)):
            own = [one.pk for one in rows if one.school_id == school_id]
            actor = {credits_room.Step.REVIEW: reviewers[school_id], credits_room.Step.REPORT: clerks[school_id]}.get(step, county)
            pass_step(actor, step, own, clock.ago(2))


def _tour() -> set[str]:
    """Whoever the tour walks with stays as the tour tells it."""
    return {"林知微", newcomer().name}


def _mentor(clock: Clock, year: policies.TrainingYear, others: Sequence[int]) -> None:
    """A special-grade teacher led a studio: thirty hours, which fill the workshop first."""
    people = teachers.teachers_in_post(cast.actor("county").scope).exclude(name__in=_tour()).exclude(pk__in=others).order_by("pk")
    one = people.filter(honour=teachers.Honour.SPECIAL_GRADE).first() or people.filter(title=teachers.Title.SENIOR).first()
    if one is None:
        return
    _state(clock, year, [one.pk], circumstances.Stated("rank", "special_grade", date(2019, 9, 1), None, "省特级教师证书"))
    duty = circumstances.Stated("duty", "studio_mentor", year.first_on, year.last_on, "名师网络研修工作站聘书", 30_00)
    _state(clock, year, [one.pk], duty)


def _leave(clock: Clock, year: policies.TrainingYear) -> None:
    """Three leaves are granted, two wait, one was refused."""
    people = teachers.teachers_in_post(cast.actor("county").scope).exclude(name__in=_tour()).order_by("-hired_on", "pk")
    studied = credits_room.Evidence.everywhere.filter(training_year=year).values("teacher_id")
    elsewhere = list(people.exclude(school_id=cast.actor("clerk").organisation_id).exclude(pk__in=studied).values_list("pk", flat=True)[:3])
    own = list(people.filter(school_id=cast.actor("clerk").organisation_id).values_list("pk", flat=True)[2:5])
    spring = date(clock.running + 1, 2, 17)
    kinds = (("maternity", "产假审批表"), ("sick", "三级医院诊断证明"), ("full_time_study", "脱产学习批复"))
    for pk, (ground, words) in zip(elsewhere, kinds, strict=False):
        _state(clock, year, [pk], circumstances.Stated("leave", ground, date(clock.running, 11, 3), spring, words))
    for pk, (ground, words) in zip(own, (("maternity", "产假审批表"), ("sick", "区人民医院证明"), ("secondment", "借调函")), strict=False):
        ids = _state(clock, year, [pk], circumstances.Stated("leave", ground, spring, date(clock.running + 1, 5, 30), words), "clerk")
        if ground == "secondment":
            circumstances.decide(actor=cast.actor("county"), ids=ids, is_granted=False, reason="借调函未注明起止日期", now=clock.ago(3))

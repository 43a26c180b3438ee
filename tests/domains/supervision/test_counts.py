"""Seven different counts, each of what its name says, in the same number of questions for a county as for a province."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.bureau_cast import NOW, add_teacher, examine, give_evidence, make_cast, make_draft, select
from xingtan.domains.policies import api as policies
from xingtan.domains.supervision import api as supervision
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.tree import add_children

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(db):
    cast = make_cast()
    cast.project = make_draft(cast)
    (cast.other_school,) = add_children(cast.strange, [{"kind": "school", "name": "吉州中学"}])
    (cast.city_school,) = add_children(cast.city, [{"kind": "school", "name": "吉安市直属小学"}])
    return cast


def counts(cast, where=None):
    return supervision.seven_counts((where or cast.province).scope, cast.year.pk)


@pytest.mark.parametrize(
    ("values", "planned"),
    [
        ({}, 1),
        ({"status": "on_leave"}, 1),
        ({"status": "left"}, 0),
        ({"status": "retired"}, 0),
        ({"hired_on": date(2027, 6, 30)}, 1),
        ({"hired_on": date(2027, 7, 1)}, 0),
    ],
)
def test_planned_are_those_in_service_who_were_hired_by_the_years_end(cast, values, planned):
    add_teacher(cast.school, **values)
    assert counts(cast) == supervision.SevenCounts(planned=planned)


def test_registered_have_an_account_in_use_or_were_registered_in_bulk(cast):
    add_teacher(cast.school)
    add_teacher(cast.school, activated_at=NOW)
    select(cast, add_teacher(cast.school), "registered", registered_at=NOW)
    select(cast, add_teacher(cast.school, activated_at=NOW), "registered", registered_at=NOW)
    assert counts(cast)[:2] == (4, 3)


@pytest.mark.parametrize(
    ("state", "expected"),
    [("chosen", (1, 0)), ("returned", (0, 0)), ("confirmed", (1, 0)), ("paid", (1, 1)), ("registered", (1, 1)), ("withdrawn", (0, 0))],
)
def test_selected_and_paid_follow_the_selection(cast, state, expected):
    select(cast, add_teacher(cast.school), state)
    found = counts(cast)
    assert (found.selected, found.paid) == expected


@pytest.mark.parametrize(("centi", "studying"), [((0,), 0), ((1,), 1), ((100, 200), 1)])
def test_studying_have_learned_something_however_often(cast, centi, studying):
    teacher = add_teacher(cast.school)
    for number, amount in enumerate(centi):
        give_evidence(cast, teacher, amount, source=f"learning:{number}")
    assert counts(cast).studying == studying


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        ("qualified", (1, 1)),
        ("exam_required", (1, 0)),
        ("make_up_required", (1, 0)),
        ("not_qualified", (1, 0)),
        ("in_progress", (0, 0)),
        ("undetermined", (0, 0)),
        ("deferred", (0, 0)),
        ("exempt", (0, 0)),
    ],
)
def test_assessed_and_qualified_follow_the_current_verdict(cast, verdict, expected):
    teacher = add_teacher(cast.school)
    examine(cast, teacher, "make_up_required", is_current=False)
    examine(cast, teacher, verdict)
    examine(cast, teacher, "qualified", span="cycle")
    found = counts(cast)
    assert (found.assessed, found.qualified) == expected


def walked(cast, school, **values):
    """A teacher whom every later count finds at that school."""
    teacher = add_teacher(school, **values)
    select(cast, teacher, "registered", registered_at=NOW)
    give_evidence(cast, teacher, 100, source=f"walk:{teacher.pk}")
    examine(cast, teacher, "qualified")
    return teacher


@pytest.mark.parametrize("is_closed", [False, True])
def test_no_count_exceeds_the_planned_whoever_left_or_moved(cast, is_closed):
    state = policies.YearState.CLOSED if is_closed else policies.YearState.OPEN
    walked(cast, cast.school, status="left")
    moved = walked(cast, cast.school)
    moved.school = cast.other_school
    moved.save()
    add_teacher(cast.school)
    policies.TrainingYear.everywhere.filter(pk=cast.year.pk).update(state=state)
    then, now = counts(cast, cast.county), counts(cast, cast.strange)
    if is_closed:
        assert (then, now) == ((2,) * 7, (0,) * 7)  # everybody with a verdict of the year, where they were then
    else:
        assert (then, now) == ((1, 0, 0, 0, 0, 0, 0), (1,) * 7)  # the register of today
    for found in (then, now, counts(cast)):
        assert all((found.share(name) or 0) <= 1000 for name in found._fields)


def test_what_is_measured_is_what_is_due(cast):
    days = supervision.due_days(cast.year)
    assert list(days) == list(supervision.SevenCounts._fields[1:])
    seen = [supervision.measured(cast.year, day) for day in sorted({*days.values(), min(days.values()) - timedelta(days=1)})]
    assert (seen[0], seen[-1]) == ("registered", "qualified")
    before = min(days.values())
    assert days[supervision.measured(cast.year, before)] == before
    cast.year.state = policies.YearState.CLOSED
    assert supervision.measured(cast.year, min(days.values())) == "qualified"


def test_another_year_counts_nothing_of_this_one(cast):
    teacher = add_teacher(cast.school)
    select(cast, teacher, "paid")
    give_evidence(cast, teacher, 100)
    examine(cast, teacher, "qualified")
    other = policies.open_year(actor=cast.mei, organisation_id=cast.province.pk, year=2025, pack_id=cast.pack.pk, now=NOW)
    assert supervision.seven_counts(cast.province.scope, other.pk) == supervision.SevenCounts(planned=1)


def test_branches_add_up_and_each_sees_its_own(cast):
    for school, many in ((cast.school, 2), (cast.other_school, 3), (cast.city_school, 1)):
        for _number in range(many):
            select(cast, add_teacher(school), "chosen")
    cities = supervision.counts_by_branch(cast.province.scope, cast.year.pk)
    below = supervision.counts_by_branch(cast.city.scope, cast.year.pk)
    assert [(str(one.organisation), one.counts.selected) for one in cities] == [("吉安市", 6)]
    assert [(str(one.organisation), one.counts.selected) for one in below] == [("青原区", 2), ("吉州区", 3), ("吉安市直属小学", 1)]
    assert supervision.summed(one.counts for one in below) == supervision.seven_counts(cast.city.scope, cast.year.pk)
    deep = supervision.counts_by_branch(cast.province.scope, cast.year.pk, depth=2)
    assert [one.counts.planned for one in deep] == [2, 3, 1]


def test_a_school_counts_itself(cast):
    add_teacher(cast.school)
    (own,) = supervision.counts_by_branch(cast.school.scope, cast.year.pk)
    assert (own.organisation, own.counts.planned) == (cast.school, 1)


def test_a_year_of_another_province_is_not_there(cast):
    (other,) = add_children(None, [{"kind": "province", "name": "湖南省", "code": "430000"}])
    with pytest.raises(NotInScope):
        supervision.counts_by_branch(other.scope, cast.year.pk)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_questions_does_not_grow(cast, rows, django_assert_num_queries):
    for number in range(rows):
        (school,) = add_children(cast.county, [{"kind": "school", "name": f"学校 {number}"}])
        teacher = add_teacher(school)
        select(cast, teacher, "paid")
        give_evidence(cast, teacher, 100, source=f"s{number}")
        examine(cast, teacher, "qualified")
    with django_assert_num_queries(9):
        found = supervision.counts_by_branch(cast.county.scope, cast.year.pk)
    assert supervision.summed(one.counts for one in found) == (rows, 0, rows, rows, rows, rows, rows)


def test_rates_are_tenths_of_a_percent_rounded_down():
    assert supervision.SevenCounts(planned=3, qualified=2).rate == 666
    assert supervision.SevenCounts().rate is None


def test_who_may_see_it():
    assert Role.SUPERVISOR in supervision.SEE_DASHBOARD.roles
    assert Role.SCHOOL_CLERK not in supervision.SEE_DASHBOARD.roles
    assert {Role.PROVINCE_OFFICER, Role.SUPERVISOR} == supervision.SEE_AUDIT.roles

"""From the schools' lines to projects, and back down to who asked: no head is lost on the way."""

from __future__ import annotations

import pytest

from tests import planning
from tests.planning import NOW, accept, accepted, line, lines_of, save, start, submit
from xingtan.domains.plans import api as plans
from xingtan.domains.projects import api as projects
from xingtan.foundation.refusal import NotInScope, Refused

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def cast(db):
    return planning.build()


def gathered(cast):
    accepted(cast, cast.chen, cast.zhou, [line(), line("校本研修", way="run"), line("班主任", category="class_head", head_count=1)])
    accepted(cast, cast.second_clerk, cast.zhou, [line("语文教师培训", head_count=6, hours_centi=30_00)])
    return plans.gather(actor=cast.zhou, plan_id=start(cast, cast.zhou).pk, now=NOW)


def wanted(cast, plan):
    days = (cast.year.first_on, cast.year.last_on)
    return [plans.Became(one.pk, "face_to_face", *days) for one in lines_of(plan)]


def make(cast, plan, actor=None):
    return plans.make_projects(actor=actor or cast.zhou, plan_id=plan.pk, wanted=wanted(cast, plan), now=NOW)


def test_lines_that_send_people_come_together_and_again_bring_no_second_line(cast):
    plan = gathered(cast)
    told = [(one.what, one.category, one.head_count, one.hours_centi, one.budget_fen) for one in lines_of(plan)]
    assert told == [("语文骨干教师研修", "", 10, 30_00, 1600_00), ("班主任", "class_head", 1, 20_00, 800_00)]
    again = plans.gather(actor=cast.zhou, plan_id=plan.pk, now=NOW)
    assert len(lines_of(again)) == 2


def test_an_accepted_plan_becomes_projects_once_and_each_school_keeps_its_ground(cast):
    plan = gathered(cast)
    lines = [line(one.what, way="run", category=one.category, head_count=one.head_count + 2, line_id=one.pk) for one in lines_of(plan)]
    plan = save(cast.zhou, plan, lines)
    with pytest.raises(Refused) as why:
        make(cast, plan)
    assert why.value.code == "plan_not_accepted"
    accept(cast.city_officer, submit(cast.zhou, plan))
    [first, second] = make(cast, plan)
    assert (first.state, first.tier, first.organiser_id, first.title) == ("draft", "county", cast.county.pk, "语文骨干教师研修")
    assert [(one["code"], one["label"], one["seats"]) for one in first.categories] == [("people", "全体教师", 12)]
    assert [(one["code"], one["label"], one["seats"]) for one in second.categories] == [("class_head", "骨干班主任", 3)]
    assert (first.has_seats, first.ways, first.approval_steps) == (True, ["nomination", "own"], 2)
    assert [one.kind for one in projects.segments_of([first.pk])[first.pk]][:2] == ["diagnosis", "face_to_face"]
    assert make(cast, plan) == []
    assert plans.head_counts(first.pk) == {(cast.school.pk, ""): 4, (cast.second.pk, ""): 6, (cast.county.pk, ""): 2}
    assert plans.head_counts(second.pk) == {(cast.school.pk, "class_head"): 1, (cast.county.pk, "class_head"): 2}
    grounds = plans.grounds_for(cast.school, cast.year)
    assert [(one.what, one.head_count, one.project_id) for one in grounds] == [
        ("语文骨干教师研修", 4, first.pk), ("校本研修", 4, None), ("班主任", 1, second.pk),
    ]  # fmt: skip
    assert plans.grounds_for(cast.elsewhere.pk, cast.year.pk) == []


def test_a_kind_without_seats_brings_none_and_days_reach_as_far_as_study_goes_on(cast):
    plan = accepted(cast, cast.zhou, cast.city_officer, [line("全员远程培训", way="run")])
    [only] = lines_of(plan)
    first, last = projects.days_of(cast.year)
    [made] = plans.make_projects(actor=cast.zhou, plan_id=plan.pk, wanted=[plans.Became(only.pk, "all_staff", first, last)], now=NOW)
    assert (made.has_seats, made.categories, made.closes_on) == (False, [], last)


def test_a_line_that_is_a_project_stays_though_the_plan_opens_again(cast):
    plan = accepted(cast, cast.zhou, cast.city_officer, [line(way="run"), line("另一项", way="run")])
    [made, _other] = make(cast, plan)
    plan = plans.reopen(actor=cast.city_officer, plan_id=plan.pk, words="调整经费", now=NOW)
    kept = lines_of(plan)[0]
    with pytest.raises(Refused) as why:
        save(cast.zhou, plan, [line("只剩这一项", way="run")])
    assert why.value.code == "plan_line_is_project"
    assert lines_of(plan)[0].project_id == made.pk
    with pytest.raises(Refused):
        save(cast.zhou, plan, [line(way="send", line_id=kept.pk), line("另一项", way="run", line_id=lines_of(plan)[1].pk)])


def test_who_may_not_make_projects_or_gather(cast):
    plan = gathered(cast)
    with pytest.raises(NotInScope):
        plans.gather(actor=cast.city_officer, plan_id=plan.pk, now=NOW)
    with pytest.raises(Refused) as why:
        plans.gather(actor=cast.strange_officer, plan_id=start(cast, cast.strange_officer).pk, now=NOW)
    assert why.value.code == "plan_nothing_below"
    accept(cast.city_officer, submit(cast.zhou, save(cast.zhou, plan, [line(line_id=lines_of(plan)[0].pk)])))
    with pytest.raises(Refused) as why:
        make(cast, plan)
    assert why.value.code == "plan_line_not_run"
    assert not projects.projects_for(cast.zhou.scope).filter(organiser=cast.county).exists()

"""Own choice, nomination by school and county, placement with a plan, national results; one or two steps of approval."""

from __future__ import annotations

import pytest

from tests.admitting import NOW, nominate, sound, states
from tests.enrolling import actor_of
from xingtan.domains.admissions import api as admissions
from xingtan.domains.projects import api as projects
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused


def apply(cast, actor=None, **own):
    return admissions.apply(actor=actor or cast.lin, project_id=cast.seated.pk, own=admissions.Own(**own), now=NOW)


def test_own_choice_goes_through_school_and_county_to_a_seat(admitting):
    row = apply(admitting, choice_id=admitting.classes["red"].pk)
    assert row.state == "applied"
    with pytest.raises(Refused, match="admission_others_turn"):
        admissions.approve(actor=admitting.zhou, ids=[row.pk], now=NOW)
    admissions.approve(actor=admitting.chen, ids=[row.pk], now=NOW)
    assert states([row]) == ["school_approved"]
    admissions.approve(actor=admitting.zhou, ids=[row.pk], now=NOW)
    assert states([row]) == ["admitted"]
    assert [(step.act, step.became) for step in admissions.trail_of(row.pk)] == [
        ("apply", "applied"), ("approve_first", "school_approved"), ("approve", "county_approved"), ("admit", "admitted"),
    ]  # fmt: skip
    assert sound(admitting)


def test_applying_twice_is_applying_once(admitting):
    assert apply(admitting).pk == apply(admitting).pk


def test_a_draft_becomes_the_application(admitting):
    draft = admissions.save_draft(actor=admitting.lin, project_id=admitting.seated.pk, own=admissions.Own(), now=NOW)
    admissions.save_draft(actor=admitting.lin, project_id=admitting.seated.pk, own=admissions.Own(admitting.classes["blue"].pk), now=NOW)
    row = apply(admitting, choice_id=admitting.classes["red"].pk)
    assert (row.pk, row.choice_id, row.state) == (draft.pk, admitting.classes["red"].pk, "applied")
    assert [step.act for step in admissions.trail_of(row.pk)] == ["draft", "change", "apply"]


def test_a_school_nominates_and_the_county_approves(admitting):
    rows = nominate(admitting, admitting.people[:3], choice="red", reason="骨干")
    assert states(rows) == ["school_approved"] * 3
    assert admissions.approve(actor=admitting.zhou, ids=[row.pk for row in rows], now=NOW) == 3
    assert states(rows) == ["admitted"] * 3
    assert sound(admitting)


def test_a_county_nominates_past_both_steps_and_the_rest_waits_in_line(admitting):
    rows = nominate(admitting, admitting.people, actor=admitting.zhou)
    assert states(rows) == ["admitted"] * 10 + ["waiting"] * 2
    assert [admissions.place_of(admissions.application_in(admitting.zhou.scope, row.public_id)) for row in rows[10:]] == [1, 2]
    assert sound(admitting)


def test_placement_lays_a_plan_of_study(admitting):
    plan = (admitting.classes["blue"].pk, admitting.classes["red"].pk)
    wish = admissions.Wish(admitting.people[0].pk, admitting.classes["red"].pk, "", plan)
    [row] = admissions.nominate(actor=admitting.zhou, project_id=admitting.seated.pk, wishes=[wish], way=admissions.Way.PLACEMENT, now=NOW)
    assert states([row]) == ["admitted"]
    assert [one.offer_id for one in admissions.plan_of(row.pk)] == list(plan)
    with pytest.raises(NotAllowed):
        admissions.nominate(actor=admitting.chen, project_id=admitting.seated.pk, wishes=[wish], way=admissions.Way.PLACEMENT, now=NOW)


def test_who_does_not_meet_the_conditions_is_refused_but_not_by_a_national_programme(admitting):
    projects.Project.everywhere.filter(pk=admitting.seated.pk).update(conditions={"subjects": ["english"]})
    with pytest.raises(Refused) as refused:
        nominate(admitting, admitting.people[:2])
    assert (refused.value.code, refused.value.params["count"]) == ("admission_conditions", 2)
    with pytest.raises(Refused, match="admission_conditions"):
        apply(admitting)
    rows = nominate(admitting, admitting.people[:2], actor=admitting.mei, way=admissions.Way.NATIONAL)
    assert states(rows) == ["admitted"] * 2


def test_a_nomination_that_only_fills_a_seat_carries_its_warning(admitting):
    sports = admitting.people[0]
    type(sports).everywhere.filter(pk=sports.pk).update(subject="sports", stage="senior")
    [row] = nominate(admitting, [sports], choice="red")
    assert row.warnings == ["other_subject", "other_stage"]


def test_decline_and_send_back_say_why(admitting):
    rows = nominate(admitting, admitting.people[:2])
    ids = [row.pk for row in rows]
    with pytest.raises(Refused, match="admission_needs_reason"):
        admissions.decline(actor=admitting.zhou, ids=ids, reason=" ", now=NOW)
    with pytest.raises(Refused, match="admission_others_turn"):
        admissions.decline(actor=admitting.chen, ids=ids, reason="不", now=NOW)
    admissions.decline(actor=admitting.zhou, ids=ids[:1], reason="名额给村小", now=NOW)
    admissions.send_back(actor=admitting.zhou, ids=ids[1:], reason="补材料", now=NOW)
    assert states(rows) == ["declined", "drafted"]
    assert admissions.trail_of(ids[0])[-1].reason == "名额给村小"
    [again] = nominate(admitting, [rows[1].teacher], choice="blue", reason="已补")
    assert (again.pk, again.state, again.choice_id) == (ids[1], "school_approved", admitting.classes["blue"].pk)


def test_nobody_stands_twice_and_nobody_reaches_another_branch(admitting):
    nominate(admitting, admitting.people[:1])
    with pytest.raises(Refused, match="admission_stands"):
        nominate(admitting, admitting.people[:2])
    with pytest.raises(NotInScope):
        nominate(admitting, admitting.others[:1])
    row = nominate(admitting, admitting.people[1:2])[0]
    with pytest.raises(NotInScope):
        admissions.approve(actor=admitting.stranger, ids=[row.pk], now=NOW)
    with pytest.raises(NotInScope):
        admissions.withdraw(actor=actor_of(Role.TEACHER, admitting.school, admitting.people[5]), ids=[row.pk], reason="", now=NOW)


def test_without_steps_a_teacher_has_a_seat_at_once(at_once):
    row = apply(at_once)
    assert row.state == "admitted"
    assert sound(at_once)

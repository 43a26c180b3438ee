"""Whoever is sent without a line in the school's plan is warned of, and never shut out; the own choice needs no plan."""

from __future__ import annotations

from tests import planning
from tests.admitting import NOW, nominate
from xingtan.domains.admissions import api as admissions


def plan(cast, *lines):
    return planning.accepted(cast, cast.chen, cast.zhou, [planning.line(**one) for one in lines])


def warned(cast, one, **told):
    look = admissions.looks(cast.seated, [one.pk], NOW, **told)[one.pk]
    assert not look.blocking
    return "not_planned" in look.codes


def test_a_plan_without_such_a_line_warns_and_stays_with_the_nomination(admitting):
    one, other = admitting.people[:2]
    assert not warned(admitting, one, is_sent=True)
    plan(admitting, {"stage": "senior"}, {"subject": "maths"}, {"way": "run"})
    assert warned(admitting, one, is_sent=True)
    assert not warned(admitting, one)
    assert not warned(admitting, admitting.others[0], is_sent=True)
    [row] = nominate(admitting, [other])
    assert (row.state, "not_planned" in row.warnings) == ("school_approved", True)
    assert admissions.warnings_said(row.warnings)


def test_a_line_for_stage_and_subject_or_for_anybody_is_the_ground(admitting):
    plan(admitting, {"stage": "", "subject": "chinese"})
    assert not warned(admitting, admitting.people[0], is_sent=True)
    [row] = nominate(admitting, admitting.people[:1])
    assert "not_planned" not in row.warnings


def test_a_line_that_became_another_project_is_the_ground_for_that_one_only(admitting):
    made = plan(admitting, {"stage": "", "subject": ""})
    upper = planning.accepted(admitting, admitting.zhou, admitting.cheng, [planning.line(way="run")])
    [line] = planning.lines_of(upper)
    own = planning.lines_of(made)[0].__class__.objects
    own.filter(plan=made).update(gathered_into=line)
    own.filter(pk=line.pk).update(project=admitting.project)
    assert warned(admitting, admitting.people[0], is_sent=True)
    own.filter(pk=line.pk).update(project=admitting.seated)
    assert not warned(admitting, admitting.people[0], is_sent=True)
    assert warned(admitting, admitting.others[0], is_sent=True)

"""Random acts of random people on the plans of a whole tree: no illegal state, no lost head, and the trail explains every state."""

from __future__ import annotations

import random

import pytest

from tests import planning
from tests.planning import NOW, line, lines_of
from xingtan.domains.plans import api as plans
from xingtan.domains.plans.models import Plan, PlanLine
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db(databases="__all__")
STEPS = 260
PEOPLE = ("chen", "he", "second_clerk", "zhou", "strange_officer", "city_officer", "mei", "watcher", "wu", "lin")
ACTS = ("start", "save", "save", "save", "copy", "gather", "submit", "submit", "adopt", "take_back", "accept", "accept", "accept", "return_plan",
        "reopen", "make")  # fmt: skip

LIKELY = {
    "draft": ("save", "submit", "submit", "gather"),
    "returned": ("save", "submit"),
    "submitted": ("accept", "accept", "return_plan", "take_back"),
    "accepted": ("make", "make", "reopen"),
}


def wanted(chance, plan):
    kept = [one for one in lines_of(plan) if chance.random() < 0.8]
    rows = [line(one.what, way=one.way, category=one.category, head_count=chance.randint(1, 9), line_id=one.pk) for one in kept]
    fresh = line(f"培训{chance.randint(1, 99)}", way=chance.choice(["run", "send"]), category=chance.choice(["", "principal"]))
    return [*rows, fresh] if chance.random() < 0.6 else rows


def act(cast, chance, actor, name, plan):
    by = {"actor": actor, "now": NOW}
    if name == "start":
        return plans.start_plan(training_year_id=cast.year.pk, term=chance.choice(["year", "year", "first"]), **by)
    if name == "save":
        return plans.save_lines(plan_id=plan.pk, version=plan.version, goals="", lines=wanted(chance, plan), **by)
    if name == "accept":
        answers = {one.pk: plans.Answer(chance.randint(0, 9), 1_00) for one in lines_of(plan) if chance.random() < 0.3}
        return plans.accept(plan_ids=[plan.pk], answers=answers, **by)
    if name == "make":
        days = (cast.year.first_on, cast.year.last_on)
        ids = [one.pk for one in lines_of(plan) if one.way == "run"][:1]
        return plans.make_projects(plan_id=plan.pk, wanted=[plans.Became(pk, "face_to_face", *days) for pk in ids], **by)
    if name in ("return_plan", "reopen"):
        return getattr(plans, name)(plan_id=plan.pk, words="请改", **by)
    known = {
        "copy": plans.copy_last_year,
        "gather": plans.gather,
        "submit": plans.submit,
        "adopt": plans.adopt,
        "take_back": plans.take_back,
    }
    return known[name](plan_id=plan.pk, **by)


def standing():
    return {plan.pk: (plan.state, plan.version) for plan in Plan.everywhere.all()}


def check_trails():
    for plan in Plan.everywhere.all():
        state = plans.PlanState.DRAFT
        for step in plans.trail_of(plan):
            state = plans.MOVES[state][plans.PlanAct(step.act)]
        assert state == plan.state
        lines = lines_of(plan)
        if plan.state == "accepted":
            assert all(one.accepted_count is not None for one in lines)
            assert tuple(plans.trail_of(plan)[-1].sums[4:]) == tuple(plans.accepted_sum(lines))


def check_heads(projects):
    assert projects <= set(PlanLine.objects.exclude(project=None).values_list("project_id", flat=True))
    for project_id in projects:
        own = PlanLine.objects.get(project_id=project_id)
        told = plans.head_counts(project_id)
        assert all(count > 0 for count in told.values())
        assert sum(told.values()) >= (own.accepted_count or 0)
    for upper in PlanLine.objects.filter(is_gathered=True, plan__state="draft"):
        parts = PlanLine.objects.filter(gathered_into=upper)
        assert all(part.plan.organisation.parent_id == upper.plan.organisation_id and part.way == "send" for part in parts)


def chosen(cast, chance):
    """An act, somebody and a plan: anything at all, but mostly what may well happen, so that plans go all the way."""
    plan = chance.choice(list(Plan.everywhere.select_related("organisation").order_by("pk")) or [None])
    if plan is None or chance.random() < 0.1:
        return "start", getattr(cast, chance.choice(PEOPLE)), plan
    if chance.random() < 0.3:
        return chance.choice(ACTS), getattr(cast, chance.choice(PEOPLE)), plan
    name = chance.choice(LIKELY[plan.state])
    place = plan.organisation.parent_id if name in ("accept", "return_plan", "reopen") else plan.organisation_id
    near = [one for one in (getattr(cast, who) for who in PEOPLE) if one.organisation_id == place]
    return name, chance.choice(near or [cast.mei]), plan


def test_any_sequence_of_acts_by_anybody(db):
    cast, chance = planning.build(), random.Random(6)
    made, done = set(), 0
    for _step in range(STEPS):
        name, actor, plan = chosen(cast, chance)
        before, lines = standing(), AuditLine.objects.filter(act__startswith="plans.").count()
        try:
            answer = act(cast, chance, actor, name, plan)
        except (Refused, NotAllowed, NotInScope):
            assert standing() == before
            assert AuditLine.objects.filter(act__startswith="plans.").count() == lines
            continue
        done += 1
        assert actor is not cast.watcher
        assert actor is not cast.lin
        made |= {one.pk for one in answer} if name == "make" else set()
        check_trails()
    check_heads(made)
    assert done > STEPS // 4
    assert made
    assert {step.act for plan in Plan.everywhere.all() for step in plans.trail_of(plan)} >= {"submit", "accept", "return", "take_back"}

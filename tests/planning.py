"""A province with two counties and their schools, who plan; lines of a plan as they are typed."""

from __future__ import annotations

from tests import enrolling
from xingtan.domains.plans import api as plans
from xingtan.foundation.people.roles import Role

NOW = enrolling.NOW
DAY = NOW.date()


def build():
    cast = enrolling.build()
    cast.city_officer = enrolling.actor_of(Role.CITY_OFFICER, cast.city)
    cast.second_clerk = enrolling.actor_of(Role.SCHOOL_CLERK, cast.second)
    cast.strange_officer = enrolling.actor_of(Role.COUNTY_OFFICER, cast.strange)
    cast.watcher = enrolling.actor_of(Role.SUPERVISOR, cast.province)
    return cast


def line(what="语文骨干教师研修", **values):
    sound = {"area": "professional", "way": "send", "stage": "primary", "subject": "chinese", "head_count": 4, "hours_centi": 20_00,
             "budget_fen": 800_00}  # fmt: skip
    return plans.Wanted(what, **(sound | values))


def start(cast, actor, lines=(), **values):
    plan = plans.start_plan(actor=actor, training_year_id=cast.year.pk, now=NOW, **values)
    return save(actor, plan, lines) if lines else plan


def save(actor, plan, lines, goals=""):
    return plans.save_lines(actor=actor, plan_id=plan.pk, version=plan.version, goals=goals, lines=lines, now=NOW)


def submit(actor, plan):
    return plans.submit(actor=actor, plan_id=plan.pk, now=NOW)


def accept(actor, *made, answers=None, words=""):
    return plans.accept(actor=actor, plan_ids=[one.pk for one in made], answers=answers or {}, words=words, now=NOW)


def accepted(cast, actor, officer, lines, **values):
    plan = submit(actor, start(cast, actor, lines, **values))
    accept(officer, plan)
    plan.refresh_from_db()
    return plan


def lines_of(plan):
    return plans.lines_of([plan.pk])[plan.pk]

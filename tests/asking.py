"""A survey of an office with a question of every kind, and people who answer it."""

from __future__ import annotations

from datetime import timedelta

from tests import enrolling
from xingtan.domains.plans import api as plans
from xingtan.foundation.people.roles import Role
from xingtan.foundation.surveys import api as surveys

NOW = enrolling.NOW
DAY = NOW.date()
QUESTIONS = [
    surveys.Asking("many", "需要哪些内容", ["师德", "专业", "技术"]),
    surveys.Asking("one", "哪种形式", ["面授", "线上"]),
    surveys.Asking("scale", "去年的培训有用吗"),
    surveys.Asking("number", "可脱产几天"),
    surveys.Asking("text", "有什么困难", (), is_required=False),
]


def build():
    cast = enrolling.build()
    cast.people = enrolling.teachers(cast.school, 6)
    return cast


def wanted(**values):
    return surveys.Wanted(**({"title": "需求调研", "opens_on": DAY, "closes_on": DAY + timedelta(days=7), "roles": ["teacher"]} | values))


def drafted(actor, questions=QUESTIONS, **values):
    return surveys.draft_survey(actor=actor, wanted=wanted(**values), questions=questions, now=NOW)


def opened(actor, **values):
    return surveys.open_survey(actor=actor, survey_id=drafted(actor, **values).pk, now=NOW)


def values_of(survey, first=(0, 2), one=1, scale=4, number=3, text=""):
    keys = [question.pk for question in surveys.questions_of(survey)]
    return dict(zip(keys, [list(first), one, scale, number, text], strict=True))


def answer(survey, actor, now=NOW, **values):
    traits = plans.traits_of(actor)
    surveys.answer(actor=actor, survey=survey, values=values_of(survey, **values), traits=traits, now=now)


def actors(cast, people=None):
    return [enrolling.actor_of(Role.TEACHER, one.school, one) for one in (people or cast.people)]

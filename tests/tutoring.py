"""The cast of enrolment with a quiz, an assignment, a workshop with its lead, a class with its tutor, and Lin registered for all of it."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import enrolling
from xingtan.domains.courses.models import Unit
from xingtan.domains.enrolment.models import CourseSelection, LearningCard
from xingtan.domains.workshops import api as workshops
from xingtan.domains.workshops.models import Activity, Workshop
from xingtan.foundation.people.roles import OPERATOR, Role

NOW = enrolling.LATER
QUESTIONS = [
    {
        "key": "q1", "kind": "single", "text": "一次看几个问题？", "text_en": "How many questions?", "answer": ["a"],
        "options": [{"key": "a", "text": "一个", "text_en": "One"}, {"key": "b", "text": "五个", "text_en": "Five"}],
        "explanation": "只看一个问题。", "explanation_en": "Only one.",
    },
    {
        "key": "q2", "kind": "multiple", "text": "写下什么？", "answer": ["a", "b"],
        "options": [{"key": "a", "text": "原话"}, {"key": "b", "text": "时间"}, {"key": "c", "text": "总评"}],
    },
    {"key": "q3", "kind": "true_false", "text": "先让学生把话说完。", "answer": ["true"]},
]  # fmt: skip
RIGHT = {"q1": ["a"], "q2": ["a", "b"], "q3": ["true"]}
WRONG = {"q1": ["b"], "q2": ["a"], "q3": ["false"]}
RUBRIC = [
    {"key": "evidence", "label": "有原话为证", "label_en": "Evidence", "most": 40},
    {"key": "reading", "label": "分析合理", "label_en": "Sound reading", "most": 60},
]
FULL = {"evidence": 40, "reading": 60}
POOR = {"evidence": 10, "reading": 20}
BRIEF = "听一节课，写下一段学生的原话。"
WORK = "学生说：“花生的好处很多，可是它不好看。”我想下一节课多等他三秒钟。"
COMMENT = "请补上教师当场的决定。"


def build():
    """The whole cast; stranger Tan tutors and stranger Luo leads elsewhere."""
    cast = enrolling.build()
    course = cast.offers["A"].course
    cast.quiz = Unit.objects.create(
        course=course, place=1, kind="quiz", title="单元测验", title_en="Quiz", pass_score=60, body={"questions": QUESTIONS}
    )
    body = {"brief": BRIEF, "brief_en": "Observe a lesson.", "rubric": RUBRIC, "least_characters": 20}
    cast.assignment = Unit.objects.create(course=course, place=2, kind="assignment", title="课堂观察", pass_score=60, body=body)
    cast.film = Unit.objects.create(course=course, place=3, kind="video", title="录像", length_s=60)
    cast.tutor = enrolling.actor_of(Role.TUTOR, cast.provider)
    cast.lead = enrolling.actor_of(Role.WORKSHOP_LEAD, cast.provider)
    cast.tan = enrolling.actor_of(Role.TUTOR, cast.county)
    cast.luo = enrolling.actor_of(Role.WORKSHOP_LEAD, cast.county)
    cast.workshop = a_workshop(cast, "own", cast.lead)
    cast.other_workshop = a_workshop(cast, "any", cast.luo)
    cast.cohort = workshops.add_cohort(
        actor=OPERATOR,
        project_id=cast.project.pk,
        organisation_id=cast.provider.pk,
        tutor_id=cast.tutor.account_id,
        title="小学一班",
        now=NOW,
    )
    cast.activity = an_activity(cast)
    register(cast, [cast.lin_teacher])
    return cast


def a_workshop(cast, code, lead):
    return Workshop.everywhere.create(
        offer=cast.offers[code], organisation=cast.provider, lead_id=lead.account_id, title=f"{code}工作坊", opened_at=NOW
    )


def an_activity(cast, workshop=None, **values):
    workshop = workshop or cast.workshop
    sound = {
        "title": f"活动{Activity.objects.count() + 1}",
        "hours_centi": 4_00,
        "opens_on": date(2026, 11, 1),
        "closes_on": date(2027, 5, 31),
    }
    place = Activity.objects.filter(workshop=workshop).count() + 1
    return Activity.objects.create(workshop=workshop, place=place, brief="写三句话。", **{**sound, **values})


def register(cast, teachers, *codes):
    """The teachers chose course A and the workshop, are registered with an active card, and are seated."""
    enrolling.assign(cast, teachers, *(codes or ("A", "own")))
    selections = CourseSelection.everywhere.filter(teacher__in=teachers)
    selections.update(state="registered")
    LearningCard.everywhere.bulk_create(
        LearningCard(
            number=f"card{teacher.pk}", teacher=teacher, training_year=cast.year, school_id=teacher.school_id, hours_centi=72_00, issued_at=NOW,
            activated_at=NOW,
        )
        for teacher in teachers
    )  # fmt: skip
    seat(cast, teachers)


def seat(cast, teachers):
    """The hallway brought the registration."""
    ids = list(CourseSelection.everywhere.filter(teacher__in=teachers).values_list("pk", flat=True))
    workshops.seat_members({"selections": ids, "year": cast.year.pk}, NOW)


def newcomers(cast, number, *codes, school=None):
    """New teachers, registered and seated, as actors."""
    school = school or cast.school
    people = enrolling.teachers(school, number)
    register(cast, people, *codes)
    return [enrolling.actor_of(Role.TEACHER, school, one) for one in people]


def queries_of(act):
    """How many queries the act needs."""
    with CaptureQueriesContext(connection) as held:
        act()
    return len(held)

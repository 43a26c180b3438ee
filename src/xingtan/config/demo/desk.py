"""Quizzes taken, assignments handed in and marked, by Lin and some of her colleagues; the rest waits on the tutor's desk."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from xingtan.domains.assessment import api as assessment
from xingtan.domains.courses import api as courses
from xingtan.domains.policies import api as policies
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import Actor, Role

from . import cast
from .clock import Clock
from .offers import Offered

COLLEAGUES = 40
WORK = (
    "本次观察的问题是：学生有没有机会用自己的话解释人物的心情。课上共有七次提问，其中三次请学生复述，两次追问理由。"
    "第十分钟小组讨论时，教师等待了八秒，学生说出了课文没有写明的原因。下一节课准备把追问写进板书，并给每组一张记录单。"
)


def fill(clock: Clock, year: policies.TrainingYear, offered: Offered) -> None:
    """Lin's work has passed; of her colleagues' some has passed, some came back, some waits."""
    offer = offered.courses["XXYW-01"]
    own = [(teacher_id, name) for teacher_id, offer_id, name in offered.registered_courses() if offer_id == offer.pk]
    own.sort(key=lambda pair: pair[1] != offered.cast_name)
    units = courses.units_of([offer.course_id or 0])[offer.course_id or 0]
    quiz = next(unit for unit in units if unit.kind == courses.UnitKind.QUIZ)
    assignment = next(unit for unit in units if unit.kind == courses.UnitKind.ASSIGNMENT)
    people = teachers.teachers_by_id([pk for pk, _ in own[:COLLEAGUES]])
    random = Random(year.year)  # noqa: S311 -- the same demonstration on every machine
    for number, (teacher_id, _name) in enumerate(own[:COLLEAGUES]):
        actor = _actor(people[teacher_id])
        _take(actor, quiz, clock, miss=number % 11 == 7)
        if number % 5 != 4:
            _hand_in(actor, assignment, clock, number, random)


def _actor(teacher: teachers.Teacher) -> Actor:
    return Actor(teacher.account_id, Role.TEACHER, teacher.school_id, cast.actor("county").scope, teacher.name, teacher.pk)


def _take(actor: Actor, quiz: courses.Unit, clock: Clock, *, miss: bool) -> None:
    answers: dict[str, list[str]] = {question["key"]: list(assessment.right_answer(question)) for question in quiz.body["questions"]}
    if miss:
        first: Mapping[str, Any] = quiz.body["questions"][0]
        answers[first["key"]] = [next(option["key"] for option in first["options"] if option["key"] not in first["answer"])]
    assessment.take_quiz(actor=actor, unit_id=quiz.pk, answers=answers, source="demonstration", now=clock.at(4, 18, 20))


def _hand_in(actor: Actor, unit: courses.Unit, clock: Clock, number: int, random: Random) -> None:
    work = assessment.hand_in(actor=actor, unit_id=unit.pk, text=WORK, now=clock.at(4, 20, 8 + number % 12))
    if number % 4 == 3:
        return
    rubric = unit.body.get("rubric", [])
    back = number % 16 == 5
    marks = {one["key"]: one["most"] // 2 if back else one["most"] - random.randrange(4) for one in rubric}
    assessment.mark(
        actor=cast.actor("tutor"),
        submission_id=work.pk,
        outcome=assessment.State.RETURNED if back else assessment.State.PASSED,
        marks=marks,
        comment="请补充学生的原话两处，再说明为什么这样改进。" if back else "证据具体，改进可行。",
        now=clock.at(5, 6),
    )

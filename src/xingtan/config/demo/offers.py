"""What the running year's project offers: courses of two providers, workshops with their leads, classes with their tutors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from xingtan.core.calendar import WindowKind
from xingtan.domains.courses import api as courses
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.domains.projects import api as projects
from xingtan.domains.teachers import api as teachers
from xingtan.domains.workshops import api as workshops
from xingtan.foundation.people.roles import OPERATOR, Actor, Role

from . import cast
from .clock import Clock
from .lessons import add_demo_courses, guide_unit
from .packages import add_package_course

COURSE_CENTI, WORKSHOP_CENTI = 5000, 2200
# The last activity of every workshop is still open; its last day lies so far ahead.
LAST_ACTIVITY = timedelta(days=26)
HANDED_IN_LATE = 3
REPORT = "看了两位同行的课堂实录，一节先问后读，一节先读后问。我记下了学生第一次举手的时间和追问的次数，下周准备在自己班上试先读后问。"
Named = tuple[str, str, str, str]  # title, English title, stage, subject

# Courses of the second provider's own platform: a guide here, the hours come as delivered records.
OUTSIDE: dict[str, Named] = {
    "GP-YE": ("幼儿园游戏与学习的支持策略", "Supporting play and learning in kindergarten", "kindergarten", ""),
    "GP-XX": ("小学课堂的提问与反馈", "Questions and feedback in primary lessons", "primary", ""),
    "GP-CZ": ("初中学科教学的证据与改进", "Evidence and improvement in junior lessons", "junior", ""),
    "GP-GZ": ("高中大单元教学设计", "Designing large units in senior school", "senior", ""),
    "GP-XR": ("新入职教师岗位适应", "Starting out: the first year of teaching", "", ""),
}
WORKSHOPS: tuple[tuple[str, Named], ...] = (
    ("lead", ("主题阅读工作坊", "Theme reading workshop", "primary", "chinese")),
    ("lead", ("幼儿园自主游戏工作坊", "Free play in kindergarten", "kindergarten", "")),
    ("lead", ("初中英语阅读工作坊", "Junior English reading", "junior", "english")),
    ("lead2", ("小学数学结构化教学工作坊", "Structured mathematics in primary school", "primary", "mathematics")),
    ("lead2", ("小学综合学科工作坊", "Primary school, all subjects", "primary", "")),
    ("lead2", ("初中课堂改进工作坊", "Improving junior lessons", "junior", "")),
    ("lead2", ("高中课题研究工作坊", "Research in senior school", "senior", "")),
)
ACTIVITIES: tuple[tuple[str, str, int, bool], ...] = (
    ("活动一：共读与批注", "Activity 1: reading and notes", 400, False),
    ("活动二：同课异构", "Activity 2: one lesson, two designs", 400, False),
    ("活动三：观课与评课", "Activity 3: observing and reviewing lessons", 450, False),
    ("研修成果：单元整体设计一份", "Work product: the design of a unit", 600, True),
    ("活动五：课堂实录研讨", "Activity 5: discussing a recorded lesson", 350, False),
)


@dataclass
class Offered:
    """The published project and how to choose from it."""

    project_id: int
    cast_name: str
    courses: dict[str, projects.Offer] = field(default_factory=dict)
    workshops: list[projects.Offer] = field(default_factory=list)
    provider_of: dict[int, str] = field(default_factory=dict)
    training_year_id: int = 0

    def for_teacher(self, stage: str, subject: str, *, is_new: bool) -> tuple[int, ...]:
        """The offers that fit: 50 hours of courses (100 for who was just hired) and one workshop."""
        own = [self._own_course(stage, subject), *([self.courses["GP-XR"]] if is_new else [])]
        fitting = [one for one in self.workshops if one.stage == stage and one.subject in (subject, "")]
        workshop = next((one for one in fitting if one.subject == subject), fitting[0])
        return (*(one.pk for one in own), workshop.pk)

    def _own_course(self, stage: str, subject: str) -> projects.Offer:
        if (stage, subject) == ("primary", "chinese"):
            return self.courses["XXYW-01"]
        return next(one for code, one in self.courses.items() if code.startswith("GP-") and one.stage == stage)

    def registered_courses(self) -> Iterator[tuple[int, int, str]]:
        """Teacher, course offer and name for every registered choice."""
        chosen = enrolment.selections_in(cast.actor("county").scope, self.training_year_id).filter(state=enrolment.State.REGISTERED)
        people = {one.pk: (one.teacher_id, one.teacher.name) for one in chosen}
        for selection_id, offer_ids in enrolment.chosen_offers(people).items():
            yield from ((people[selection_id][0], pk, people[selection_id][1]) for pk in offer_ids if pk in self.provider_of)


def make_courses(clock: Clock) -> list[courses.Course]:
    """Both providers have handed in their courses."""
    own, other = cast.actor("provider"), cast.actor("provider2")
    made = add_demo_courses(actor=own, provider_id=own.organisation_id or 0, now=clock.at(8, 26))
    for code, (title, title_en, stage, subject) in OUTSIDE.items():
        values: Mapping[str, Any] = {
            "code": code,
            "title": title,
            "title_en": title_en,
            "stage": stage,
            "subject": subject,
            "component": "course",
            "area": courses.Area.TEACHING,
            "summary": "在承训机构自有平台学习，学时记录由承训机构按月交换。",
            "summary_en": "Studied on the provider's own platform; its records are delivered every month.",
        }
        units = [guide_unit(other, clock.at(8, 26))]
        made.append(
            courses.add_course(actor=other, provider_id=other.organisation_id or 0, values=values, units=units, now=clock.at(8, 26))
        )
    made.append(add_package_course(actor=own, provider_id=own.organisation_id or 0, now=clock.at(8, 26)))
    return made


def publish(clock: Clock, project: projects.Project, made: list[courses.Course]) -> Offered:
    """The project offers every course and workshop, and is published."""
    province = cast.actor("province")
    offered = Offered(project.pk, "林知微", training_year_id=project.training_year_id)
    logins = {cast.actor(login).organisation_id: login for login in ("provider", "provider2")}
    for course in made:
        offer = projects.add_offer(
            actor=province,
            project_id=project.pk,
            kind="course",
            component="course",
            hours_centi=COURSE_CENTI,
            course_id=course.pk,
            now=clock.at(8, 30),
        )
        offered.courses[course.code] = offer
        offered.provider_of[offer.pk] = logins[offer.provider_id]
    for login, (title, title_en, stage, subject) in WORKSHOPS:
        lead = cast.actor(login)
        offered.workshops.append(
            projects.add_offer(
                actor=province,
                project_id=project.pk,
                kind="workshop",
                component="workshop",
                hours_centi=WORKSHOP_CENTI,
                provider_id=lead.organisation_id,
                lead_id=lead.account_id,
                title=title,
                title_en=title_en,
                stage=stage,
                subject=subject,
                now=clock.at(8, 30),
            )
        )
    projects.publish(actor=province, project_id=project.pk, now=clock.at(8, 31))
    return offered


def arrange(clock: Clock, offered: Offered, year: policies.TrainingYear) -> None:
    """Every workshop has its activities, every stage its class with a tutor."""
    for stage in teachers.Stage:
        tutor = cast.actor("tutor" if stage in ("primary", "kindergarten") else "tutor2")
        workshops.add_cohort(
            actor=cast.actor("province"),
            project_id=offered.project_id,
            organisation_id=tutor.organisation_id or 0,
            tutor_id=tutor.account_id or 0,
            title=f"{teachers.STAGES[stage]} {year.year} 级一班",
            stage=stage.value,
            now=clock.at(9, 1),
        )
    days = policies.windows_of(year)[WindowKind.STUDY]
    late = max(days.closes_on, clock.today + LAST_ACTIVITY)
    for login in ("lead", "lead2"):
        lead = cast.actor(login)
        for workshop in workshops.led_workshops(lead):
            for place, (title, title_en, centi, is_product) in enumerate(ACTIVITIES, 1):
                values = {"title": title, "title_en": title_en, "hours_centi": centi, "is_work_product": is_product}
                values |= {
                    "brief": "按要求完成并提交，坊主确认后计入学时。",
                    "brief_en": "Do it and hand it in; it counts once the lead has confirmed it.",
                }
                values |= {"opens_on": days.opens_on, "closes_on": late if place == len(ACTIVITIES) else days.closes_on}
                workshops.add_activity(actor=lead, workshop_id=workshop.pk, values=values, now=clock.at(9, 2))


def attend(clock: Clock, offered: Offered) -> int:
    """Leads recorded who took part in their activities; Lin has yet to do the last one. Returns how many parts were recorded."""
    members: dict[int, list[int]] = {}
    for selection in enrolment.selections_in(OPERATOR.scope, offered.training_year_id).filter(state=enrolment.State.REGISTERED):
        members.setdefault(selection.pk, []).append(selection.teacher_id)
    chosen = enrolment.chosen_offers(members)
    people = teachers.teachers_by_id({ids[0] for ids in members.values()})
    names = {one.pk: one.name for one in people.values()}
    count = 0
    for login in ("lead", "lead2"):
        lead = cast.actor(login)
        for workshop in workshops.led_workshops(lead):
            own = [members[pk][0] for pk, ids in chosen.items() if workshop.offer_id in ids]
            for activity in workshops.activities_of([workshop.pk]):
                there = [one for one in own if _took_part(one, activity.place, is_cast=names[one] == offered.cast_name)]
                count += workshops.record_attendance(actor=lead, activity_id=activity.pk, teacher_ids=there, now=clock.at(5, 20))
                absent = [people[one] for one in own if one not in there and names[one] != offered.cast_name]
                _hand_in_late(absent[:HANDED_IN_LATE], activity, clock)
    return count


def _hand_in_late(late: Sequence[teachers.Teacher], activity: workshops.Activity, clock: Clock) -> None:
    """Some handed in the last activity these days, the one that is still open; it waits for the lead."""
    for number, one in enumerate(late if activity.closes_on > clock.today else ()):
        actor = Actor(one.account_id, Role.TEACHER, one.school_id, one.school.scope, one.name, one.pk)
        workshops.hand_in_activity(actor=actor, activity_id=activity.pk, text=REPORT, now=clock.ago(2 + number))


def _took_part(teacher_id: int, place: int, *, is_cast: bool) -> bool:
    last = len(ACTIVITIES)
    return place < last if is_cast else (teacher_id * 31 + place * 17) % 100 < (92 if place < last else 84)

"""The demonstration's registers: a pool with people approved and waiting, principals with their needs, a leading group, an applicant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from xingtan.domains.registers import api as registers
from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.roles import VISITOR

from . import cast
from .clock import Clock

POOL = (
    ("罗正行", "青原区教师进修学校", "experts", "chinese", "指导听课评课，主持专题研修", "正高级教师，主持省级课题两项"),
    ("龙映雪", "青原区教师进修学校", "experts", "mathematics", "指导校本研修，命制诊断试题", "省学科带头人，市级工作室主持人"),
    ("尹知秋", "吉安市教育科学研究所", "mentors", "english", "带教骨干教师", "特级教师"),
    ("郭子衡", "青原区教育技术中心", "technical", "information", "平台与设备支持", "信息技术高级教师"),
)
WAITING = ("谢临川", "青禾实验小学", "tutors", "chinese", "批改作业，在线答疑", "市级骨干教师，三年辅导经历")
LEADERS = (("万修竹", "分管副局长", "head"), ("周敏", "教师进修学校校长", "deputy"), ("陈秀兰", "学校代表", "member"))


def keep(clock: Clock, show: Callable[[str], None]) -> None:
    """The registers of the demonstration county hold a few rows in every state."""
    now, first = clock.at(9, 10), date(clock.running, 9, 1)
    clerk, county = cast.actor("clerk"), cast.actor("county")
    office = county.organisation_id or 0
    made = [registers.nominate(actor=clerk, office_id=office, wanted=_nomination(one, first), now=now) for one in POOL]
    registers.decide_nominations(actor=county, ids=[one.pk for one in made], is_approved=True, reason="", now=now)
    registers.nominate(actor=clerk, office_id=office, wanted=_nomination(WAITING, first), now=now)
    heads = teachers.teachers_in_post(county.scope).filter(position__in=["principal", "kindergarten_head"]).order_by("pk")
    for place, head in enumerate(heads[:6]):
        need = ("improving", "qualifying", "advanced", "themed")[place % 4]
        words = "数字化转型中的学校管理" if need == "themed" else ""
        registers.appoint(actor=county, teacher_id=head.pk, post=registers.Post("principal", first, need, words), now=now)
    told = {"organisation_id": office, "kind": "leadership", "name": "青原区教师继续教育领导小组", "project": "", "from_on": first}
    leading = registers.found_office(actor=county, now=now, **told)  # type: ignore[arg-type]  # -- by name
    for name, post, duty in LEADERS:
        registers.seat(actor=county, pid=leading.public_id, name=name, post=post, duty=duty, from_on=first, now=now)
    asked = {
        "name": "新苗民办小学",
        "contact": "王老师",
        "phone": "13800000009",
        "words": "民办小学，教师 20 人，愿参加全县教师培训",
        "address": "demonstration",
    }
    registers.apply_for_school(actor=VISITOR, county_id=office, now=now, **asked)
    show("  registers: pool, cadres, a leading group, an applicant")


def _nomination(one: tuple[str, ...], first: date) -> registers.Nomination:
    name, workplace, team, subject, duties, competence = one
    return registers.Nomination(name, workplace, team, duties, competence, first, None, subject, "")

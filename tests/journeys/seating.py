"""The year's walk, third part: seats go down to the school, teachers ask for them, two offices approve, and a class is formed."""

from __future__ import annotations

from collections.abc import Mapping

from tests.journeys.eyes import Person
from tests.journeys.planning import HEADS, SCHOOL

TEACHER = "林知微"


def share_out(people: Mapping[str, Person], pid: str) -> None:
    """The project's seats are the province's, and go down four levels, all of them to the one school."""
    page = people["province"].page
    people["province"].go(f"/bureau/quotas/{pid}/")
    page.locator("[name=seats]").first.fill(HEADS)
    people["province"].press("保存")
    for login, below in (("province", "吉安市"), ("city", "青原区"), ("county", SCHOOL)):
        office = people[login]
        office.go(f"/bureau/quotas/{pid}/")
        office.press("分配")
        office.page.get_by_label(below, exact=True).fill(HEADS)
        office.press("保存这些数字")
    people["clerk"].go(f"/bureau/quotas/{pid}/")
    people["clerk"].reads("青年教师", HEADS)


def apply(teacher: Person, pid: str) -> None:
    """The teacher comes from the public page and hands the application in."""
    teacher.go(f"/projects/{pid}/")
    teacher.reads("青年教师")
    teacher.press("报名")
    for name, value in {"category": "young", "choice": None}.items():
        box = teacher.page.locator(f"main select[name={name}]")
        if box.count():
            box.select_option(value) if value else box.select_option(index=1)
    teacher.press("提交")


def approve(person: Person, pid: str) -> None:
    """The office ticks the teacher's application and lets it pass."""
    person.go(f"/bureau/admissions/{pid}/")
    person.reads(TEACHER)
    person.page.get_by_label(TEACHER, exact=True).check()
    with person.page.expect_navigation():
        person.page.locator("button[name=act][value=approve]").click()
    person.look()
    person.reads(TEACHER)


def form_class(office: Person, teacher: Person, pid: str) -> None:
    """The rule makes a draft, a tutor is named, the class is arranged, and the teacher is told."""
    page = office.page
    office.go(f"/bureau/projects/{pid}/classes/forming/")
    page.fill("[name=least]", "1")
    office.press("生成草案")
    office.press("1", within="main table")
    page.fill("[name=title]", "青年教师一班")
    page.locator("[name=tutor]").select_option(index=1)
    office.press("保存")
    office.press("编定并通知")
    office.reads("青年教师一班")
    teacher.go("/messages/")
    teacher.reads("青年教师一班")

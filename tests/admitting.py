"""A project with seats on top of the enrolling cast: two classes, ten seats that come down to the county, officers and teachers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import xlsxwriter

from tests import enrolling
from tests.enrolling import NOW, actor_of, teachers
from tests.rostering import number
from xingtan.domains.admissions import api as admissions
from xingtan.domains.admissions.models import Application
from xingtan.domains.projects import api as projects
from xingtan.domains.quotas import api as quotas
from xingtan.domains.teachers import api as register
from xingtan.domains.teachers.models import NUMBER_BOX, Teacher
from xingtan.foundation.people.roles import Role

SOON = datetime(2026, 9, 12, 4, tzinfo=UTC)
LATE = datetime(2026, 12, 1, 4, tzinfo=UTC)
CLASSES = {"red": ("chinese", "primary"), "blue": ("", "")}
BIRTH = "360802198109020029"
HEADINGS = ("身份证件号码", "姓名", "名额类别", "班次", "理由")


def project(cast, title="语文骨干教师培训", steps=2, seats=10, **values):
    """A published project of the province with so many seats at the top."""
    told = {
        "ways": ["own", "placement", "nomination", "national"], "has_seats": True, "approval_steps": steps,
        "starts_on": date(2026, 11, 1), "ends_on": date(2026, 11, 20),
    }  # fmt: skip
    made = projects.draft_project(
        actor=cast.mei, training_year_id=cast.year.pk, title=title, tier="province", kind="face_to_face",
        opens_on=date(2026, 9, 1), closes_on=date(2026, 10, 20), now=NOW, **{**told, **values},
    )  # fmt: skip
    projects.add_segment(actor=cast.mei, project_id=made.pk, values={"kind": "self_study", "title": "学习"}, now=NOW)
    classes = {
        name: projects.add_offer(
            actor=cast.mei, project_id=made.pk, kind="workshop", component="workshop", hours_centi=22_00, title=f"{name}班",
            subject=subject, stage=stage, now=NOW,
        )
        for name, (subject, stage) in CLASSES.items()
    }  # fmt: skip
    made = projects.publish(actor=cast.mei, project_id=made.pk, now=NOW)
    if seats:
        grant(cast, made, seats)
    return made, classes


def grant(cast, made, seats, category=""):
    return quotas.grant(actor=cast.mei, project_id=made.pk, seats=seats, category=category, now=NOW)


def build(**values):
    cast = enrolling.build()
    cast.cheng = actor_of(Role.CITY_OFFICER, cast.city)
    cast.stranger = actor_of(Role.COUNTY_OFFICER, cast.strange)
    cast.people = teachers(cast.school, 12)
    cast.others = teachers(cast.second, 4)
    Teacher.everywhere.update(number_closed=NUMBER_BOX.close(BIRTH))
    cast.seated, cast.classes = project(cast, **values)
    return cast


def nominate(cast, people, *, actor=None, choice=None, now=NOW, **more):
    wishes = [admissions.Wish(one.pk, cast.classes[choice].pk if choice else None) for one in people]
    return admissions.nominate(actor=actor or cast.chen, project_id=cast.seated.pk, wishes=wishes, now=now, **more)


def states(rows):
    """Today's states of these applications, in their order."""
    found = dict(Application.everywhere.filter(pk__in=[row.pk for row in rows]).values_list("pk", "state"))
    return [found[row.pk] for row in rows]


def sound(cast, project_id=None):
    """True when seats given are exactly the standing admitted or offered ones, and quotas agree with their trail."""
    project_id = project_id or cast.seated.pk
    seated = set(
        Application.everywhere.filter(project_id=project_id, state__in=sorted(admissions.SEATED)).values_list("teacher_id", flat=True)
    )
    sitting = set(quotas.Seat.objects.filter(project_id=project_id, ended_at=None).values_list("teacher_id", flat=True))
    given = quotas.totals_of(project_id)["given"]
    return seated == sitting and given == len(sitting) and quotas.check_quotas(project_id) == []


def hours(count):
    return timedelta(hours=count)


def known(people):
    """The numbers under which the register knows these teachers from now on."""
    numbers = {}
    for order, one in enumerate(people, start=1):
        numbers[one.pk] = number(order)
        Teacher.everywhere.filter(pk=one.pk).update(number_index=register.number_index(numbers[one.pk]))
    return numbers


def write(path, rows):
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for at, cells in enumerate([HEADINGS, *rows]):
            for place, cell in enumerate(cells):
                sheet.write_string(at, place, cell)
    return path

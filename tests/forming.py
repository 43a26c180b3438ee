"""A project with sixteen admitted teachers and two tutors, before its classes are formed."""

from __future__ import annotations

from datetime import date

from tests import admitting, enrolling
from tests.enrolling import NOW
from xingtan.domains.admissions.models import Application
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import Role


def build():
    cast = admitting.build()
    rows = [
        Application(project=cast.seated, teacher=one, school=one.school, way="nomination", state="admitted", applied_at=NOW)
        for one in (*cast.people, *cast.others)
    ]
    Application.everywhere.bulk_create(rows)
    cast.tutors = [tutor(cast.county, f"辅导{number}") for number in range(2)]
    return cast


def tutor(place, name):
    account = enrolling.account(name, name)
    Grant.objects.create(account=account, role=Role.TUTOR, organisation=place, from_on=date(2020, 1, 1))
    return account

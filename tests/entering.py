"""A small tree with one person on each level, each with a password, and what tests of the entrance do again and again."""

from __future__ import annotations

import time
from datetime import date
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from tests.enrolling import NOW, tree
from xingtan.domains.teachers.models import NUMBER_BOX as TEACHERS_NUMBER
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.entrance.factors import STEP_S, code_at
from xingtan.foundation.people.models import NUMBER_BOX, PHONE_BOX, Account, Grant
from xingtan.foundation.people.roles import Actor, Role

PASSWORD = "kong-shan-xin-yu"
NUMBERS = {"lin": "110101199003077117", "chen": "110101199003070396", "wu": "11010119900307803X"}
PHONES = {"lin": "13800000001"}
SEATS = {
    "lin": (Role.TEACHER, "school"),
    "chen": (Role.SCHOOL_CLERK, "school"),
    "zhou": (Role.COUNTY_OFFICER, "county"),
    "city": (Role.CITY_OFFICER, "city"),
    "province": (Role.PROVINCE_OFFICER, "province"),
    "wu": (Role.SCHOOL_CLERK, "elsewhere"),
}


def build():
    """Everyone of SEATS, and the teacher's row of Lin."""
    places, cast = tree(), SimpleNamespace(places=None, accounts={}, actors={})
    cast.places, hashed = places, make_password(PASSWORD)
    for login, (role, where) in SEATS.items():
        number, phone = NUMBERS.get(login, ""), PHONES.get(login, "")
        account = Account.objects.create(
            login=login, name=login, password=hashed, activated_at=NOW, created_at=NOW,
            number_index=NUMBER_BOX.index(number), phone_index=PHONE_BOX.index(phone),
        )  # fmt: skip
        place = getattr(places, where)
        Grant.objects.create(account=account, role=role.value, organisation=place, from_on=date(2020, 1, 1))
        cast.accounts[login] = account
        cast.actors[login] = Actor(account_id=account.pk, role=role, organisation_id=place.pk, scope=place.scope, name=account.name)
    cast.lin = teacher_row(cast.accounts["lin"], places.school, NUMBERS["lin"])
    return cast


def teacher_row(account, school, number):
    return Teacher.everywhere.create(
        account=account, name="林知微", name_pinyin="lin zhiwei", name_initials="lzw", number_index=TEACHERS_NUMBER.index(number),
        number_closed=TEACHERS_NUMBER.close(number), last4_index="-", school=school, stage="primary", subject="chinese", gender="female",
        staff_number="Z-0017", hired_on=date(2015, 9, 1), registered_at=NOW,
    )  # fmt: skip


def sign_in(browser: Client, login: str, password: str = PASSWORD, **more):
    return browser.post("/sign-in/", {"identity": login, "password": password, **more})


def code_now(secret: str, drift: int = 0) -> str:
    """What an authenticator app shows now, or so many half minutes later."""
    return code_at(secret, int(time.time()) // STEP_S + drift)


def set_up_app(browser: Client) -> str:
    """The account that is signed in has an authenticator app, by the page; returns the app's secret."""
    secret = "".join(browser.get("/security/app/").context["secret"].split())
    answer = browser.post("/security/app/", {"code": code_now(secret, -1)})
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    return secret


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def now():
    return timezone.now()

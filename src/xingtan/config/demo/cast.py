"""The demonstration's offices and the people who sit in them; all invented, all with the password that the start prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from xingtan.domains.teachers import api as teachers
from xingtan.foundation.people.accounts import open_office_account
from xingtan.foundation.people.grants import actor_of, give_role
from xingtan.foundation.people.models import Account, Grant
from xingtan.foundation.people.roles import OPERATOR, Actor, Role
from xingtan.foundation.scope.models import Organisation

PASSWORD = "xingtan-demo"  # noqa: S105 -- of invented people, printed at the start of the demonstration


@dataclass(frozen=True, slots=True)
class Seat:
    """An office holder of the demonstration: sign-in name, name, role, and the organisation by name."""

    login: str
    name: str
    role: Role
    organisation: str


CAST: tuple[Seat, ...] = (
    Seat("province", "程以南", Role.PROVINCE_OFFICER, "江西省"),
    Seat("province2", "邵一鸣", Role.PROVINCE_OFFICER, "江西省"),
    Seat("city", "万修竹", Role.CITY_OFFICER, "吉安市"),
    Seat("county", "周敏", Role.COUNTY_OFFICER, "青原区"),
    Seat("clerk", "陈秀兰", Role.SCHOOL_CLERK, "青禾实验小学"),
    Seat("reviewer", "贺兰舟", Role.SCHOOL_REVIEWER, "青禾实验小学"),
    Seat("provider", "苏桐", Role.PROVIDER_STAFF, "明德教师研修中心"),
    Seat("tutor", "邹明远", Role.TUTOR, "明德教师研修中心"),
    Seat("lead", "周砚秋", Role.WORKSHOP_LEAD, "明德教师研修中心"),
    Seat("supervisor", "严正", Role.SUPERVISOR, "江西省"),
    Seat("expert", "罗正行", Role.EXPERT, "江西省"),
    Seat("provider2", "黎远", Role.PROVIDER_STAFF, "赣鄱师训网"),
    Seat("tutor2", "阮清扬", Role.TUTOR, "赣鄱师训网"),
    Seat("lead2", "朱亚萍", Role.WORKSHOP_LEAD, "赣鄱师训网"),
    Seat("stranger", "吴启明", Role.COUNTY_OFFICER, "吉州区"),
)


def seat_all(seats: Iterable[Seat], *, from_on: date, now: datetime, with_password: bool) -> None:
    """Every seat is taken by an account of its own; with a password it is activated at once, in one hash for all."""
    places = {organisation.name: organisation.pk for organisation in Organisation.everywhere.all()}
    closed = make_password(PASSWORD) if with_password else ""
    for seat in seats:
        account = open_office_account(actor=OPERATOR, login=seat.login, name=seat.name, now=now)
        give_role(
            actor=OPERATOR, account_id=account.pk, role=seat.role, organisation_id=places[seat.organisation], from_on=from_on, now=now
        )
        if with_password:
            Account.objects.filter(pk=account.pk).update(password=closed, activated_at=now, activation_code="")


def staff_of(schools: Sequence[str], *, number_from: int = 1) -> list[Seat]:
    """A clerk and a second person for every school but the cast's own, so that entering and reviewing are two people everywhere."""
    seats = []
    for number, school in enumerate(schools, number_from):
        seats.append(Seat(f"clerk{number:03d}", f"{school[:2]}师训专干", Role.SCHOOL_CLERK, school))
        seats.append(Seat(f"reviewer{number:03d}", f"{school[:2]}审核员", Role.SCHOOL_REVIEWER, school))
    return seats


def actor(login: str) -> Actor:
    """The person with this sign-in name, acting in the first role they hold."""
    grant = Grant.objects.filter(account__login=login).select_related("organisation", "account").order_by("pk")[0]
    return actor_of(grant, name=grant.account.name)


def actors_of_schools(role: Role) -> dict[int, Actor]:
    """Who holds the role at each school, by the school's id."""
    grants = Grant.objects.filter(role=role.value).select_related("organisation", "account").order_by("-pk")
    return {grant.organisation_id: actor_of(grant, name=grant.account.name) for grant in grants}


def teacher_actor(name: str) -> Actor:
    """The teacher of the cast with this name, acting for themselves."""
    return acting_as(teachers.Teacher.everywhere.filter(name=name).select_related("school").order_by("pk")[0])


def acting_as(teacher: teachers.Teacher) -> Actor:
    """The teacher acting for themselves."""
    return Actor(
        account_id=teacher.account_id,
        role=Role.TEACHER,
        organisation_id=teacher.school_id,
        scope=teacher.school.scope,
        name=teacher.name,
        teacher_id=teacher.pk,
    )

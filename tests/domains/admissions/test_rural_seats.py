"""Seats for rural schools go to teachers of rural schools, whichever way they come in."""

from __future__ import annotations

import pytest

from tests.admitting import NOW, grant, known, nominate, write
from tests.enrolling import actor_of
from xingtan.domains.admissions import api as admissions
from xingtan.domains.admissions.models import Application
from xingtan.domains.nominations import api as nominations
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import Refused

RURAL = {"code": "rural", "label": "农村学校教师", "seats": 2, "is_reserved": True}


@pytest.fixture
def cast(db):
    """Of the two schools one is rural; two seats are for rural schools, and nobody has to approve."""
    from tests import admitting  # noqa: PLC0415 -- its models need Django's settings

    made = admitting.build(steps=0, seats=0, categories=[RURAL])
    grant(made, made.seated, 2, category="rural")
    made.second.is_rural = True
    made.second.save(update_fields=["is_rural"])
    return made


def apply(cast, teacher):
    own = admissions.Own(category="rural")
    actor = actor_of(Role.TEACHER, teacher.school, teacher)
    return admissions.apply(actor=actor, project_id=cast.seated.pk, own=own, now=NOW)


def send(cast, teacher):
    wish = admissions.Wish(teacher.pk, None, "rural")
    return admissions.nominate(actor=cast.zhou, project_id=cast.seated.pk, wishes=[wish], now=NOW)[0]


def replace(cast, teacher):
    """The teacher instead of one who has such a seat rightly."""
    seated = send(cast, cast.others[-1])
    return admissions.substitute(actor=cast.zhou, pairs={seated.pk: teacher.pk}, reason="调离", now=NOW)[0]


@pytest.mark.parametrize("way_in", [apply, send, replace])
def test_only_a_teacher_of_a_rural_school_has_a_seat_for_rural_schools(cast, way_in):
    before = {"replace": 1}.get(way_in.__name__, 0)
    with pytest.raises(Refused) as why:
        way_in(cast, cast.people[0])
    assert why.value.code == "admission_not_rural"
    assert Application.everywhere.filter(state="admitted").count() == before


@pytest.mark.parametrize("way_in", [apply, send, replace])
def test_a_teacher_of_a_rural_school_has_it(cast, way_in):
    row = way_in(cast, cast.others[0])
    row.refresh_from_db()
    assert (row.state, row.category) == ("admitted", "rural")


def test_a_workbook_names_those_who_are_at_another_school(cast, tmp_path):
    numbers = known([cast.people[0], cast.others[0]])
    rows = [(numbers[one.pk], one.name, "农村学校教师", "", "") for one in (cast.people[0], cast.others[0])]
    book = nominations.Book(cast.seated.pk, admissions.Way.NOMINATION, write(tmp_path / "推荐.xlsx", rows))
    plan = nominations.preview_nominations(actor=cast.zhou, book=book, now=NOW)
    assert [(one.typed.place, one.problems) for one in plan.bad] == [(2, ("nominee_not_rural",))]
    assert plan.counts["good"] == 1


def test_seats_of_no_category_are_open_to_all(cast):
    grant(cast, cast.seated, 1)
    assert nominate(cast, cast.people[:1], actor=cast.zhou)[0].state == "admitted"

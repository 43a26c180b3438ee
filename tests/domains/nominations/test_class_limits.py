"""A class takes no more than its limit and nobody once it was cancelled, also through workbooks and approvals."""

from __future__ import annotations

import pytest

from tests.admitting import NOW, known, nominate, sound, write
from tests.enrolling import actor_of
from xingtan.domains.admissions import api as admissions
from xingtan.domains.admissions.models import Application
from xingtan.domains.nominations import api as nominations
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import Refused


@pytest.fixture
def cast(admitting, tmp_path):
    """The red class takes two; a workbook names three of the school's teachers for it."""
    admissions.set_limit(actor=admitting.mei, offer_id=admitting.classes["red"].pk, most=2, least=0, now=NOW)
    numbers = known(admitting.people)
    rows = [(numbers[one.pk], one.name, "", "red班", "骨干") for one in admitting.people[:3]]
    admitting.book = nominations.Book(admitting.seated.pk, admissions.Way.NOMINATION, write(tmp_path / "推荐.xlsx", rows))
    yield admitting
    assert sound(admitting)
    assert Application.everywhere.filter(choice=admitting.classes["red"], state="admitted").count() <= 2


def look(cast):
    plan = nominations.preview_nominations(actor=cast.zhou, book=cast.book, now=NOW)
    return [(one.typed.place, one.problems) for one in plan.bad]


def test_rows_beyond_the_room_of_a_class_are_refused(cast):
    assert look(cast) == [(4, ("nominee_class_full",))]
    plan, _batch = nominations.hand_in_nominations(actor=cast.zhou, book=cast.book, good_only=True, now=NOW)
    assert plan.counts["good"] == 2


def test_nobody_comes_into_a_cancelled_class_by_workbook(cast):
    admissions.cancel_class(actor=cast.mei, offer_id=cast.classes["red"].pk, reason="人数不足", now=NOW)
    assert [problems for _place, problems in look(cast)] == [("nominee_class_full",)] * 3


def test_room_that_went_meanwhile_is_not_given_twice(cast, monkeypatch):
    others = cast.others[:1]
    begin = nominations.hand_in_nominations

    def meanwhile(plan):
        nominate(cast, others, actor=cast.zhou, choice="red")
        return plan

    from xingtan.domains.nominations import handin  # noqa: PLC0415 -- its models need Django's settings

    looked = handin.preview_nominations
    monkeypatch.setattr(handin, "preview_nominations", lambda **told: meanwhile(looked(**told)))
    begin(actor=cast.zhou, book=cast.book, good_only=True, now=NOW)
    assert Application.everywhere.filter(choice=cast.classes["red"], state="admitted").count() == 2


def test_an_approval_of_more_than_a_class_takes_is_refused_as_a_whole(cast):
    own = admissions.Own(choice_id=cast.classes["red"].pk)
    rows = [
        admissions.apply(actor=actor_of(Role.TEACHER, one.school, one), project_id=cast.seated.pk, own=own, now=NOW)
        for one in cast.people[:3]
    ]
    ids = [row.pk for row in rows]
    admissions.approve(actor=cast.chen, ids=ids, now=NOW)
    with pytest.raises(Refused) as why:
        admissions.approve(actor=cast.zhou, ids=ids, now=NOW)
    assert why.value.code == "class_full"
    assert admissions.approve(actor=cast.zhou, ids=ids[:2], now=NOW) == 2

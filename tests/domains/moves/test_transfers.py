"""A move needs both sides' word, or an office above both; access follows the post of today."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rostering import LATER, actor, number, row
from xingtan.domains.moves import api as moves
from xingtan.domains.moves.models import Transfer
from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.models import Teacher
from xingtan.foundation.events.models import Event
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotInScope, Refused

TERMS = moves.Terms(date(2026, 11, 1), "工作调动")


@pytest.fixture
def lin(cast, hand_in):
    cast.far_clerk = actor(Role.SCHOOL_CLERK, cast.far, "far")
    cast.second_clerk = actor(Role.SCHOOL_CLERK, cast.second, "second")
    hand_in(cast.zhou, [row()])
    return Teacher.everywhere.get()


def offer(who, lin, school="螺川路实验小学"):
    return moves.offer_transfer(actor=who, teacher_id=lin.pk, to_school=school, terms=TERMS, now=LATER)


def agree(who, asked):
    return moves.agree_to_transfer(actor=who, public_id=asked.public_id, now=LATER)


def test_a_school_offers_and_the_other_takes(cast, lin):
    asked = offer(cast.chen, lin)
    assert (asked.state, bool(asked.released_at), bool(asked.received_at)) == ("waiting", True, False)
    assert offer(cast.chen, lin).pk == asked.pk
    assert [moves.waits_for(who, asked) for who in (cast.chen, cast.far_clerk, cast.wu, cast.second_clerk)] == [False, True, True, False]
    done = agree(cast.far_clerk, asked)
    lin.refresh_from_db()
    assert (done.state, lin.school_id) == ("done", cast.far.pk)
    held = Grant.objects.filter(account_id=lin.account_id, ended_at=None, to_on=None)
    assert [grant.organisation_id for grant in held] == [cast.far.pk]
    assert not teachers.teachers_in(cast.chen.scope).exists()
    assert list(teachers.search(cast.wu.scope, "知微")) == [lin]
    assert Event.objects.get(name="teachers.moved").payload["schools"] == {str(lin.pk): cast.far.pk}
    assert agree(cast.far_clerk, asked).state == "done"


def test_an_office_above_both_needs_nobodys_word(cast, lin):
    assert offer(cast.zhou, lin, "云亭小学").state == "done"
    lin.refresh_from_db()
    assert lin.school_id == cast.second.pk


def test_a_school_asks_for_somebody_by_name_and_number_and_learns_nothing_else(cast, lin):
    told = {"actor": cast.far_clerk, "to_school_id": cast.far.pk, "terms": TERMS, "now": LATER}
    assert moves.request_transfer(name="林知微", number=number(4), **told) is None
    assert moves.request_transfer(name="林知夏", number=number(2), **told) is None
    asked = moves.request_transfer(name="林知微", number=number(2), **told)
    assert (asked.state, bool(asked.released_at)) == ("waiting", False)
    with pytest.raises(NotInScope):
        agree(cast.second_clerk, asked)
    assert agree(cast.chen, asked).state == "done"


def test_who_left_is_taken_in_by_an_office_and_is_in_post_again(cast, lin):
    moves.change_status(actor=cast.chen, teacher_ids=[lin.pk], status=teachers.Status.LEFT, since=TERMS.since, reason="辞职", now=LATER)
    asked = moves.request_transfer(actor=cast.far_clerk, name="林知微", number=number(2), to_school_id=cast.far.pk, terms=TERMS, now=LATER)
    assert asked.state == "waiting"
    assert agree(cast.wu, asked).state == "done"
    lin.refresh_from_db()
    assert (lin.status, lin.school_id) == ("in_post", cast.far.pk)


def test_a_refusal_says_why_and_who_asked_may_withdraw(cast, lin):
    asked = offer(cast.chen, lin)
    with pytest.raises(Refused):
        moves.end_transfer(actor=cast.wu, public_id=asked.public_id, answer="", now=LATER)
    ended = moves.end_transfer(actor=cast.wu, public_id=asked.public_id, answer="没有编制", now=LATER)
    assert (ended.state, ended.answer) == ("refused", "没有编制")
    again = offer(cast.chen, lin)
    assert moves.end_transfer(actor=cast.chen, public_id=again.public_id, answer="", now=LATER).state == "withdrawn"
    assert Transfer.objects.filter(state="waiting").count() == 0


@pytest.mark.parametrize(("school", "why"), [("青禾实验小学", "transfer_not_these"), ("没有这所学校", "school_not_found")])
def test_nobody_moves_nowhere(cast, lin, school, why):
    with pytest.raises(Refused) as refused:
        offer(cast.chen, lin, school)
    assert refused.value.code == why

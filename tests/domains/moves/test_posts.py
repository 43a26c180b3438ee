"""Leave, leaving and return: the role follows the post, and nothing earned or known is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.rostering import LATER, TODAY, actor, row
from xingtan.domains.moves import api as moves
from xingtan.domains.moves.models import SecondPost
from xingtan.domains.teachers import api as teachers
from xingtan.domains.teachers.models import Teacher, TeacherFact
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.people.models import Grant
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

DAY = date(2026, 11, 20)
Status = teachers.Status


@pytest.fixture
def lin(cast, hand_in):
    hand_in(cast.zhou, [row()])
    return Teacher.everywhere.get()


def change(who, teacher, status, since=DAY, reason="本人申请", now=LATER):
    return moves.change_status(actor=who, teacher_ids=[teacher.pk], status=status, since=since, reason=reason, now=now)


def roles(teacher):
    return [g.organisation_id for g in Grant.objects.filter(account_id=teacher.account_id, role="teacher", ended_at=None, to_on=None)]


def test_a_leaver_is_frozen_and_a_return_gives_everything_back(cast, lin):
    assert change(cast.chen, lin, Status.LEFT) == [lin.pk]
    lin.refresh_from_db()
    assert (lin.status, roles(lin)) == ("left", [])
    assert list(teachers.teachers_in(cast.chen.scope)) == [lin]
    assert not teachers.teachers_in_post(cast.chen.scope).exists()
    change(cast.chen, lin, Status.IN_POST, since=date(2026, 11, 21), now=LATER + timedelta(days=1))
    lin.refresh_from_db()
    assert (lin.status, roles(lin)) == ("in_post", [cast.school.pk])
    history = TeacherFact.objects.filter(teacher=lin, kind="status").order_by("from_on").values_list("value", "from_on", "to_on")
    assert list(history) == [
        ("in_post", TODAY, date(2026, 11, 19)), ("left", DAY, date(2026, 11, 20)), ("in_post", date(2026, 11, 21), None),
    ]  # fmt: skip
    assert AuditLine.objects.filter(act="moves.status_changed").count() == 2


def test_the_same_again_changes_nothing(cast, lin):
    change(cast.chen, lin, Status.ON_LEAVE)
    assert change(cast.chen, lin, Status.ON_LEAVE) == []
    assert AuditLine.objects.filter(act="moves.status_changed").count() == 1
    assert roles(lin) == [cast.school.pk]


@pytest.mark.parametrize(
    ("status", "since", "reason", "why"),
    [
        (Status.LEFT, DAY, " ", "move_reason_missing"),
        (Status.LEFT, date(2027, 1, 1), "x", "post_day_in_future"),
        (Status.LEFT, date(2026, 1, 1), "x", "post_day_too_early"),
        (Status.MERGED, DAY, "x", "post_no_such_turn"),
    ],
)
def test_what_stands_against_is_said_and_nothing_changed(cast, lin, status, since, reason, why):
    with pytest.raises(Refused) as refused:
        change(cast.chen, lin, status, since, reason)
    assert refused.value.code == why
    lin.refresh_from_db()
    assert lin.status == "in_post"


def test_a_stranger_and_a_teacher_may_not(cast, lin):
    with pytest.raises(NotInScope):
        change(cast.wu, lin, Status.LEFT)
    with pytest.raises(NotAllowed):
        change(actor("teacher", cast.school, "lin-as-teacher"), lin, Status.LEFT)


def test_a_second_post_is_elsewhere_and_ends_with_the_post(cast, lin):
    wanted = moves.Elsewhere(cast.far.pk, moves.SecondPostKind.EXCHANGE, TODAY)
    post = moves.give_second_post(actor=cast.chen, teacher_id=lin.pk, wanted=wanted, now=LATER)
    assert (post.school_id, post.to_on, lin.school_id) == (cast.far.pk, None, cast.school.pk)
    for again, why in ((wanted, "second_post_held"), (wanted._replace(school_id=cast.school.pk), "second_post_at_own_school")):
        with pytest.raises(Refused) as refused:
            moves.give_second_post(actor=cast.chen, teacher_id=lin.pk, wanted=again, now=LATER)
        assert refused.value.code == why
    with pytest.raises(NotInScope):
        moves.end_second_post(actor=cast.wu, post_id=post.pk, on=DAY, now=LATER)
    change(cast.chen, lin, Status.RETIRED)
    assert SecondPost.everywhere.get().to_on == DAY

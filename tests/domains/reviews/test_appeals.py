"""Appeals of teachers: about an entry or a refusal, answered by a day, carried up once, with a trail."""

from __future__ import annotations

from datetime import date

import pytest

from tests import crediting, enrolling, reviewing
from tests.reviewing import NOW, Outcome, State, Step, later
from xingtan.domains.reviews import api as reviews
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotInScope, Refused


@pytest.fixture
def returned(cast):
    crediting.delivered(cast, [cast.lin_teacher], 36_000)
    [entry] = crediting.enter(cast)
    crediting.decide(cast.he, Step.REVIEW, [entry], Outcome.RETURNED, reason_code="differs")
    return entry


def appeal(cast, entry, words="学时应计入", now=NOW):
    return reviews.file_appeal(actor=cast.lin, words=words, entry_id=entry.pk, now=now)


def acts(one):
    return [step.act for step, _name in reviews.steps_of_appeal(one)]


def test_an_upheld_appeal_takes_the_return_back(cast, returned):
    one = appeal(cast, returned)
    assert (one.office_id, one.answer_by) == (cast.county.pk, date(2026, 12, 6))
    with pytest.raises(Refused, match="appeal_is_open"):
        appeal(cast, returned)
    with pytest.raises(Refused, match="not_your_level"):
        reviews.answer_appeal(actor=cast.city_officer, appeal_id=one.pk, is_upheld=True, words="成立", now=NOW)
    reviews.answer_appeal(actor=cast.zhou, appeal_id=one.pk, is_upheld=True, words="成立", now=NOW)
    assert (crediting.state_of(returned), acts(one)) == (State.ENTERED, ["filed", "upheld"])
    assert Message.objects.filter(account_id=cast.lin.account_id, code="appeal_upheld").count() == 1
    reviewing.sound()


def test_a_rejected_appeal_is_carried_up_once(cast, returned):
    one = appeal(cast, returned)
    with pytest.raises(Refused, match="appeal_needs_words"):
        reviews.answer_appeal(actor=cast.zhou, appeal_id=one.pk, is_upheld=False, words="", now=NOW)
    reviews.answer_appeal(actor=cast.zhou, appeal_id=one.pk, is_upheld=False, words="凭据不符", now=NOW)
    up = reviews.carry_up(actor=cast.lin, appeal_id=one.pk, words="有签到表", now=later(days=1))
    assert (up.office_id, up.answer_by) == (cast.city.pk, date(2026, 12, 7))
    reviews.answer_appeal(actor=cast.city_officer, appeal_id=one.pk, is_upheld=False, words="维持", now=later(days=2))
    with pytest.raises(Refused, match="stale"):
        reviews.carry_up(actor=cast.lin, appeal_id=one.pk, words="不服", now=later(days=3))
    assert acts(one) == ["filed", "rejected", "carried_up", "rejected"]
    assert crediting.state_of(returned) is State.RETURNED


def test_an_appeal_is_the_teachers_own_and_in_time(cast, returned):
    [other] = enrolling.teachers(cast.school, 1)
    stranger = enrolling.actor_of(Role.TEACHER, cast.school, other)
    with pytest.raises(NotInScope):
        reviews.file_appeal(actor=stranger, words="我的", entry_id=returned.pk, now=NOW)
    with pytest.raises(Refused, match="appeal_too_late"):
        appeal(cast, returned, now=later(days=61))
    one = appeal(cast, returned)
    with pytest.raises(NotInScope):
        reviews.withdraw_appeal(actor=stranger, appeal_id=one.pk, now=NOW)
    reviews.withdraw_appeal(actor=cast.lin, appeal_id=one.pk, now=NOW)
    assert [found.state for found in reviews.own_appeals(cast.lin.teacher_id)] == ["withdrawn"]
    with pytest.raises(NotInScope):
        reviews.own_appeal(stranger.teacher_id, one.public_id)

"""Opening a player: what is signed, what is kept; and the days that it leads to."""

from __future__ import annotations

from datetime import date

import pytest

from tests import studying
from tests.domains.learning.players import AtOnce, Clock, call
from tests.enrolling import LATER
from xingtan.domains.courses.models import Unit
from xingtan.domains.learning import api as learning
from xingtan.domains.learning.models import Opening
from xingtan.domains.learning.opening import address_key
from xingtan.domains.learning.recorder import Recorder
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import NotAllowed, Refused

pytestmark = pytest.mark.django_db(databases="__all__")
NOW_S = int(LATER.timestamp())


@pytest.fixture
def cast():
    return studying.build()


def opened(cast, place=0, actor=None, **came):
    unit = cast.units[place]
    years = policies.open_years_for(cast.lin.scope)
    course, one = learning.unit_at_desk(cast.lin_teacher.pk, unit.public_id, years, LATER.date())
    return learning.open_player(actor=actor or cast.lin, course=course, unit=one.unit, came=learning.Came(**came), now=LATER)


def test_an_opening_keeps_who_opened_what_under_which_rules_from_where(cast):
    made = opened(cast, device="d" * 32, address="10.1.2.3")
    row = Opening.everywhere.get()
    assert (row.session, row.teacher_id, row.unit_id, row.opened_at) == (made.claims.session, cast.lin_teacher.pk, cast.units[0].pk, NOW_S)
    assert (row.school_id, row.length_s, tuple(row.rules)) == (cast.school.pk, cast.units[0].length_s, made.claims.rules)
    assert (row.device, len(row.address_key), "10.1" in row.address_key) == ("d" * 32, 32, False)
    assert made.claims.rules.needs_activity == 0
    assert opened(cast, 1).claims.rules.needs_activity == 1


def test_an_exercise_is_as_long_as_its_questions_by_the_policy(cast):
    quiz = next(place for place, unit in enumerate(cast.units) if unit.kind == "quiz")
    made = opened(cast, quiz)
    assert made.claims.length_s == len(cast.units[quiz].body["questions"]) * made.policy.question_s > 0


def test_a_document_without_a_length_takes_what_its_pages_take(cast):
    Unit.objects.filter(pk=cast.units[1].pk).update(length_s=0)
    cast.units[1].refresh_from_db()
    made = opened(cast, 1)
    assert made.claims.length_s == cast.units[1].page_count * made.policy.page_s


def test_only_a_trainee_opens_a_player_and_only_of_an_open_course(cast):
    with pytest.raises(NotAllowed):
        opened(cast, actor=cast.chen)
    closed = studying.enrolling.NOW.replace(year=2031)
    years = policies.open_years_for(cast.lin.scope)
    course, one = learning.unit_at_desk(cast.lin_teacher.pk, cast.units[0].public_id, years, closed.date())
    with pytest.raises(Refused):
        learning.open_player(actor=cast.lin, course=course, unit=one.unit, came=learning.Came(), now=closed)
    assert not Opening.everywhere.exists()


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("10.0.0.1", "10.0.0.1", True),
        ("10.0.0.1", "10.0.0.2", False),
        ("2001:db8::1", "2001:db8::2", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("", "nonsense", True),
    ],
)
def test_an_address_is_known_again_and_says_nothing_else(one, other, is_same):
    assert (address_key(one) == address_key(other)) is is_same


def test_a_day_says_what_was_counted_when_and_what_was_not_and_why(cast):
    made, clock = opened(cast), Clock(NOW_S)
    recorder = Recorder(AtOnce(), clock)

    def post(seq, start, end, **more):
        clock.at += 10
        beat = {"seq": seq, "client_at": clock.at, "from_s": start, "to_s": end, "rate_centi": 100, "is_visible": True} | more
        assert call(recorder, {"token": made.token, "beats": [beat]})[0] == 200

    post(0, 0, 10)
    post(1, 10, 18, is_visible=False)
    post(2, 0, 10)
    post(3, 5, 5)
    (day,) = learning.days_of(cast.lin_teacher.pk, date(2026, 1, 1), date(2027, 1, 1))
    (unit,) = day.units
    assert (day.on, day.learned_s, unit.unit_id, unit.when) == (LATER.date(), 10, cast.units[0].pk, ((NOW_S, NOW_S + 10),))
    assert unit.not_counted == [("hidden", 1, 8), ("repeated", 1, 10)]
    assert learning.days_of(cast.lin_teacher.pk, date(2026, 1, 1), date(2027, 1, 1), cast.units[1].pk) == []

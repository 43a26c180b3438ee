"""A page opened early presses no earlier than its teacher may, whatever the teacher's clock or script says."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from tests import rushing
from tests.enrolling import actor_of, teachers
from xingtan.domains.admissions.models import Application, Round
from xingtan.domains.quotas.models import Seat
from xingtan.domains.rush.deciding import decide
from xingtan.domains.rush.opening import Wished, opening_of
from xingtan.domains.rush.presses import Press, stamped
from xingtan.domains.rush.tokens import read_token
from xingtan.domains.teachers.models import NUMBER_BOX, Teacher
from xingtan.foundation.people.roles import Role


@pytest.fixture
def cast(db):
    return rushing.build()


def page(cast, teacher):
    """The token of the project's page, as this teacher sees it now."""
    Teacher.everywhere.update(number_closed=NUMBER_BOX.close("360802198109020029"))
    actor = actor_of(Role.TEACHER, teacher.school, teacher)
    return opening_of(actor, cast.rush.public_id, Wished(), datetime.now(UTC)).token


def press(token):
    [answer] = decide([stamped(Press(read_token(token, time.time())))])
    return answer.get("code", answer["state"])


def test_only_those_whose_class_was_cancelled_press_in_the_time_that_is_theirs(cast):
    first, other = teachers(cast.school, 2)
    Round.everywhere.update(first_until=datetime.now(UTC) + timedelta(minutes=10))
    earlier = datetime.now(UTC) - timedelta(hours=3)
    Application.everywhere.create(
        project=cast.rush, teacher=first, school=cast.school, round=cast.round, way="own", state="cancelled", applied_at=earlier
    )
    assert press(page(cast, other)) == "round_not_open"
    assert press(page(cast, first)) == "admitted"
    assert [seat.teacher_id for seat in Seat.objects.filter(ended_at=None)] == [first.pk]


def test_everybody_presses_once_that_time_is_over(cast):
    [other] = teachers(cast.school, 1)
    Round.everywhere.update(first_until=datetime.now(UTC) - timedelta(seconds=5))
    assert press(page(cast, other)) == "admitted"


def test_a_page_from_before_there_were_rounds_presses_in_none(cast):
    [early, late] = teachers(cast.school, 2)
    Round.everywhere.update(state="dropped")
    before = page(cast, early)
    assert press(page(cast, late)) == "admitted"
    Round.everywhere.update(state="planned", opens_at=datetime.now(UTC) + timedelta(minutes=2))
    assert press(before) == "rush_stale"

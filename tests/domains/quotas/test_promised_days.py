"""The day until which free seats may be kept holds, whatever the giver gives later."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.enrolling import NOW, actor_of
from xingtan.domains.quotas import api as quotas
from xingtan.domains.quotas.models import Quota
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import Refused

PROMISED = date(2026, 9, 20)


@pytest.fixture
def chain(cast):
    """The city may keep six seats until a day."""
    cast.cheng = actor_of(Role.CITY_OFFICER, cast.city)
    cast.top = quotas.grant(actor=cast.mei, project_id=cast.project.pk, seats=10, now=NOW)
    share(cast, 6, PROMISED)
    return cast


def share(cast, seats, day=None, now=NOW):
    return quotas.share_out(actor=cast.mei, quota_id=cast.top.pk, targets={cast.city.pk: seats}, return_by=day, now=now)


def day_of(cast):
    return Quota.everywhere.get(project=cast.project, organisation=cast.city).return_by


@pytest.mark.parametrize("day", [None, NOW.date()], ids=["no day", "an earlier day"])
def test_one_seat_more_does_not_break_the_promise(chain, day):
    share(chain, 7, day)
    assert day_of(chain) == PROMISED
    with pytest.raises(Refused) as why:
        share(chain, 0)
    assert why.value.code == "quota_seats_promised"


def test_a_later_day_lengthens_it_and_one_that_is_over_binds_nobody(chain):
    share(chain, 7, PROMISED + timedelta(days=5))
    assert day_of(chain) == PROMISED + timedelta(days=5)
    share(chain, 8, now=NOW + timedelta(days=60))
    assert day_of(chain) is None

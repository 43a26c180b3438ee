"""The way down and up again: granted, shared out, given back, taken back; the trail explains every figure."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.enrolling import NOW, actor_of, teachers
from xingtan.domains.quotas import api as quotas
from xingtan.domains.quotas.models import Quota
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

LATER = NOW + timedelta(days=10)


@pytest.fixture
def chain(cast):
    """Ten seats of the province, of which six came down to the city and four on to the county."""
    cast.cheng = actor_of(Role.CITY_OFFICER, cast.city)
    top = quotas.grant(actor=cast.mei, project_id=cast.project.pk, seats=10, now=NOW)
    quotas.share_out(actor=cast.mei, quota_id=top.pk, targets={cast.city.pk: 6}, return_by=date(2026, 9, 15), now=NOW)
    cast.at = lambda office: Quota.everywhere.get(project=cast.project, organisation=office)
    quotas.share_out(actor=cast.cheng, quota_id=cast.at(cast.city).pk, targets={cast.county.pk: 4}, return_by=date(2026, 9, 12), now=NOW)
    yield cast
    assert quotas.check_quotas(cast.project.pk) == []


def figures(cast, office):
    quota = cast.at(office)
    return quota.held, quota.passed_down, quota.given, quota.free


def give(cast, office, number):
    people = teachers(cast.school, number)
    quotas.give_seats(cast.project.pk, {cast.at(office).pk: [one.pk for one in people]}, now=NOW)
    return people


def test_seats_come_down_level_by_level(chain):
    assert [figures(chain, office) for office in (chain.province, chain.city, chain.county)] == [(10, 6, 0, 4), (6, 4, 0, 2), (4, 0, 0, 4)]
    assert quotas.totals_of(chain.project.pk) == {"held": 10, "given": 0, "free": 10}


def test_sharing_out_the_same_again_changes_nothing(chain):
    before = quotas.moves_of(chain.at(chain.city).pk).count()
    assert quotas.share_out(actor=chain.cheng, quota_id=chain.at(chain.city).pk, targets={chain.county.pk: 4}, now=NOW) == 0
    assert quotas.moves_of(chain.at(chain.city).pk).count() == before


def test_one_sharing_out_lowers_some_and_raises_others(chain):
    quotas.share_out(actor=chain.cheng, quota_id=chain.at(chain.city).pk, targets={chain.county.pk: 1, chain.strange.pk: 5}, now=LATER)
    assert figures(chain, chain.city) == (6, 6, 0, 0)
    assert figures(chain, chain.strange) == (5, 0, 0, 5)


@pytest.mark.parametrize(
    ("targets", "code"),
    [
        ({"county": 7}, "quota_not_enough_free"),
        ({"county": 2}, "quota_seats_promised"),
        ({"county": -1}, "quota_seats_number"),
        ({"school": 1}, "quota_not_below"),
    ],
    ids=str,
)
def test_what_cannot_be_shared_out(chain, targets, code):
    wanted = {getattr(chain, name).pk: seats for name, seats in targets.items()}
    with pytest.raises(Refused) as refused:
        quotas.share_out(actor=chain.cheng, quota_id=chain.at(chain.city).pk, targets=wanted, now=NOW)
    assert refused.value.code == code
    assert figures(chain, chain.city) == (6, 4, 0, 2)


def test_every_fault_of_a_sharing_out_is_told_at_once(chain):
    with pytest.raises(Refused) as refused:
        quotas.share_out(actor=chain.cheng, quota_id=chain.at(chain.city).pk, targets={chain.county.pk: 1, chain.strange.pk: 99}, now=NOW)
    assert {key: code for key, (code, _params) in refused.value.params["rows"].items()} == {
        chain.county.pk: "quota_seats_promised", 0: "quota_not_enough_free",
    }  # fmt: skip


def test_seats_on_which_somebody_sits_are_not_taken_back(chain):
    give(chain, chain.county, 3)
    with pytest.raises(Refused, match="quota_seats_bound"):
        quotas.share_out(actor=chain.cheng, quota_id=chain.at(chain.city).pk, targets={chain.county.pk: 2}, now=LATER)
    assert quotas.share_out(actor=chain.cheng, quota_id=chain.at(chain.city).pk, targets={chain.county.pk: 3}, now=LATER) == 1


def test_the_holder_gives_back_what_is_free(chain):
    give(chain, chain.county, 3)
    county = chain.at(chain.county)
    with pytest.raises(Refused, match="quota_nothing_free"):
        quotas.give_back(actor=chain.zhou, seats={county.pk: 2}, now=NOW)
    assert quotas.give_back(actor=chain.zhou, seats={county.pk: 1}, reason="用不上", now=NOW) == 1
    assert figures(chain, chain.city) == (6, 3, 0, 3)
    assert quotas.moves_of(county.pk)[0].reason == "用不上"


def test_after_the_last_day_free_seats_climb_as_far_as_their_days_are_over(chain):
    give(chain, chain.county, 1)
    top = chain.at(chain.province)
    assert quotas.take_back_overdue(actor=chain.mei, quota_id=top.pk, now=NOW) == 0
    assert quotas.take_back_overdue(actor=chain.mei, quota_id=top.pk, now=NOW + timedelta(days=3)) == 0
    assert figures(chain, chain.city) == (6, 1, 0, 5)
    assert quotas.take_back_overdue(actor=chain.mei, quota_id=top.pk, now=LATER) == 5
    assert [figures(chain, office) for office in (chain.province, chain.city, chain.county)] == [(10, 1, 0, 9), (1, 1, 0, 0), (1, 0, 1, 0)]


def test_the_number_at_the_top_follows_the_project_and_never_falls_below_what_is_bound(chain):
    quotas.grant(actor=chain.mei, project_id=chain.project.pk, seats=6, now=NOW)
    assert figures(chain, chain.province) == (6, 6, 0, 0)
    with pytest.raises(Refused, match="quota_seats_bound"):
        quotas.grant(actor=chain.mei, project_id=chain.project.pk, seats=5, now=NOW)


def test_only_the_holder_moves_seats(chain):
    with pytest.raises(Refused, match="quota_not_yours"):
        quotas.share_out(actor=chain.mei, quota_id=chain.at(chain.city).pk, targets={chain.county.pk: 5}, now=NOW)
    with pytest.raises(NotInScope):
        quotas.share_out(actor=chain.zhou, quota_id=chain.at(chain.city).pk, targets={chain.county.pk: 5}, now=NOW)
    with pytest.raises(NotAllowed):
        quotas.share_out(actor=chain.chen, quota_id=chain.at(chain.city).pk, targets={}, now=NOW)
    with pytest.raises(NotInScope):
        quotas.grant(actor=chain.cheng, project_id=chain.project.pk, seats=99, now=NOW)
    with pytest.raises(NotInScope):
        quotas.give_back(actor=chain.wu, seats={chain.at(chain.county).pk: 1}, now=NOW)

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.enrolling import NOW, teachers
from xingtan.domains.quotas import api as quotas
from xingtan.domains.quotas.models import Quota


@pytest.fixture
def county(cast):
    """The province holds ten seats, four of them passed down to the county."""
    top = Quota.everywhere.create(project=cast.project, organisation=cast.province, held=10, passed_down=4, made_at=NOW)
    return Quota.everywhere.create(project=cast.project, organisation=cast.county, parent=top, held=4, made_at=NOW)


def give(cast, quota, people):
    return quotas.give_seats(cast.project.pk, {quota.pk: [one.pk for one in people]}, now=NOW)


def test_seats_go_in_the_order_of_the_line_until_none_is_free(cast, county):
    people = teachers(cast.school, 6)
    answer = give(cast, county, people)
    assert [answer[one.pk] is not None for one in people] == [True] * 4 + [False] * 2
    county.refresh_from_db()
    assert (county.given, county.free) == (4, 0)


def test_giving_again_answers_the_standing_seat_and_an_ended_one_is_free_for_the_next(cast, county):
    people = teachers(cast.school, 5)
    first = give(cast, county, people)
    assert give(cast, county, people[:1]) == {people[0].pk: first[people[0].pk]}
    assert quotas.end_seats(cast.project.pk, [people[0].pk, people[4].pk], reason="病假", now=NOW) == {county.pk: 1}
    assert quotas.end_seats(cast.project.pk, [people[0].pk], reason="病假", now=NOW) == {}
    assert give(cast, county, people[4:])[people[4].pk] is not None
    county.refresh_from_db()
    assert county.given == 4 == quotas.seats_of(county.pk).count()


def test_a_teacher_draws_on_the_nearest_quota_with_a_free_seat(cast, county):
    assert quotas.quota_for(cast.project.pk, cast.school) == county
    give(cast, county, teachers(cast.school, 4))
    assert quotas.quota_for(cast.project.pk, cast.school) == county.parent
    assert quotas.quota_for(cast.project.pk, cast.school, "rural") is None
    assert (quotas.free(cast.project.pk, cast.province), quotas.free(cast.project.pk, cast.county)) == (6, 0)


@pytest.mark.parametrize("change", [{"given": 5}, {"passed_down": 5}, {"given": 2, "passed_down": 3}, {"held": 11}, {"given": -1}], ids=str)
def test_the_database_refuses_more_than_is_held_at_every_level(cast, county, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.everywhere.filter(pk=county.pk).update(**change)


def test_the_database_refuses_to_lower_what_was_passed_down_below_what_is_held_there(cast, county):
    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.everywhere.filter(pk=county.parent_id).update(passed_down=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Quota.everywhere.create(project=cast.project, organisation=cast.city, parent=county.parent, held=1, made_at=NOW)

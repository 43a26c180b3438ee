"""Threads that share out, give back, give seats and end them at the same moment."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests import enrolling
from tests.enrolling import NOW, teachers
from xingtan.domains.quotas import api as quotas
from xingtan.domains.quotas.models import Quota, Seat
from xingtan.foundation.people.roles import OPERATOR
from xingtan.foundation.refusal import Refused

pytestmark = pytest.mark.race
THREADS = 12


def together(act):
    start = Barrier(THREADS)

    def one(number):
        start.wait()
        try:
            return act(number)
        except Refused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def chain(cast):
    """Ten seats at the top, eight in the city, six in the county."""
    top = quotas.grant(actor=OPERATOR, project_id=cast.project.pk, seats=10, now=NOW)
    quotas.share_out(actor=OPERATOR, quota_id=top.pk, targets={cast.city.pk: 8}, now=NOW)
    city = Quota.everywhere.get(organisation=cast.city)
    quotas.share_out(actor=OPERATOR, quota_id=city.pk, targets={cast.county.pk: 6}, now=NOW)
    return top, city, Quota.everywhere.get(organisation=cast.county)


def test_sixty_who_want_six_seats_get_six_and_the_same_person_never_two(own_database):
    cast = enrolling.build()
    _top, _city, county = chain(cast)
    people = [one.pk for one in teachers(cast.school, 20)]

    def act(number):
        return quotas.give_seats(cast.project.pk, {county.pk: random.Random(number).sample(people, 5)}, now=NOW)

    answers = together(act)
    assert Seat.objects.filter(ended_at=None).count() == 6
    assert len({seat.pk for answer in answers for seat in answer.values() if seat}) == 6
    assert quotas.check_quotas(cast.project.pk) == []


def test_one_person_wanted_from_two_quotas_at_once_has_one_seat(own_database):
    cast = enrolling.build()
    top, _city, county = chain(cast)
    [someone] = teachers(cast.school, 1)
    together(lambda number: quotas.give_seats(cast.project.pk, {(top, county)[number % 2].pk: [someone.pk]}, now=NOW))
    assert Seat.objects.filter(ended_at=None).count() == 1
    assert quotas.check_quotas(cast.project.pk) == []


def test_offices_of_three_levels_act_while_teachers_sit_down_and_get_up(own_database):
    cast = enrolling.build()
    top, city, county = chain(cast)
    people = [one.pk for one in teachers(cast.school, 20)]
    acts = [
        lambda n: quotas.share_out(actor=OPERATOR, quota_id=city.pk, targets={cast.county.pk: 4 + n % 4, cast.strange.pk: n % 3}, now=NOW),
        lambda n: quotas.share_out(actor=OPERATOR, quota_id=top.pk, targets={cast.city.pk: 7 + n % 4}, now=NOW),
        lambda n: quotas.give_back(actor=OPERATOR, seats={county.pk: 1}, now=NOW),
        lambda n: quotas.give_seats(cast.project.pk, {county.pk: people[n : n + 3]}, now=NOW),
        lambda n: quotas.end_seats(cast.project.pk, people[n : n + 2], reason="", now=NOW),
        lambda n: quotas.give_seats(cast.project.pk, {city.pk: people[n : n + 1], top.pk: people[n + 1 : n + 2]}, now=NOW),
    ]
    together(lambda number: acts[number % len(acts)](number))
    assert quotas.check_quotas(cast.project.pk) == []

"""The chasing list from real rows: who stands on it, reminders with their limit and result, rates of schools."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import crediting, enrolling, papering
from tests.certifying import NOW
from xingtan.domains.papers import api as papers
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.inbox.send import mark_read
from xingtan.foundation.people.models import Account
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

Matter = papers.Matter

pytestmark = pytest.mark.django_db(databases="__all__")  # who studies stands beside the beats


@pytest.fixture
def people(cast):
    """Four colleagues of Lin, who is done: one never signed in, one has not chosen, one is registered and idle, one learned too little."""
    rows = papering.colleagues(cast, 4)
    Account.objects.filter(pk__in=[one.account_id for one in rows[1:]]).update(activated_at=NOW)
    crediting.register(cast, rows[2:])
    crediting.delivered(cast, rows[3:], 3600)
    return rows


def late(cast):
    """A day in the middle of the year's study."""
    study = papers.study_of(cast.year, papering.DAY)
    return study.opens_on + (study.closes_on - study.opens_on) // 2


def test_each_stands_once_under_the_first_matter(cast, people):
    found = papers.matters_of(cast.school.scope, cast.year, late(cast))
    assert [found.get(one.pk) for one in people] == [Matter.NOT_SIGNED_IN, Matter.NOT_CHOSEN, Matter.NOT_STARTED, Matter.BEHIND]
    assert found.get(cast.lin_teacher.pk) is not Matter.BEHIND


def test_the_list_asks_the_same_number_of_questions_for_one_and_for_many(cast, people, django_assert_max_num_queries):
    papering.colleagues(cast, 6)
    with django_assert_max_num_queries(16):
        papers.matters_of(cast.school.scope, cast.year, late(cast))


def remind(cast, rows, now, actor=None):
    return papers.remind(actor=actor or cast.chen, training_year=cast.year, teacher_ids=[one.pk for one in rows], now=now)


def test_a_reminder_is_delivered_read_and_not_sent_again_within_the_limit(cast, people):
    idle = people[1]
    assert remind(cast, people[:2], NOW) == papers.Reminded(sent=1, unreachable=1)
    assert remind(cast, people[:2], NOW + timedelta(days=1)) == papers.Reminded(lately=1, unreachable=1)
    pair = (idle.pk, Matter.NOT_CHOSEN)
    assert papers.deliveries([pair])[pair] == papers.Delivery(NOW, True, None)
    mark_read(idle.account_id, now=NOW + timedelta(hours=1))
    assert papers.deliveries([pair])[pair].read_at == NOW + timedelta(hours=1)
    never = (people[0].pk, Matter.NOT_SIGNED_IN)
    assert not papers.deliveries([never])[never].is_delivered
    assert remind(cast, [idle], NOW + timedelta(days=papers.REMIND_DAYS)).sent == 1
    assert list(Message.objects.filter(account=idle.account_id).values_list("code", flat=True)) == ["chased_not_chosen"] * 2


def test_who_is_settled_is_left_alone_and_nobody_is_refused(cast, people):
    assert remind(cast, [cast.lin_teacher], NOW).sent == 0
    with pytest.raises(Refused, match="reminder_nobody"):
        remind(cast, [], NOW)
    with pytest.raises(NotInScope):
        remind(cast, people, NOW, actor=cast.wu)
    with pytest.raises(NotAllowed):
        remind(cast, people, NOW, actor=cast.lin)


def test_the_rates_add_up_to_the_people(cast, people):
    other = enrolling.teachers(cast.second, 2)
    rates = {one.school: one for one in papers.rates_in(cast.county.scope, cast.year, late(cast))}
    assert (rates[cast.school].people, rates[cast.second].people) == (5, len(other))
    assert rates[cast.second].held[Matter.NOT_SIGNED_IN] == rates[cast.second].behind == 2
    assert rates[cast.second].past(Matter.NOT_SIGNED_IN) == 0
    assert rates[cast.school].past(Matter.NOT_SIGNED_IN) == 80_00

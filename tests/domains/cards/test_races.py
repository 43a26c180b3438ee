from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests import carding
from tests.carding import NOW
from xingtan.domains.cards import api as cards
from xingtan.domains.cards.models import Card, CardStep
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.enrolment.models import LearningCard
from xingtan.foundation.refusal import Refused

pytestmark = pytest.mark.race
THREADS = 8


def together(act):
    """What each of eight threads answers that begin at the same moment."""
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


def test_cards_handed_out_at_once_go_to_one_person_each(own_database):
    cast = carding.build(size=12)
    carding.delivered(cast, spare=0)
    people = cast.people
    together(lambda number: len(carding.handed(cast, [people[number], people[(number + 1) % 12], people[number + 4]])))
    held = list(Card.everywhere.exclude(teacher=None).values_list("number", "teacher_id"))
    assert len(held) == len({number for number, _ in held}) == len({teacher for _, teacher in held}) == 12
    assert LearningCard.everywhere.filter(voided_at=None).count() == 12
    assert CardStep.objects.filter(act="hand_out").count() == 12


def test_one_person_at_eight_counters_gets_one_card(own_database):
    cast = carding.build()
    carding.delivered(cast)
    together(lambda _: len(carding.handed(cast, [cast.lin_teacher])))
    assert Card.everywhere.filter(teacher=cast.lin_teacher).count() == 1


def test_a_parcel_counted_by_eight_is_received_once(own_database):
    cast = carding.build()
    carding.issued(cast, carding.counted(cast, carding.named(cast)))
    parcel = carding.sent(cast, cast.mei, cast.county, 6)
    together(lambda _: cards.receive(actor=cast.zhou, consignment_id=parcel.pk, now=NOW).state)
    assert CardStep.objects.filter(act="receive").count() == 6
    assert cards.in_hand(cast.county.pk, cast.year.pk) == 6


def test_no_card_is_in_two_parcels_and_none_is_sent_that_is_not_there(own_database):
    cast = carding.build()
    carding.issued(cast, carding.counted(cast, carding.named(cast)))
    told = together(lambda _: carding.sent(cast, cast.mei, cast.county, 2).count)
    assert sorted(str(one) for one in told) == ["2"] * 3 + ["cards_too_few"] * 5
    assert CardStep.objects.filter(act="send").count() == 6


def test_a_lost_card_reissued_by_eight_has_one_successor(own_database):
    cast = carding.build()
    carding.delivered(cast, spare=8)
    [card] = carding.handed(cast, [cast.lin_teacher])
    cards.report_spoilt(actor=cast.chen, card_ids=[card.pk], is_lost=True, reason="丢失", now=NOW)
    together(lambda _: cards.reissue(actor=cast.chen, card_id=card.pk, now=NOW).pk)
    assert Card.everywhere.filter(replaces=card).count() == 1
    assert LearningCard.everywhere.filter(teacher=cast.lin_teacher, voided_at=None).count() == 1


def test_numbers_drawn_by_batches_and_registrations_at_once_are_all_different(own_database):
    cast = carding.build()
    told = together(lambda _: enrolment.reserve_numbers(year=2026, county_id=cast.county.pk, count=25))
    numbers = [number for some in told for number in some]
    assert len(set(numbers)) == len(numbers) == 200


def test_a_card_activated_by_eight_browsers_is_activated_once(own_database):
    cast = carding.build(replace=carding.CARD_FIRST)
    carding.delivered(cast)
    [card] = carding.handed(cast, [cast.lin_teacher])
    together(lambda _: enrolment.activate_card(actor=cast.lin, number=card.number, now=NOW).pk)
    assert [step.act for step in cards.trail_of(card)].count("activate") == 1
    assert Card.everywhere.get(pk=card.pk).state == "active"

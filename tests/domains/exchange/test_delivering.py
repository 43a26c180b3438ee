"""Claims are delivered once, corrected, undone; what counts goes to the evidence."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests import exchanging
from tests.enrolling import LATER, actor_of
from tests.exchanging import HOUR, at, counted, deliver, said
from xingtan.domains.exchange import api as exchange
from xingtan.domains.exchange.models import Claim, Delivery
from xingtan.domains.learning.models import DeliveredRecord, UnitDay
from xingtan.domains.policies.models import TrainingYear
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.events.models import Event
from xingtan.foundation.people.roles import Role
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def cast():
    return exchanging.build()


def evidence():
    """What learning's records say, by source without the provider."""
    return {source.partition(":")[2]: seconds for source, seconds in DeliveredRecord.everywhere.values_list("source", "learned_s")}


def test_a_delivery_stands_once_and_tells_the_hallway(cast):
    first = deliver(cast, said(cast, "R1"), said(cast, "R2", begin=at(9)))
    again = deliver(cast, said(cast, "R2", begin=at(9)), said(cast, "R1"))
    assert (first.new, first.known, first.said_s, first.counted_s, first.lost) == (2, 0, 2 * HOUR, 2 * HOUR, {})
    assert (again.delivery, again.new, again.known) == (None, 0, 2)
    assert evidence() == {"R1": HOUR, "R2": HOUR}
    (told,) = Event.objects.filter(name="learning.recognisable").values_list("payload", flat=True)
    assert set(told["delivered"]) == set(DeliveredRecord.everywhere.values_list("pk", flat=True))
    assert AuditLine.objects.filter(act="exchange.delivered").count() == 1


def test_other_figures_under_a_known_number_are_refused_and_nothing_is_kept(cast):
    deliver(cast, said(cast, "R1"))
    with pytest.raises(Refused, match="record_changed"):
        deliver(cast, said(cast, "R2"), said(cast, "R1", seconds=7200))
    assert counted() == {"R1": HOUR}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"seconds": 0}, "record_seconds_impossible"),
        ({"seconds": 400 * 86_400}, "record_seconds_impossible"),
        ({"replaces": "R9"}, "record_replaced_unknown"),
        ({"replaces": "R0"}, "record_replaced_before"),
        ({"offer": "C"}, "records_not_of_provider"),
    ],
)
def test_a_claim_that_cannot_be_is_refused(cast, change, code):
    exchanging.second_provider(cast)
    deliver(cast, said(cast, "R0"), said(cast, "R00", seconds=60, replaces="R0"))
    with pytest.raises(Refused, match=code):
        deliver(cast, said(cast, "R1", **change))


def test_a_correction_stands_beside_what_it_corrects(cast):
    deliver(cast, said(cast, "R1", begin=at(9)))
    deliver(cast, said(cast, "R2", begin=at(9), seconds=1800, replaces="R1"))
    assert counted() == {"R1": 0, "R2": 1800}
    assert evidence() == {"R1": 0, "R2": 1800}
    deliver(cast, said(cast, "R3", seconds=0, replaces="R2", begin=at(9), span=1800))
    assert evidence() == {"R1": 0, "R2": 0}
    assert Claim.everywhere.count() == 3


def test_a_file_may_hold_a_record_and_its_corrections(cast):
    deliver(
        cast, said(cast, "R3", seconds=300, replaces="R2"), said(cast, "R2", seconds=600, replaces="R1"), said(cast, "R1"), said(cast, "R4")
    )
    assert counted() == {"R1": 0, "R2": 0, "R3": 300, "R4": HOUR}


def test_one_line_is_corrected_by_hand(cast):
    deliver(cast, said(cast, "R1", begin=at(9)))
    claim = Claim.everywhere.get()
    exchange.correct(actor=cast.staff, claim_id=claim.pk, seconds=1200, reason="掉线", now=LATER)
    assert counted() == {"R1": 0, f"fix:{claim.pk}": 1200}
    with pytest.raises(Refused, match="record_changed"):
        exchange.correct(actor=cast.staff, claim_id=claim.pk, seconds=1300, reason="", now=LATER)


def test_a_delivery_is_undone_as_a_whole_and_what_stood_before_stands_again(cast):
    deliver(cast, said(cast, "R1"))
    done = deliver(cast, said(cast, "R2", seconds=60, replaces="R1"), said(cast, "R3", seconds=90, replaces="R2"), said(cast, "R4"))
    with pytest.raises(Refused, match="delivery_needs_reason"):
        exchange.undo(actor=cast.staff, delivery_id=done.delivery.pk, reason=" ", now=LATER)
    back = exchange.undo(actor=cast.staff, delivery_id=done.delivery.pk, reason="发错了文件", now=LATER)
    standing = {number: seconds for number, seconds in counted().items() if seconds}
    assert list(standing.values()) == [HOUR]
    assert sum(evidence().values()) == HOUR
    with pytest.raises(Refused, match="delivery_undone_before"):
        exchange.undo(actor=cast.staff, delivery_id=done.delivery.pk, reason="again", now=LATER)
    with pytest.raises(Refused, match="delivery_is_an_undo"):
        exchange.undo(actor=cast.staff, delivery_id=back.pk, reason="again", now=LATER)
    with pytest.raises(Refused, match="delivery_corrected_since"):
        exchange.undo(actor=cast.staff, delivery_id=Delivery.everywhere.order_by("pk")[0].pk, reason="x", now=LATER)


def test_a_closed_year_stays_as_it_is(cast):
    done = deliver(cast, said(cast, "R1"))
    TrainingYear.everywhere.update(state="closed")
    for act in (
        lambda: exchange.undo(actor=cast.staff, delivery_id=done.delivery.pk, reason="x", now=LATER),
        lambda: exchange.correct(actor=cast.staff, claim_id=Claim.everywhere.get().pk, seconds=1, reason="", now=LATER),
    ):
        with pytest.raises(Refused, match="delivery_year_closed"):
            act()
    assert counted() == {"R1": HOUR}


def test_what_was_delivered_is_never_changed_by_anyone(cast):
    deliver(cast, said(cast, "R1"))
    for act in (
        lambda: Claim.everywhere.update(seconds=1),
        lambda: Claim.everywhere.all().delete(),
        lambda: Delivery.everywhere.update(name="x"),
        lambda: exchange.Judgement.objects.update(counted_s=1),
    ):
        with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
            act()


def test_our_own_counted_time_comes_first_also_when_it_arrives_later(cast):
    deliver(cast, said(cast, "R1", begin=at(9)), said(cast, "S1"))
    unit = cast.units[0]
    UnitDay.objects.create(
        teacher_id=cast.lin_teacher.pk, unit_id=unit.pk, local_on=exchanging.DAY, learned_s=1200, walls=[[at(9, 10), at(9, 30)]]
    )
    exchange.note_learned({"rows": [{"teacher": cast.lin_teacher.pk}, {"teacher": cast.bai.pk}]}, LATER)
    assert exchange.judge_due(LATER) == 1
    assert exchange.judge_due(LATER) == 0
    assert counted() == {"R1": HOUR - 1200, "S1": HOUR}
    assert evidence() == {"R1": HOUR - 1200, "S1": HOUR}
    line = exchange.Judgement.objects.get(claim__number="R1", until_at=None)
    assert exchange.reasons_of(line) == [(exchange.WhyNot.OVERLAPS_HERE, 1200)]
    assert len(exchange.history_of(line.claim_id)) == 2


def test_two_providers_never_count_the_same_time_twice(cast):
    exchanging.second_provider(cast)
    mine, theirs = said(cast, "R1", begin=at(9)), said(cast, "X1", begin=at(9, 30), offer="C")
    deliver(cast, theirs, actor=cast.other_staff)
    deliver(cast, mine)
    assert counted() == {"R1": HOUR, "X1": 1800}
    assert [(one.why, one.seconds) for one in exchange.contradictions()] == [(exchange.WhyNot.OVERLAPS_OTHER, 1800)]
    assert not list(exchange.contradictions(LATER))


def test_only_the_provider_itself_delivers(cast):
    with pytest.raises(NotAllowed):
        deliver(cast, said(cast, "R1"), actor=cast.chen)
    with pytest.raises(NotInScope):
        deliver(cast, said(cast, "R1"), actor=actor_of(Role.PROVIDER_STAFF, cast.school))
    deliver(cast, said(cast, "R1"))
    exchanging.second_provider(cast)
    with pytest.raises(NotInScope):
        exchange.undo(actor=cast.other_staff, delivery_id=Delivery.everywhere.get().pk, reason="x", now=LATER)
    with pytest.raises(NotInScope):
        exchange.correct(actor=cast.other_staff, claim_id=Claim.everywhere.get().pk, seconds=1, reason="", now=LATER)

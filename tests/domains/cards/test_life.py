from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from xingtan.domains.cards import api as cards
from xingtan.domains.cards.models import Card, CardStep, HoursPurchase
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.enrolment.models import LearningCard
from xingtan.foundation.inbox.models import Message
from xingtan.foundation.refusal import NotInScope, Refused


@pytest.fixture
def way(db):
    return import_module("tests.carding")


@pytest.fixture
def cast(way):
    made = way.build(replace=way.CARD_FIRST)
    made.batch = way.delivered(made, hours_centi=10_00)
    [made.card, *made.rest] = way.handed(made)
    made.card = Card.everywhere.get(teacher=made.lin_teacher)
    return made


def activate(cast, way):
    enrolment.activate_card(actor=cast.lin, number=cast.card.number, now=way.NOW)
    for _twice in range(2):
        cards.take_activated({"numbers": [cast.card.number]}, way.NOW)
    cast.card.refresh_from_db()
    return cast.card


def state(card):
    return Card.everywhere.get(pk=card.pk).state


def test_a_card_is_activated_by_its_holder_and_by_nobody_else(cast, way):
    with pytest.raises(Refused, match="card_not_yours"):
        enrolment.activate_card(actor=cast.lin, number=cast.rest[0].number, now=way.NOW)
    assert activate(cast, way).state == "active"
    enrolment.activate_card(actor=cast.lin, number=cast.card.number, now=way.NOW)
    assert [step.act for step in cards.trail_of(cast.card)].count("activate") == 1


def test_hours_are_drawn_once_and_a_used_up_card_opens_no_more_study(cast, way):
    activate(cast, way)
    assert cards.draw({cast.lin_teacher.pk: 4_00}, cast.year.pk, way.NOW) == 0
    assert cards.draw({cast.lin_teacher.pk: 3_00}, cast.year.pk, way.NOW) == 0  # never falls
    assert enrolment.drawn_by([cast.card.number]) == {cast.card.number: 4_00}
    assert cards.draw({cast.lin_teacher.pk: 12_00}, cast.year.pk, way.NOW) == 1
    assert enrolment.drawn_by([cast.card.number]) == {cast.card.number: 10_00}
    assert state(cast.card) == "exhausted"
    codes = list(Message.objects.filter(account=cast.lin_teacher.account, code="card_used").values_list("params__percent", flat=True))
    assert codes == [100]


def test_used_up_or_expired_shuts_the_study_only_where_the_card_is_the_way_in(cast, way):
    way_in = enrolment.year_rules(cast.year).policy.entry
    rules = import_module("xingtan.domains.enrolment.rules")
    assert rules.refuse_spent(way_in, 10_00, 10_00, None, way.NOW.date()).code == "card_exhausted"
    assert rules.refuse_spent(way_in, 1_00, 10_00, date(2026, 9, 9), way.NOW.date()).code == "card_expired"
    assert rules.refuse_spent(way_in, 1_00, 10_00, date(2026, 9, 10), way.NOW.date()) is None


def test_a_card_expires_on_the_day_after_its_last_is_extended_and_warned_about(cast, way):
    activate(cast, way)
    near = way.NOW.replace(year=2027, month=8, day=25)
    assert cards.expire_due(near) == 0
    assert Message.objects.filter(account=cast.lin_teacher.account, code="card_expires").count() == 1
    assert cards.expire_due(near + timedelta(days=7)) == 4
    assert (state(cast.card), state(cast.rest[0])) == ("expired", "lapsed")
    later = near + timedelta(days=7)
    ids = [cast.card.pk, cast.rest[0].pk]
    assert cards.extend(actor=cast.zhou, card_ids=ids, until=date(2027, 12, 31), now=later) == 2
    assert (state(cast.card), state(cast.rest[0])) == ("active", "issued")
    assert LearningCard.everywhere.get(number=cast.card.number).expires_on == date(2027, 12, 31)
    assert cards.expire_due(later) == 0


def test_a_lost_card_is_replaced_and_its_hours_go_on(cast, way):
    activate(cast, way)
    cards.draw({cast.lin_teacher.pk: 4_00}, cast.year.pk, way.NOW)
    cards.report_spoilt(actor=cast.chen, card_ids=[cast.card.pk], is_lost=True, reason="搬家时丢失", now=way.NOW)
    fresh = cards.reissue(actor=cast.chen, card_id=cast.card.pk, now=way.NOW)
    assert (state(cast.card), state(fresh)) == ("void", "active")
    right = enrolment.card_of(cast.lin_teacher.pk, cast.year.pk)
    assert (right.number, right.drawn_centi, right.activated_at) == (fresh.number, 4_00, way.NOW)
    assert enrolment.holder_of_card(cast.card.number) is None
    with pytest.raises(Refused, match="card_void"):
        enrolment.activate_card(actor=cast.lin, number=cast.card.number, now=way.NOW)
    assert cards.successor_of(cast.card).pk == fresh.pk
    with pytest.raises(Refused, match="card_moved_on"):
        cards.reissue(actor=cast.chen, card_id=cast.card.pk, now=way.NOW)


def test_a_card_lost_before_it_was_activated_opens_no_account(cast, way):
    cards.report_spoilt(actor=cast.chen, card_ids=[cast.card.pk], is_lost=True, reason="丢失", now=way.NOW)
    assert enrolment.holder_of_card(cast.card.number) is None
    fresh = cards.reissue(actor=cast.chen, card_id=cast.card.pk, now=way.NOW)
    assert state(fresh) == "issued"
    assert enrolment.holder_of_card(fresh.number) == cast.lin_teacher


def test_a_card_called_back_is_never_used_again(cast, way):
    cards.recall(actor=cast.zhou, card_ids=[cast.card.pk], reason="误发", now=way.NOW)
    with pytest.raises(Refused, match="card_void"):
        enrolment.activate_card(actor=cast.lin, number=cast.card.number, now=way.NOW)
    number = Card.everywhere.filter(state="held").first().number
    assert way.handed(cast, [cast.lin_teacher])[0].number == number != cast.card.number


def test_a_right_that_came_with_the_registration_takes_the_printed_number(way):
    cast = way.build()  # the pack that registers in bulk
    enrolling = import_module("tests.enrolling")
    [selection] = enrolling.assign(cast, [cast.lin_teacher], "A", "own")
    enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=way.NOW)
    enrolment.mark_paid([selection.pk], way.NOW)
    enrolment.register_paid(actor=cast.chen, selection_ids=[selection.pk], now=way.NOW)
    before = enrolment.card_of(cast.lin_teacher.pk, cast.year.pk)
    way.delivered(cast)
    [card] = way.handed(cast, [cast.lin_teacher])
    now = enrolment.card_of(cast.lin_teacher.pk, cast.year.pk)
    assert (state(card), now.number, now.hours_centi) == ("active", card.number, 72_00)
    assert LearningCard.everywhere.get(pk=before.pk).voided_at == way.NOW


def test_the_trail_cannot_be_unsaid(cast):
    with pytest.raises(DatabaseError), transaction.atomic():
        CardStep.objects.all().update(reason="")
    with pytest.raises(DatabaseError), transaction.atomic():
        CardStep.objects.all().delete()


def test_the_database_knows_one_standing_card_a_person(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Card.everywhere.filter(pk=cast.rest[0].pk).update(teacher=cast.lin_teacher)


def test_an_individual_member_buys_hours_and_a_used_up_card_goes_on(cast, way):
    way.member(cast)
    activate(cast, way)
    cards.draw({cast.lin_teacher.pk: 10_00}, cast.year.pk, way.NOW)
    order = cards.buy_hours(actor=cast.lin, training_year_id=cast.year.pk, hours_centi=20_00, now=way.NOW)
    assert order.price_fen == 20_00  # 1 yuan an hour
    assert cards.buy_hours(actor=cast.lin, training_year_id=cast.year.pk, hours_centi=30_00, now=way.NOW).pk == order.pk
    with pytest.raises(NotInScope):
        cards.confirm_purchase(actor=cast.strange_officer, purchase_id=order.pk, receipt="1", now=way.NOW)
    for _twice in range(2):
        cards.confirm_purchase(actor=cast.zhou, purchase_id=order.pk, receipt="票据 0012", now=way.NOW)
    assert state(cast.card) == "active"
    assert LearningCard.everywhere.get(number=cast.card.number).hours_centi == 40_00


def test_a_member_without_a_card_has_one_with_the_hours_bought(way):
    cast = way.build(replace=way.CARD_FIRST)
    with pytest.raises(Refused, match="cards_not_a_member"):
        cards.buy_hours(actor=cast.lin, training_year_id=cast.year.pk, hours_centi=20_00, now=way.NOW)
    way.member(cast)
    order = cards.buy_hours(actor=cast.lin, training_year_id=cast.year.pk, hours_centi=20_00, now=way.NOW)
    cards.confirm_purchase(actor=cast.zhou, purchase_id=order.pk, receipt="", now=way.NOW)
    card = Card.everywhere.get(teacher=cast.lin_teacher)
    assert (card.state, card.hours_centi, card.batch) == ("issued", 20_00, None)
    with pytest.raises(Refused, match="cards_purchase_done"):
        cards.cancel_purchase(actor=cast.lin, purchase_id=order.pk, now=way.NOW)
    assert HoursPurchase.everywhere.get().state == "paid"

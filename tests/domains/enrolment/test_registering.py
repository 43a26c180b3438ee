from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from tests import enrolling
from tests.enrolling import LATER, NOW, assign, choose, teachers
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.enrolment.rules import card_number, is_card_number
from xingtan.foundation.events.models import Event
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused

IN_STUDY = date(2026, 11, 21)
CARD_FIRST = (
    'order = ["selection", "confirmation", "payment", "registration", "card", "study"]\nstudy_opens_on = "card"',
    'order = ["card", "registration", "selection", "confirmation", "payment", "study"]\nstudy_opens_on = "confirmation"',
)


def pay(cast, selections):
    enrolment.confirm(actor=cast.chen, selection_ids=[one.pk for one in selections], now=NOW)
    return enrolment.mark_paid([one.pk for one in selections], NOW)


def why(cast, day=IN_STUDY, code="A"):
    refused = enrolment.may_study(cast.lin_teacher.pk, cast.offers[code].pk, day)
    return refused.code if refused else None


def test_study_opens_step_by_step_in_the_order_of_the_pack(cast):
    assert why(cast) == "study_needs_selection"
    selection = choose(cast, cast.lin, "A", "own")
    assert why(cast) == "study_needs_confirmation"
    enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=NOW)
    assert why(cast) == "study_needs_payment"
    enrolment.mark_paid([selection.pk], NOW)
    assert why(cast) == "study_needs_registration"
    assert enrolment.register_paid(actor=cast.zhou, selection_ids=[selection.pk], now=NOW) == 1
    assert [why(cast), why(cast, code="own"), why(cast, code="B")] == [None, None, "study_needs_selection"]
    assert [why(cast, date(2026, 10, 31)), why(cast, date(2027, 6, 1))] == ["study_not_open", "study_closed"]
    enrolment.withdraw(actor=cast.chen, selection_ids=[selection.pk], now=LATER)
    assert why(cast) == "study_needs_selection"


def test_registration_issues_one_personal_card_each_and_tells_the_later_rooms_once(cast):
    selections = assign(cast, teachers(cast.school, 3), "A", "own")
    pay(cast, selections)
    ids = [one.pk for one in selections]
    assert enrolment.register_paid(actor=cast.chen, selection_ids=ids, now=NOW) == 3
    assert enrolment.register_paid(actor=cast.chen, selection_ids=ids, now=NOW) == 0
    cards = enrolment.cards_in(cast.school.scope, cast.year.pk).order_by("number")
    assert [card.number for card in cards] == [card_number("2026360803", n) for n in (1, 2, 3)]
    assert all(card.hours_centi == 72_00 and card.activated_at for card in cards)
    [event] = Event.objects.filter(name="enrolment.registered")
    assert event.payload == {"selections": ids, "year": cast.year.pk}


def test_what_is_not_paid_is_not_registered_and_another_branch_does_not_exist(cast):
    [selection] = assign(cast, [cast.lin_teacher], "A", "own")
    enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=NOW)
    assert enrolment.register_paid(actor=cast.chen, selection_ids=[selection.pk], now=NOW) == 0
    enrolment.mark_paid([selection.pk], NOW)
    with pytest.raises(NotInScope):
        enrolment.register_paid(actor=cast.wu, selection_ids=[selection.pk], now=NOW)
    with pytest.raises(NotAllowed):
        enrolment.register_paid(actor=cast.lin, selection_ids=[selection.pk], now=NOW)


def test_cards_of_two_counties_are_numbered_apart(cast):
    here, there = assign(cast, [cast.lin_teacher, *teachers(cast.elsewhere, 1)], "A", "own")
    enrolment.confirm(actor=cast.chen, selection_ids=[here.pk], now=NOW)
    enrolment.confirm(actor=cast.wu, selection_ids=[there.pk], now=NOW)
    enrolment.mark_paid([here.pk, there.pk], NOW)
    enrolment.register_paid(actor=cast.mei, selection_ids=[here.pk, there.pk], now=NOW)
    numbers = enrolment.cards_in(cast.province.scope, cast.year.pk).values_list("number", flat=True)
    assert set(numbers) == {card_number("2026360803", 1), card_number("2026360802", 1)}


def test_registering_many_asks_no_more_questions_than_registering_one(cast):
    counts = []
    for number in (1, 3, 300):
        selections = assign(cast, teachers(cast.school, number), "A", "own")
        pay(cast, selections)
        with CaptureQueriesContext(connection) as queries:
            assert enrolment.register_paid(actor=cast.chen, selection_ids=[one.pk for one in selections], now=NOW) == number
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[2] - counts[0] <= 5  # rows of cards and messages go in parts of a thousand values on SQLite


@pytest.fixture
def card_first(db):
    return enrolling.build(replace=[CARD_FIRST])


def test_card_first_the_holder_activates_and_is_registered_with_the_choice(card_first):
    cast = card_first
    selection = choose(cast, cast.lin, "A", "own")
    enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=NOW)
    assert why(cast) == "study_needs_card"
    assert enrolment.issue_cards(actor=cast.zhou, training_year_id=cast.year.pk, teacher_ids=[cast.lin_teacher.pk], now=NOW) == 1
    assert enrolment.issue_cards(actor=cast.zhou, training_year_id=cast.year.pk, teacher_ids=[cast.lin_teacher.pk], now=NOW) == 0
    card = enrolment.card_of(cast.lin_teacher.pk, cast.year.pk)
    assert (card.activated_at, why(cast)) == (None, "study_needs_card")
    enrolment.activate_card(actor=cast.lin, number=card.number, now=NOW)
    enrolment.activate_card(actor=cast.lin, number=card.number, now=LATER)
    assert enrolment.card_of(cast.lin_teacher.pk, cast.year.pk).activated_at == NOW
    assert (enrolment.selection_of(cast.lin_teacher.pk, cast.year.pk).state, why(cast)) == ("registered", None)


def test_card_first_who_activated_before_choosing_is_registered_when_the_school_confirms(card_first):
    cast = card_first
    enrolment.issue_cards(actor=cast.zhou, training_year_id=cast.year.pk, teacher_ids=[cast.lin_teacher.pk], now=NOW)
    enrolment.activate_card(actor=cast.lin, number=enrolment.card_of(cast.lin_teacher.pk, cast.year.pk).number, now=NOW)
    selection = choose(cast, cast.lin, "A", "own")
    assert why(cast) == "study_needs_confirmation"
    enrolment.confirm(actor=cast.chen, selection_ids=[selection.pk], now=NOW)
    assert (enrolment.selection_of(cast.lin_teacher.pk, cast.year.pk).state, why(cast)) == ("registered", None)
    assert Event.objects.filter(name="enrolment.registered").count() == 1


def test_a_card_is_personal_and_its_number_is_checked(card_first):
    cast = card_first
    [other] = teachers(cast.school, 1)
    enrolment.issue_cards(actor=cast.zhou, training_year_id=cast.year.pk, teacher_ids=[other.pk], now=NOW)
    number = enrolment.card_of(other.pk, cast.year.pk).number
    with pytest.raises(Refused, match="card_not_yours"):
        enrolment.activate_card(actor=cast.lin, number=number, now=NOW)
    for wrong in ("", "abc", f"{number[:-1]}{(int(number[-1]) + 1) % 10}"):
        with pytest.raises(Refused, match="card_number_wrong"):
            enrolment.activate_card(actor=cast.lin, number=wrong, now=NOW)


def test_cards_are_not_issued_by_hand_where_they_come_with_the_registration(cast):
    with pytest.raises(Refused, match="card_after_registration"):
        enrolment.issue_cards(actor=cast.zhou, training_year_id=cast.year.pk, teacher_ids=[cast.lin_teacher.pk], now=NOW)


@given(st.integers(0, 999_999), st.integers(0, 16), st.integers(1, 9))
def test_every_single_wrong_digit_of_a_card_number_is_noticed(sequence, place, by):
    number = card_number("2026360803", sequence)
    assert is_card_number(number)
    assert not is_card_number(number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :])

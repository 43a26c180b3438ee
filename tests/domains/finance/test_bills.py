from __future__ import annotations

from datetime import date

import pytest

from tests.enrolling import LATER, NOW, assign, choose, teachers
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.finance import api as finance
from xingtan.foundation.events.models import Event
from xingtan.foundation.refusal import NotAllowed, NotInScope, Refused


def confirm(cast, *selections, actor=None):
    """Confirmed and billed: the event is handed to finance as the hallway would."""
    enrolment.confirm(actor=actor or cast.chen, selection_ids=[one.pk for one in selections], now=NOW)
    deliver("enrolment.confirmed", finance.bill_confirmed)


def deliver(name, handler):
    for event in Event.objects.filter(name=name):
        handler(event.payload, event.happened_at)


def bills(cast, scope=None, **which):
    return list(finance.bills_in(scope or cast.province.scope, cast.year.pk).filter(**which).order_by("pk"))


def test_a_bill_is_72_yuan_and_122_for_a_new_hire_and_the_certificate_once_in_the_starting_year(cast):
    old, new = cast.lin_teacher, *teachers(cast.school, 1, hired_on=date(2026, 9, 1))
    confirm(cast, *assign(cast, [old], "A", "own"), *assign(cast, [new], "D", "own"))
    [bill] = bills(cast)
    assert bill.amount_fen == 72_00 + 122_00 + 5_00 + 5_00
    assert finance.charge_totals(bill.pk) == {"hours": (2, 194_00, 194_00), "certificate": (2, 0, 10_00)}
    assert bill.amount_fen == sum(line.amount_fen for line in finance.lines_of(bill.pk))
    assert (bill.due_on, bill.number) == (date(2026, 12, 31), f"B2026-{cast.school.pk:06d}-001")


def test_the_same_event_again_makes_no_second_bill(cast):
    selection = choose(cast, cast.lin, "A", "own")
    confirm(cast, selection)
    deliver("enrolment.confirmed", finance.bill_confirmed)
    assert len(bills(cast)) == 1


def test_each_event_is_a_bill_of_its_own_and_the_certificate_is_not_charged_again(cast):
    selection = choose(cast, cast.lin, "A", "own")
    confirm(cast, selection)
    enrolment.withdraw(actor=cast.lin, selection_ids=[selection.pk], now=NOW)
    deliver("enrolment.taken_back", finance.amend_bills)
    confirm(cast, choose(cast, cast.lin, "B", "C", "own"))
    first, second = bills(cast)
    assert [(one.state, one.amount_fen) for one in (first, second)] == [("void", 77_00), ("due", 77_00)]
    finance.mark_bill_paid(actor=cast.chen, bill_ids=[second.pk], transfer_reference="T1", now=NOW)
    assert finance.totals(cast.school.scope, cast.year.pk) == finance.Totals(77_00, 0, 0, 0)


def test_a_choice_that_was_taken_back_is_taken_off_the_bill_that_is_due(cast):
    selections = assign(cast, teachers(cast.school, 3), "A", "own")
    confirm(cast, *selections)
    enrolment.send_back(actor=cast.chen, selection_ids=[selections[0].pk], reason="换", now=NOW)
    for _twice in range(2):
        deliver("enrolment.taken_back", finance.amend_bills)
    old, new = bills(cast)
    assert [(one.state, one.amount_fen) for one in (old, new)] == [("void", 231_00), ("due", 154_00)]
    assert old.replaced_by_id == new.pk


def test_paying_registers_and_issues_cards_once(cast):
    selection = choose(cast, cast.lin, "A", "own")
    confirm(cast, selection)
    [bill] = bills(cast)
    assert finance.mark_bill_paid(actor=cast.chen, bill_ids=[bill.pk], transfer_reference=" 20261121-7 ", now=LATER) == 1
    assert finance.mark_bill_paid(actor=cast.chen, bill_ids=[bill.pk], transfer_reference="other", now=LATER) == 0
    [bill] = bills(cast)
    assert (bill.state, bill.paid_at, bill.transfer_reference) == ("paid", LATER, "20261121-7")
    assert enrolment.selection_of(cast.lin_teacher.pk, cast.year.pk).state == "registered"
    assert enrolment.may_study(cast.lin_teacher.pk, cast.offers["A"].pk, date(2026, 11, 21)) is None
    assert finance.receipt_number(bill.number) == f"R{bill.number[1:]}"


def test_who_may_pay(cast):
    selection = choose(cast, cast.lin, "A", "own")
    confirm(cast, selection)
    [bill] = bills(cast)
    with pytest.raises(NotInScope):
        finance.mark_bill_paid(actor=cast.wu, bill_ids=[bill.pk], transfer_reference="T", now=NOW)
    with pytest.raises(NotAllowed):
        finance.mark_bill_paid(actor=cast.he, bill_ids=[bill.pk], transfer_reference="T", now=NOW)
    with pytest.raises(Refused, match="bill_reference_missing"):
        finance.mark_bill_paid(actor=cast.chen, bill_ids=[bill.pk], transfer_reference=" ", now=NOW)
    assert finance.mark_bill_paid(actor=cast.zhou, bill_ids=[bill.pk], transfer_reference="T", now=NOW) == 1


def test_a_void_bill_is_not_paid_and_its_choices_wait_for_another(cast):
    selection = choose(cast, cast.lin, "A", "own")
    confirm(cast, selection)
    [bill] = bills(cast)
    with pytest.raises(Refused, match="bill_reason_missing"):
        finance.void_bill(actor=cast.zhou, bill_ids=[bill.pk], reason="", now=NOW)
    assert finance.void_bill(actor=cast.zhou, bill_ids=[bill.pk], reason="抬头有误", now=NOW) == 1
    with pytest.raises(Refused, match="bill_void"):
        finance.mark_bill_paid(actor=cast.chen, bill_ids=[bill.pk], transfer_reference="T", now=NOW)
    assert finance.totals(cast.school.scope, cast.year.pk).unbilled_count == 1
    assert finance.bill_rest(actor=cast.chen, training_year_id=cast.year.pk, now=NOW) == 1
    assert finance.bill_rest(actor=cast.chen, training_year_id=cast.year.pk, now=NOW) == 0
    assert [one.amount_fen for one in bills(cast, state="due")] == [77_00]


def test_many_schools_in_one_event_have_a_bill_each(cast):
    selections = assign(cast, teachers(cast.school, 2) + teachers(cast.second, 3), "A", "own")
    payload = {"selections": [one.pk for one in selections], "batch": "b"}
    for one, actor in ((cast.school, cast.chen),):
        ids = [s.pk for s in selections if s.school_id == one.pk]
        enrolment.confirm(actor=actor, selection_ids=ids, now=NOW)
    enrolment.CourseSelection.everywhere.filter(pk__in=payload["selections"]).update(state="confirmed")
    finance.bill_confirmed(payload, NOW)
    assert sorted(bill.amount_fen for bill in bills(cast)) == [154_00, 231_00]

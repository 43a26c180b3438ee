"""Making bills from confirmations, marking them paid, making them void."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count

from xingtan.core.calendar import WindowKind
from xingtan.domains.enrolment import api as enrolment
from xingtan.domains.policies import api as policies
from xingtan.foundation.audit.log import record
from xingtan.foundation.db import atomic, uuid7
from xingtan.foundation.people.roles import OPERATOR, Actor, require
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.foundation.scope.models import Organisation

from . import access, rules
from .models import Bill, BillLine
from .queries import unbilled
from .states import Charge, Refusal, State

# A card that comes first registers its holder on confirmation, before the school has paid.
OWING = (enrolment.State.CONFIRMED, enrolment.State.REGISTERED)


def bill_confirmed(payload: Mapping[str, Any], now: datetime) -> None:
    """Every selection of the event stands on a bill, one per school and event; the same event again makes nothing."""
    found = enrolment.CourseSelection.everywhere.filter(pk__in=payload["selections"], state__in=OWING)
    _make_bills(list(found.order_by("pk")), str(payload["batch"]), now)


def amend_bills(payload: Mapping[str, Any], now: datetime) -> None:
    """Due bills no longer charge for choices that were sent back or withdrawn: each is void and replaced by one for the rest."""
    touched = BillLine.objects.filter(selection_id__in=payload["selections"], is_live=True, bill__state=State.DUE)
    bills = list(Bill.everywhere.select_for_update().filter(pk__in=touched.values("bill_id")).order_by("pk"))
    if not bills:
        return
    gone = set(payload["selections"])
    lines = BillLine.objects.filter(bill__in=bills, is_live=True).values_list("bill_id", "selection_id").order_by("bill_id")
    rest = {bill_id: {pk for _bill, pk in some} - gone for bill_id, some in groupby(lines, key=lambda line: line[0])}
    _void(bills, reason="", now=now)
    kept = enrolment.CourseSelection.everywhere.filter(pk__in={pk for ids in rest.values() for pk in ids}, state__in=OWING)
    made = {bill.school_id: bill for bill in _make_bills(list(kept), str(payload["batch"]), now)}
    for bill in bills:
        bill.replaced_by = made.get(bill.school_id)
    Bill.everywhere.bulk_update(bills, ["replaced_by"])
    record(OPERATOR, "finance.bills_amended", "bill", [bill.pk for bill in bills], now=now)


@atomic
def bill_rest(*, actor: Actor, training_year_id: int, now: datetime) -> int:
    """The branch's confirmed choices that stood on no bill, because theirs was made void, stand on one; answers how many bills are new."""
    require(actor, access.PAY)
    made = _make_bills(list(unbilled(actor.scope, training_year_id).order_by("pk")), str(uuid7()), now)
    if made:
        record(actor, "finance.billed", "bill", [bill.pk for bill in made], now=now)
    return len(made)


@atomic
def mark_bill_paid(*, actor: Actor, bill_ids: Iterable[int], transfer_reference: str, now: datetime) -> int:
    """The bills are paid, their teachers registered and provided with cards; answers how many bills were not paid before."""
    require(actor, access.PAY)
    due = [bill for bill in _hold(actor, bill_ids) if bill.state != State.PAID]
    for bill in due:
        _refuse(rules.refuse_payment(State(bill.state), transfer_reference))
    ids = [bill.pk for bill in due]
    reference = transfer_reference.strip()[:60]
    Bill.everywhere.filter(pk__in=ids).update(state=State.PAID, paid_at=now, paid_by_id=actor.account_id, transfer_reference=reference)
    selections = set(BillLine.objects.filter(bill_id__in=ids, is_live=True).values_list("selection_id", flat=True))
    enrolment.mark_paid(selections, now)
    enrolment.register_paid(actor=actor, selection_ids=selections, now=now)
    if ids:
        record(actor, "finance.bill_paid", "bill", ids, now=now, detail={"fen": sum(bill.amount_fen for bill in due)})
    return len(ids)


@atomic
def void_bill(*, actor: Actor, bill_ids: Iterable[int], reason: str, now: datetime) -> int:
    """The bills charge nothing any more; their choices wait for another bill. A paid bill stays."""
    require(actor, access.VOID_BILL)
    due = [bill for bill in _hold(actor, bill_ids) if bill.state != State.VOID]
    for bill in due:
        _refuse(rules.refuse_void(State(bill.state), reason))
    _void(due, reason=reason.strip()[:200], now=now)
    if due:
        record(actor, "finance.bill_voided", "bill", [bill.pk for bill in due], now=now)
    return len(due)


def _refuse(why: Refusal | None) -> None:
    if why is not None:
        raise Refused(why)


def _hold(actor: Actor, bill_ids: Iterable[int]) -> list[Bill]:
    wanted = set(bill_ids)
    held = list(Bill.objects.within(actor.scope).filter(pk__in=wanted).select_for_update(of=("self",)).order_by("pk"))
    if len(held) != len(wanted):
        raise NotInScope
    return held


def _void(bills: Sequence[Bill], *, reason: str, now: datetime) -> None:
    Bill.everywhere.filter(pk__in=[bill.pk for bill in bills]).update(state=State.VOID, voided_at=now, void_reason=reason)
    BillLine.objects.filter(bill__in=bills).update(is_live=False)


def _make_bills(selections: Sequence[enrolment.CourseSelection], batch: str, now: datetime) -> list[Bill]:
    """One bill per school and year for those of the selections that no live bill charges for, in a fixed number of statements a year."""
    live = BillLine.objects.filter(selection__in=[one.pk for one in selections], is_live=True)
    known = set(live.values_list("selection_id", flat=True))
    fresh = sorted((one for one in selections if one.pk not in known), key=lambda one: (one.training_year_id, one.school_id, one.pk))
    made: list[Bill] = []
    for year_id, some in groupby(fresh, key=lambda one: one.training_year_id):
        made += _bill_year(policies.TrainingYear.everywhere.select_related("pack").get(pk=year_id), list(some), batch, now)
    return made


def _bill_year(year: policies.TrainingYear, selections: Sequence[enrolment.CourseSelection], batch: str, now: datetime) -> list[Bill]:
    dues = _dues(year, selections)
    charged = [one for one in selections if dues[one.pk]]
    schools = sorted({one.school_id for one in charged})
    # The schools' rows are the lock under which their bills are numbered.
    list(Organisation.everywhere.select_for_update(no_key=True).filter(pk__in=schools).order_by("pk").values_list("pk"))
    counted = Bill.everywhere.filter(school_id__in=schools, training_year=year).values_list("school_id").annotate(n=Count("pk"))
    sequence = dict(counted.order_by())
    due_on = enrolment.year_rules(year).windows[WindowKind.PAYMENT].closes_on
    bills = [
        Bill(
            number=rules.bill_number(year.year, school, sequence.get(school, 0) + 1),
            school_id=school,
            training_year=year,
            source=f"{batch}:{school}:{year.pk}",
            amount_fen=sum(rules.total(dues[one.pk]) for one in charged if one.school_id == school),
            made_at=now,
            due_on=due_on,
        )
        for school in schools
    ]
    made: list[Bill] = Bill.everywhere.bulk_create(bills)
    by_school = {bill.school_id: bill for bill in made}
    BillLine.objects.bulk_create(
        BillLine(
            bill=by_school[one.school_id], selection=one, teacher_id=one.teacher_id,
            charge=due.charge.value, hours_centi=due.hours_centi, amount_fen=due.amount_fen,
        )
        for one in charged
        for due in dues[one.pk]
    )  # fmt: skip
    return made


def _dues(year: policies.TrainingYear, selections: Sequence[enrolment.CourseSelection]) -> dict[int, tuple[rules.Due, ...]]:
    policy = policies.policy_of(year)
    cycle = BillLine.objects.filter(
        teacher_id__in=[one.teacher_id for one in selections],
        charge=Charge.CERTIFICATE,
        is_live=True,
        bill__training_year__year__range=(year.cycle_first, year.cycle_last),
    )
    certified = set(cycle.values_list("teacher_id", flat=True))
    return {
        one.pk: rules.charges(
            policy,
            one.hours_centi,
            is_starting_year=year.year == year.cycle_first or one.is_first_year,
            has_paid_certificate=one.teacher_id in certified,
        )
        for one in selections
    }

"""Reading bills."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from xingtan.domains.enrolment import api as enrolment
from xingtan.foundation.refusal import NotInScope
from xingtan.foundation.scope.branch import Scope

from .models import Bill, BillLine
from .states import Charge, State


@dataclass(frozen=True, slots=True)
class Totals:
    """A branch's bills of a year in fen, how many are due, and how many confirmed choices stand on no bill yet."""

    paid_fen: int
    due_fen: int
    due_count: int
    unbilled_count: int


def bills_in(scope: Scope, training_year_id: int) -> QuerySet[Bill]:
    """The branch's bills of the year with their schools, the newest first, each with its number of teachers."""
    found = Bill.objects.within(scope).filter(training_year_id=training_year_id).select_related("school", "training_year", "replaced_by")
    return found.order_by("-made_at", "-pk")


def bill_in(scope: Scope, public_id: str) -> Bill:
    """The bill with this public id inside the scope; `NotInScope` where there is none."""
    found = Bill.objects.within(scope).filter(public_id=public_id).select_related("school", "training_year", "replaced_by").first()
    if found is None:
        raise NotInScope
    return found


def teacher_counts(bill_ids: Iterable[int]) -> dict[int, int]:
    """How many teachers each bill charges for."""
    rows = BillLine.objects.filter(bill_id__in=list(bill_ids)).values("bill_id").annotate(n=Count("teacher", distinct=True))
    return {row["bill_id"]: row["n"] for row in rows}


def lines_of(bill_id: int) -> QuerySet[BillLine]:
    """The lines of a bill with their teachers, in the order of names."""
    return (
        BillLine.objects.filter(bill_id=bill_id).select_related("teacher", "selection").order_by("teacher__name_pinyin", "teacher_id", "pk")
    )


def charge_totals(bill_id: int) -> dict[Charge, tuple[int, int, int]]:
    """Per charge of a bill: lines, hundredths of an hour, fen."""
    rows = (
        BillLine.objects.filter(bill_id=bill_id).values("charge").annotate(n=Count("pk"), centi=Sum("hours_centi"), fen=Sum("amount_fen"))
    )
    return {Charge(row["charge"]): (row["n"], row["centi"], row["fen"]) for row in rows.order_by("-charge")}


def unbilled(scope: Scope, training_year_id: int) -> QuerySet[enrolment.CourseSelection]:
    """The branch's confirmed choices of the year that stand on no bill."""
    live = BillLine.objects.filter(is_live=True, charge=Charge.HOURS).values("selection_id")
    return enrolment.selections_in(scope, training_year_id).filter(state=enrolment.State.CONFIRMED).exclude(pk__in=live)


def totals(scope: Scope, training_year_id: int) -> Totals:
    """What is paid and what is due in the branch, and what waits for a bill."""
    rows = Bill.objects.within(scope).filter(training_year_id=training_year_id).values("state")
    found = {row["state"]: (row["fen"], row["n"]) for row in rows.annotate(fen=Sum("amount_fen"), n=Count("pk"))}
    (paid_fen, _count), due = found.get(State.PAID, (0, 0)), found.get(State.DUE, (0, 0))
    return Totals(paid_fen, *due, unbilled(scope, training_year_id).count())


def bills_of_selections(selection_ids: Iterable[int]) -> dict[int, str]:
    """The number of the live bill that each selection stands on."""
    rows = BillLine.objects.filter(selection_id__in=list(selection_ids), is_live=True)
    return dict(rows.values_list("selection_id", "bill__number"))

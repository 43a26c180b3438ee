"""The school's bills: look, pay, print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from xingtan.core.calendar import WindowKind
from xingtan.core.money import format_yuan
from xingtan.domains.finance import api as finance
from xingtan.domains.policies import api as policies
from xingtan.foundation.refusal import NotInScope, Refused
from xingtan.web.access import allowed
from xingtan.web.http import Request
from xingtan.web.parts.export import workbook_response
from xingtan.web.parts.tables import order_of, page_of
from xingtan.web.words import refusal_sentence

from .scopes import closing_days, year_wanted

SORTS = {"number": "number", "school": "school__path", "amount": "amount_fen", "due": "due_on", "made": "made_at"}


@dataclass(frozen=True, slots=True)
class BillRow:
    """A bill as the table shows it."""

    bill: finance.Bill
    teachers: int
    state: object
    chip: str
    receipt: str


class PaymentForm(forms.Form):
    """How the school paid."""

    transfer_reference = forms.CharField(
        max_length=60, label=gettext_lazy("Bank reference of the transfer"), help_text=gettext_lazy("The receipt names it.")
    )


@require_safe
@allowed(finance.SEE_BILLS)
def bills(request: Request) -> HttpResponseBase:
    """The branch's bills of the year: what is due, what is paid with its receipt, what is void."""
    year = year_wanted(request)
    if year is None:
        return render(request, "school/bills.html", {"year": None})
    found = _filtered(request, year.pk)
    if request.GET.get("export") == "xlsx":
        return _export(found, year.year)
    page = page_of(request, found)
    context: dict[str, Any] = {"year": year, "page_rows": page, "rows": _rows(page.rows), "due_on": closing_days(year)[WindowKind.PAYMENT]}
    context |= {"totals": finance.totals(request.actor.scope, year.pk), "may_pay": request.actor.may(finance.PAY)}
    context |= {"years": policies.years_for(request.actor)[:6]}
    context |= {"states": [(state.value, word) for state, word in finance.STATES.items()]}
    return render(request, "school/bills.html", context)


def _filtered(request: Request, training_year_id: int) -> QuerySet[finance.Bill]:
    found = finance.bills_in(request.actor.scope, training_year_id)
    if state := request.GET.get("state", ""):
        found = found.filter(state=state)
    if text := request.GET.get("q", "").strip():
        found = found.filter(Q(number__icontains=text) | Q(school__name__contains=text) | Q(transfer_reference__icontains=text))
    return found.order_by(*order_of(request, SORTS, "-made_at"))


def _rows(found: Any) -> list[BillRow]:  # noqa: ANN401 -- a page's rows
    counts = finance.teacher_counts(bill.pk for bill in found)
    return [_row(bill, counts.get(bill.pk, 0)) for bill in found]


def _row(bill: finance.Bill, teachers: int) -> BillRow:
    state = finance.State(bill.state)
    receipt = finance.receipt_number(bill.number) if state is finance.State.PAID else ""
    return BillRow(bill, teachers, finance.STATES[state], finance.CHIPS[state], receipt)


def _export(found: QuerySet[finance.Bill], year: int) -> HttpResponseBase:
    headings = [_("Bill"), _("School"), _("Teachers"), _("Yuan"), _("State"), _("Due on"), _("Paid on"), _("Reference"), _("Receipt")]
    return workbook_response(f"bills-{year}", headings, _lines(found))


def _lines(found: QuerySet[finance.Bill]) -> Iterator[list[object]]:
    for row in _rows(list(found)):
        bill = row.bill
        yuan = float(format_yuan(bill.amount_fen))
        yield [
            bill.number,
            str(bill.school),
            row.teachers,
            yuan,
            str(row.state),
            bill.due_on,
            bill.paid_at,
            bill.transfer_reference,
            row.receipt,
        ]


@require_safe
@allowed(finance.SEE_BILLS)
def bill(request: Request, pid: str) -> HttpResponse:
    """A bill with its lines, on paper as on the screen; once paid it is the receipt."""
    return _bill_page(request, finance.bill_in(request.actor.scope, pid), PaymentForm())


@require_POST
@allowed(finance.PAY)
def bill_pay(request: Request, pid: str) -> HttpResponse:
    """The bill is paid, its teachers registered and provided with cards."""
    found = finance.bill_in(request.actor.scope, pid)
    form = PaymentForm(request.POST)
    if not form.is_valid():
        return _bill_page(request, found, form, status=422)
    try:
        reference = form.cleaned_data["transfer_reference"]
        finance.mark_bill_paid(actor=request.actor, bill_ids=[found.pk], transfer_reference=reference, now=request.now)
    except Refused as refused:
        form.add_error(None, refusal_sentence(refused))
        return _bill_page(request, found, form, status=409)
    messages.success(request, _("Paid. The teachers are registered and their learning cards issued."))
    return redirect("school:bill", pid)


@require_POST
@allowed(finance.PAY)
def bills_rest(request: Request) -> HttpResponse:
    """Confirmed choices that stood on no bill stand on one."""
    year = year_wanted(request)
    if year is None:
        raise NotInScope
    count = finance.bill_rest(actor=request.actor, training_year_id=year.pk, now=request.now)
    messages.success(request, ngettext("%(n)d bill made.", "%(n)d bills made.", count) % {"n": count})
    return redirect("school:bills")


@require_POST
@allowed(finance.VOID_BILL)
def bill_void(request: Request, pid: str) -> HttpResponse:
    """The bill charges nothing any more; its choices wait for another."""
    found = finance.bill_in(request.actor.scope, pid)
    finance.void_bill(actor=request.actor, bill_ids=[found.pk], reason=request.POST.get("reason", ""), now=request.now)
    messages.success(request, _("The bill is void."))
    return redirect("school:bill", pid)


def _bill_page(request: Request, found: finance.Bill, form: PaymentForm, status: int = 200) -> HttpResponse:
    lines = finance.lines_of(found.pk)
    charges = [(finance.CHARGES[charge], *sums) for charge, sums in finance.charge_totals(found.pk).items()]
    is_due = found.state == finance.State.DUE
    context = {
        "row": _row(found, finance.teacher_counts([found.pk]).get(found.pk, 0)),
        "bill": found,
        "lines": [(line, finance.CHARGES[finance.Charge(line.charge)]) for line in lines],
        "charges": charges,
        "form": form if is_due and request.actor.may(finance.PAY) else None,
        "in_characters": f"人民币{finance.yuan_in_characters(found.amount_fen)}",
        "may_void": is_due and request.actor.may(finance.VOID_BILL),
    }
    return render(request, "school/bill.html", context, status=status)

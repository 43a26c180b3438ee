"""The door of the room `finance`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import PAY, SEE_BILLS, VOID_BILL
from .actions import amend_bills, bill_confirmed, bill_rest, mark_bill_paid, void_bill
from .models import Bill, BillLine
from .queries import Totals, bill_in, bills_in, bills_of_selections, charge_totals, lines_of, teacher_counts, totals, unbilled
from .rules import receipt_number, yuan_in_characters
from .states import Charge, State
from .words import CHARGES, CHIPS, MESSAGES, REFUSALS, STATES

__all__ = [
    "CHARGES",
    "CHIPS",
    "MESSAGES",
    "PAY",
    "REFUSALS",
    "SEE_BILLS",
    "STATES",
    "VOID_BILL",
    "Bill",
    "BillLine",
    "Charge",
    "State",
    "Totals",
    "amend_bills",
    "bill_confirmed",
    "bill_in",
    "bill_rest",
    "bills_in",
    "bills_of_selections",
    "charge_totals",
    "lines_of",
    "mark_bill_paid",
    "receipt_number",
    "teacher_counts",
    "totals",
    "unbilled",
    "void_bill",
    "yuan_in_characters",
]

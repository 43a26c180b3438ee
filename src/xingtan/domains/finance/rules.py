"""What a school owes for a teacher: prices are the pack's, amounts are whole fen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from xingtan.core.money import price
from xingtan.core.policy import FeeUnit, Payer, Policy

from .states import MOVES, Charge, Refusal, State


class Due(NamedTuple):
    """One charge: what for, how many hundredths of an hour, how many fen."""

    charge: Charge
    hours_centi: int
    amount_fen: int


def charges(policy: Policy, hours_centi: int, *, is_starting_year: bool, has_paid_certificate: bool) -> tuple[Due, ...]:
    """What the school owes for one teacher and year: the hours, and in the cycle's starting year the certificate, once (S0 五(四))."""
    owed = [fee for fee in policy.fees if fee.is_charged and fee.payer is Payer.SCHOOL and fee.fen]
    hours = sum(price(hours_centi, fee.fen) for fee in owed if fee.unit is FeeUnit.HOUR)
    found = [Due(Charge.HOURS, hours_centi, hours)] if hours else []
    once = [fee for fee in owed if fee.unit is not FeeUnit.HOUR and (is_starting_year or not fee.first_year_of_cycle_only)]
    if once and not has_paid_certificate:
        found.append(Due(Charge.CERTIFICATE, 0, sum(fee.fen for fee in once)))
    return tuple(found)


def total(dues: Iterable[Due]) -> int:
    """Fen of all charges together."""
    return sum(due.amount_fen for due in dues)


def refuse_payment(state: State, reference: str) -> Refusal | None:
    """Why a bill in this state may not be marked paid with this transfer reference, or None."""
    if State.PAID not in MOVES[state]:
        return Refusal.BILL_VOID
    return None if reference.strip() else Refusal.BILL_REFERENCE_MISSING


def refuse_void(state: State, reason: str) -> Refusal | None:
    """Why a bill in this state may not be made void, or None."""
    if State.VOID not in MOVES[state]:
        return Refusal.BILL_PAID
    return None if reason.strip() else Refusal.BILL_REASON_MISSING


def bill_number(year: int, school_id: int, sequence: int) -> str:
    """The number of a school's n-th bill of a year, n counted from 1."""
    return f"B{year}-{school_id:06d}-{sequence:03d}"


def receipt_number(number: str) -> str:
    """The receipt's number follows the bill's."""
    return f"R{number[1:]}"

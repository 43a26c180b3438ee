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


_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_MYRIADS = ("", "万", "亿")


def yuan_in_characters(fen: int) -> str:
    """The amount as Chinese receipts write it, below a million million yuan: 77.05 is 柒拾柒元零伍分."""
    yuan, rest = divmod(fen, 100)
    jiao, last = divmod(rest, 10)
    whole = f"{_whole(yuan)}元" if yuan or not rest else ""
    if not rest:
        return f"{whole}整"
    tenths = f"{_DIGITS[jiao]}角" if jiao else ("零" if whole else "")
    return whole + tenths + (f"{_DIGITS[last]}分" if last else "整")


def _whole(yuan: int) -> str:
    """Four digits at a time; one 零 stands for any run of zeros inside."""
    if yuan == 0:
        return _DIGITS[0]
    text, is_gap = "", False
    for place in reversed(range(len(str(yuan)))):
        digit = yuan // 10**place % 10
        if digit:
            text += ("零" if is_gap and text else "") + _DIGITS[digit] + _PLACES[place % 4]
        is_gap = not digit
        if place % 4 == 0 and yuan // 10**place % 10_000:
            text += _MYRIADS[place // 4]
            is_gap = False if place and yuan // 10 ** (place - 1) % 10 else is_gap
    return text

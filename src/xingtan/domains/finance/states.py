"""The life of a bill, what its lines charge, and why an act on it is refused."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """A bill is due until it is paid or void."""

    DUE = "due"
    PAID = "paid"
    VOID = "void"


MOVES: dict[State, frozenset[State]] = {
    State.DUE: frozenset({State.PAID, State.VOID}),
    State.PAID: frozenset(),
    State.VOID: frozenset(),
}


class Charge(StrEnum):
    """What a line charges; prices are the policy pack's."""

    HOURS = "hours"
    CERTIFICATE = "certificate"


class Refusal(StrEnum):
    """Why an act on a bill is refused."""

    BILL_VOID = "bill_void"
    BILL_PAID = "bill_paid"
    BILL_REFERENCE_MISSING = "bill_reference_missing"
    BILL_REASON_MISSING = "bill_reason_missing"

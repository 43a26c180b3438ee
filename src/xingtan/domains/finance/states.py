"""The life of a bill."""

from __future__ import annotations

from enum import StrEnum


class State(StrEnum):
    """A bill is due until it is paid or void."""

    DUE = "due"
    PAID = "paid"
    VOID = "void"


class Charge(StrEnum):
    """What a line charges; prices are the policy pack's."""

    HOURS = "hours"
    CERTIFICATE = "certificate"

"""How far a move is, and why somebody teaches elsewhere."""

from __future__ import annotations

from enum import StrEnum


class TransferState(StrEnum):
    """How far a move between schools is."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class SecondPostKind(StrEnum):
    """交流轮岗, 借调, 支教, 兼课."""

    EXCHANGE = "exchange"
    SECONDMENT = "secondment"
    AID = "aid"
    LESSONS = "lessons"

"""The lives of a card, of a consignment, of a report of names and of a purchase: which act leads from where to where."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class CardState(StrEnum):
    """Where a printed learning card is, and what it still opens; a void one opens nothing and is never used again."""

    MADE = "made"
    ON_THE_WAY = "on_the_way"
    HELD = "held"
    ISSUED = "issued"
    ACTIVE = "active"
    EXHAUSTED = "exhausted"
    LAPSED = "lapsed"
    EXPIRED = "expired"
    LOST = "lost"
    DAMAGED = "damaged"
    VOID = "void"


class CardAct(StrEnum):
    """What is done with a card."""

    MAKE = "make"
    SEND = "send"
    RECEIVE = "receive"
    LOSE = "lose"
    DAMAGE = "damage"
    HAND_OUT = "hand_out"
    ACTIVATE = "activate"
    EXHAUST = "exhaust"
    TOP_UP = "top_up"
    EXPIRE = "expire"
    EXTEND = "extend"
    REPLACE = "replace"
    RECALL = "recall"


_SPOILT = {CardAct.LOSE: CardState.LOST, CardAct.DAMAGE: CardState.DAMAGED}
CARD_MOVES: Mapping[CardState, Mapping[CardAct, CardState]] = {
    CardState.MADE: {CardAct.SEND: CardState.ON_THE_WAY, CardAct.RECALL: CardState.VOID, **_SPOILT},
    CardState.ON_THE_WAY: {CardAct.RECEIVE: CardState.HELD, **_SPOILT},
    CardState.HELD: {
        CardAct.SEND: CardState.ON_THE_WAY,
        CardAct.HAND_OUT: CardState.ISSUED,
        CardAct.RECALL: CardState.VOID,
        **_SPOILT,
    },
    CardState.ISSUED: {CardAct.ACTIVATE: CardState.ACTIVE, CardAct.EXPIRE: CardState.LAPSED, CardAct.RECALL: CardState.VOID, **_SPOILT},
    CardState.ACTIVE: {
        CardAct.EXHAUST: CardState.EXHAUSTED,
        CardAct.EXPIRE: CardState.EXPIRED,
        CardAct.TOP_UP: CardState.ACTIVE,
        **_SPOILT,
    },
    CardState.EXHAUSTED: {CardAct.TOP_UP: CardState.ACTIVE, CardAct.EXPIRE: CardState.EXPIRED, **_SPOILT},
    CardState.LAPSED: {CardAct.EXTEND: CardState.ISSUED, CardAct.RECALL: CardState.VOID},
    CardState.EXPIRED: {CardAct.EXTEND: CardState.ACTIVE},
    CardState.LOST: {CardAct.REPLACE: CardState.VOID, CardAct.RECALL: CardState.VOID},
    CardState.DAMAGED: {CardAct.REPLACE: CardState.VOID, CardAct.RECALL: CardState.VOID},
    CardState.VOID: {},
}
# Cards that an office or a school has in its hands, and cards that are a person's.
IN_HAND = frozenset({CardState.MADE, CardState.HELD})
WITH_PERSON = frozenset({CardState.ISSUED, CardState.ACTIVE, CardState.EXHAUSTED})


class ConsignmentState(StrEnum):
    """Where a parcel of cards is: on the way, confirmed in full, confirmed with differences, the differences explained."""

    SENT = "sent"
    RECEIVED = "received"
    SHORT = "short"
    SETTLED = "settled"


CONSIGNMENT_MOVES: Mapping[ConsignmentState, frozenset[ConsignmentState]] = {
    ConsignmentState.SENT: frozenset({ConsignmentState.RECEIVED, ConsignmentState.SHORT}),
    ConsignmentState.RECEIVED: frozenset(),
    ConsignmentState.SHORT: frozenset({ConsignmentState.SETTLED}),
    ConsignmentState.SETTLED: frozenset(),
}


class ReportState(StrEnum):
    """A school's names or a county's count on the way up: reported, sent back, counted by the county, answered with cards."""

    REPORTED = "reported"
    RETURNED = "returned"
    COUNTED = "counted"
    ISSUED = "issued"


REPORT_MOVES: Mapping[ReportState, frozenset[ReportState]] = {
    ReportState.REPORTED: frozenset({ReportState.REPORTED, ReportState.RETURNED, ReportState.COUNTED, ReportState.ISSUED}),
    ReportState.RETURNED: frozenset({ReportState.REPORTED}),
    ReportState.COUNTED: frozenset({ReportState.ISSUED}),
    ReportState.ISSUED: frozenset(),
}


class PurchaseState(StrEnum):
    """Hours that an individual member buys: asked for, paid, or given up."""

    ORDERED = "ordered"
    PAID = "paid"
    CANCELLED = "cancelled"


PURCHASE_MOVES: Mapping[PurchaseState, frozenset[PurchaseState]] = {
    PurchaseState.ORDERED: frozenset({PurchaseState.PAID, PurchaseState.CANCELLED}),
    PurchaseState.PAID: frozenset(),
    PurchaseState.CANCELLED: frozenset(),
}

"""What may be done with a card, a consignment, a report: pure decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from enum import StrEnum

from .states import CARD_MOVES, CONSIGNMENT_MOVES, REPORT_MOVES, CardAct, CardState, ConsignmentState, ReportState

MOST_CARDS = 50_000
WARN_AT = (80, 100)  # per cent of the hours
WARN_DAYS = 14


class Refusal(StrEnum):
    """Why an act on cards is refused."""

    CARD_MOVED_ON = "card_moved_on"
    CARDS_TOO_FEW = "cards_too_few"
    CARDS_TOO_MANY = "cards_too_many"
    CARDS_NOBODY = "cards_nobody"
    CARDS_NOT_BELOW = "cards_not_below"
    CARDS_NOT_REPORTED = "cards_not_reported"
    CARDS_HELD_ALREADY = "cards_held_already"
    CARDS_REASON = "cards_reason"
    CARDS_STRANGE_NUMBER = "cards_strange_number"
    CARDS_DAY = "cards_day"
    CONSIGNMENT_DONE = "consignment_done"
    REPORT_DONE = "card_report_done"
    NOT_A_MEMBER = "cards_not_a_member"
    PURCHASE_DONE = "cards_purchase_done"


def after(state: CardState, act: CardAct) -> CardState | None:
    """The state that the act leads to, or None where it may not be done."""
    return CARD_MOVES[state].get(act)


def refuse_act(states: Iterable[CardState], act: CardAct) -> Refusal | None:
    """Why the act may not be done with cards in these states, or None."""
    return None if all(after(state, act) for state in states) else Refusal.CARD_MOVED_ON


def refuse_consignment(state: ConsignmentState, target: ConsignmentState) -> Refusal | None:
    """Why the parcel may not go on to that state, or None."""
    return None if target in CONSIGNMENT_MOVES[state] else Refusal.CONSIGNMENT_DONE


def refuse_report(state: ReportState, target: ReportState) -> Refusal | None:
    """Why the report may not go on to that state, or None."""
    return None if target in REPORT_MOVES[state] else Refusal.REPORT_DONE


def refuse_count(wanted: int, held: int) -> Refusal | None:
    """Why so many cards may not be sent or handed out, or None: at least one, at most what is in hand."""
    if wanted < 1:
        return Refusal.CARDS_NOBODY
    return Refusal.CARDS_TOO_FEW if wanted > held else None


def refuse_differences(sent: Collection[str], missing: Collection[str], damaged: Collection[str]) -> Refusal | None:
    """Why what the receiver counted cannot be, or None: numbers of the parcel, each either missing or damaged."""
    told = [*missing, *damaged]
    return None if len(set(told)) == len(told) and set(told) <= set(sent) else Refusal.CARDS_STRANGE_NUMBER


def refuse_day(until: date, *, today: date) -> Refusal | None:
    """Why this may not be a card's last day, or None: not before today."""
    return Refusal.CARDS_DAY if until < today else None


def crossed(before: int, drawn: int, hours: int) -> int | None:
    """The highest mark (per cent of the hours) that the drawing has just reached, or None."""
    reached = [mark for mark in WARN_AT if before * 100 < hours * mark <= drawn * 100]
    return max(reached, default=None)

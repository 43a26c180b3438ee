"""The door of the room `quotas`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .giving import end_seats, give_seats, held_for_giving, standing_seats
from .models import Quota, QuotaMove, Seat
from .queries import below, free, moves_of, quota_for, quota_in, quotas_above, quotas_in, seats_of, totals_of
from .states import Act, Rule, Way

__all__ = [
    "Act",
    "Quota",
    "QuotaMove",
    "Rule",
    "Seat",
    "Way",
    "below",
    "end_seats",
    "free",
    "give_seats",
    "held_for_giving",
    "moves_of",
    "quota_for",
    "quota_in",
    "quotas_above",
    "quotas_in",
    "seats_of",
    "standing_seats",
    "totals_of",
]

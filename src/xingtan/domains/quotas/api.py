"""The door of the room `quotas`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import GIVE_BACK, GRANT, PASS_DOWN, SEE_QUOTAS
from .actions import give_back, grant, is_overdue, take_back_overdue
from .checking import check_quotas
from .giving import end_seats, give_seats, held_for_giving, standing_seats
from .holding import hold_seats, share_seats
from .models import Quota, QuotaMove, Seat
from .pressing import Leaf, leaves_held, write_leaves
from .proposing import Proposal, head_counts, proposals, weights_of
from .queries import below, free, free_of, lines_for, moves_of, quota_for, quota_in, quotas_above, quotas_in, seats_of, totals_of
from .rules import Share, shares
from .sharing import faults, offices_below, share_out
from .states import Act, Rule, Way
from .words import ACT_LABELS, REFUSALS, RULE_LABELS, WAY_LABELS

__all__ = [
    "ACT_LABELS",
    "GIVE_BACK",
    "GRANT",
    "PASS_DOWN",
    "REFUSALS",
    "RULE_LABELS",
    "SEE_QUOTAS",
    "WAY_LABELS",
    "Act",
    "Leaf",
    "Proposal",
    "Quota",
    "QuotaMove",
    "Rule",
    "Seat",
    "Share",
    "Way",
    "below",
    "check_quotas",
    "end_seats",
    "faults",
    "free",
    "free_of",
    "give_back",
    "give_seats",
    "grant",
    "head_counts",
    "held_for_giving",
    "hold_seats",
    "is_overdue",
    "leaves_held",
    "lines_for",
    "moves_of",
    "offices_below",
    "proposals",
    "quota_for",
    "quota_in",
    "quotas_above",
    "quotas_in",
    "seats_of",
    "share_out",
    "share_seats",
    "shares",
    "standing_seats",
    "take_back_overdue",
    "totals_of",
    "weights_of",
    "write_leaves",
]

"""The room's verbs: choosing, confirming, registering."""

from .cards import activate_card, issue_cards
from .choosing import Assignment, choose, choose_for
from .confirming import confirm, send_back, withdraw
from .numbering import reserve_numbers
from .registering import mark_paid, register_paid
from .serials import Bound, add_hours, bind_cards, draw_hours, extend_cards, void_cards

__all__ = [
    "Assignment",
    "Bound",
    "activate_card",
    "add_hours",
    "bind_cards",
    "choose",
    "choose_for",
    "confirm",
    "draw_hours",
    "extend_cards",
    "issue_cards",
    "mark_paid",
    "register_paid",
    "reserve_numbers",
    "send_back",
    "void_cards",
    "withdraw",
]

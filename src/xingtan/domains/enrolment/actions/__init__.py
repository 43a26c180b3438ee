"""The room's verbs: choosing, confirming, registering."""

from .cards import activate_card, issue_cards
from .choosing import Assignment, choose, choose_for
from .confirming import confirm, send_back, withdraw
from .registering import mark_paid, register_paid

__all__ = [
    "Assignment",
    "activate_card",
    "choose",
    "choose_for",
    "confirm",
    "issue_cards",
    "mark_paid",
    "register_paid",
    "send_back",
    "withdraw",
]

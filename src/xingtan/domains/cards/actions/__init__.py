"""The room's verbs: report, issue, send, receive, hand out, keep, sell."""

from .buying import buy_hours, cancel_purchase, confirm_purchase
from .drawing import draw, expire_due, take_activated
from .handing import hand_out, reissue
from .issuing import issue_batch
from .keeping import extend, recall, report_spoilt
from .reporting import count_names, report_names, return_report
from .sending import receive, send, settle

__all__ = [
    "buy_hours",
    "cancel_purchase",
    "confirm_purchase",
    "count_names",
    "draw",
    "expire_due",
    "extend",
    "hand_out",
    "issue_batch",
    "recall",
    "receive",
    "reissue",
    "report_names",
    "report_spoilt",
    "return_report",
    "send",
    "settle",
    "take_activated",
]

"""The door of the room `moves`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import CHANGE_POSTS, MOVE, REORGANISE
from .merging import look_at_merge
from .models import SecondPost, Transfer
from .posts import Elsewhere, change_status, end_second_post, give_second_post
from .rules import GONE, TURNS
from .schools import Order, close_school, merge_schools, put_under, rename_school, split_school
from .states import SecondPostKind, TransferState
from .transfers import Terms, agree_to_transfer, end_transfer, offer_transfer, request_transfer, school_named, transfers_in, waits_for
from .words import REFUSALS, SECOND_POSTS, TRANSFER_STATES

__all__ = [
    "CHANGE_POSTS",
    "GONE",
    "MOVE",
    "REFUSALS",
    "REORGANISE",
    "SECOND_POSTS",
    "TRANSFER_STATES",
    "TURNS",
    "Elsewhere",
    "Order",
    "SecondPost",
    "SecondPostKind",
    "Terms",
    "Transfer",
    "TransferState",
    "agree_to_transfer",
    "change_status",
    "close_school",
    "end_second_post",
    "end_transfer",
    "give_second_post",
    "look_at_merge",
    "merge_schools",
    "offer_transfer",
    "put_under",
    "rename_school",
    "request_transfer",
    "school_named",
    "split_school",
    "transfers_in",
    "waits_for",
]

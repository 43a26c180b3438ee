"""The door of the room `moves`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import CHANGE_POSTS, MOVE, REORGANISE
from .merging import look_at_merge
from .models import SecondPost, Transfer
from .posts import Elsewhere, change_status, end_second_post, give_second_post, second_posts_of
from .rules import GONE, TURNS
from .schools import OFFICES, Order, close_school, merge_schools, put_under, rename_school, split_school
from .states import SecondPostKind, TransferState
from .takeout import take_out
from .tasks import TAKE_OUT as TAKE_OUT_JOB
from .transfers import Terms, agree_to_transfer, end_transfer, offer_transfer, request_transfer, school_named, transfers_in, waits_for
from .words import JOB_WORDS, REFUSALS, SECOND_POSTS, TRANSFER_STATES

__all__ = [
    "CHANGE_POSTS",
    "GONE",
    "JOB_WORDS",
    "MOVE",
    "OFFICES",
    "REFUSALS",
    "REORGANISE",
    "SECOND_POSTS",
    "TAKE_OUT_JOB",
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
    "second_posts_of",
    "split_school",
    "take_out",
    "transfers_in",
    "waits_for",
]

"""The door of the room `tenders`: the only file that other rooms, pages and endpoints may import."""

from __future__ import annotations

from .access import BID, FIND_TENDERS, HOLD_KEY, JUDGE, KEEP_STANDINGS, KEEP_TENDERS, NAME_EXPERTS, SEE_TENDERS, SIGN
from .actions.announcing import NOTICE, announce, answer_objection, award, object_to_result, reconsider
from .actions.asking import answer, ask
from .actions.bidding import submit, withdraw_bid
from .actions.blinding import decide_file
from .actions.concluding import conclude_standings
from .actions.contracts import Target, Terms, answer_contract, finish, offer_contract
from .actions.drafting import Call, CriterionRow, cancel_tender, change_tender, draft_tender, publish_tender
from .actions.experts import end_expert, name_expert
from .actions.keys import appoint, confirm_key, dismiss, make_key
from .actions.opening import turn_key
from .actions.panels import REASONS, begin_review, declare, draw_panel, exclude_bid, replace_member
from .actions.reviewing import begin_defence, keep_review, note_defence, rank
from .models import Bid, Expert, PanelMember, ProviderStanding, Tender
from .queries.holders import candidates, holders_of, keys_wanted, own_key
from .queries.names import names_of
from .queries.panels import drawable, experts_in, own_seats, panel_of, pool_to_name
from .queries.reviews import criteria_of, defence_lines, has_defence, judged_on, own_reviews, progress, standing_bids
from .queries.standings import latest_for, own_standings, standings_in
from .queries.tenders import (
    bid_of,
    bids_of,
    contracts_of,
    files_of,
    is_opened,
    office_file,
    own_bid,
    panel_file,
    public_tender,
    public_tenders,
    questions_of,
    ranking_of,
    seals_of,
    tender_in,
    tenders_in,
    unopened,
)
from .states import BidState, BlindState, ContractState, PanelState, Side, TenderState
from .words import MESSAGES, REFUSALS

__all__ = [
    "BID", "FIND_TENDERS", "HOLD_KEY", "JUDGE", "KEEP_STANDINGS", "KEEP_TENDERS", "MESSAGES", "NAME_EXPERTS", "NOTICE", "REASONS",
    "REFUSALS", "SEE_TENDERS", "SIGN", "Bid", "BidState", "BlindState", "Call", "ContractState", "CriterionRow", "Expert", "PanelMember",
    "PanelState", "ProviderStanding", "Side", "Target", "Tender", "TenderState", "Terms", "announce", "answer", "answer_contract",
    "answer_objection", "appoint", "ask", "award", "begin_defence", "begin_review", "bid_of", "bids_of", "cancel_tender", "candidates",
    "change_tender", "conclude_standings", "confirm_key", "contracts_of", "criteria_of", "decide_file", "declare", "defence_lines",
    "dismiss", "draft_tender", "draw_panel", "drawable", "end_expert", "exclude_bid", "experts_in", "files_of", "finish", "has_defence",
    "holders_of", "is_opened", "judged_on", "keep_review", "keys_wanted", "latest_for", "make_key", "name_expert", "names_of",
    "note_defence", "object_to_result", "offer_contract", "office_file", "own_bid", "own_key", "own_reviews", "own_seats",
    "own_standings", "panel_file", "panel_of", "pool_to_name", "progress", "public_tender", "public_tenders", "publish_tender",
    "questions_of", "rank", "ranking_of", "reconsider", "replace_member", "seals_of", "standing_bids", "standings_in", "submit",
    "tender_in", "tenders_in", "turn_key", "unopened", "withdraw_bid",
]  # fmt: skip

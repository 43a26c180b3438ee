"""Who may open the addresses of tenders."""

from __future__ import annotations

from tests.county.roles import BUREAU, EVERYONE, EXPERT, OVERSIGHT, PROVIDER, only

SEEING = ("tenders", "tender", "tender_bid", "tender_file", "tender_copy", "tender_experts", "standings")
KEYS = ("tender_key", "tender_key_make", "tender_key_confirm", "tender_key_turn")
ACTS = (
    "publish", "cancel", "appoint", "dismiss", "answer", "look", "exclude", "draw", "replace", "review", "defend", "note", "rank",
    "announce", "objection", "reconsider", "award", "contract", "finish",
)  # fmt: skip
KEEPING = ("tender_new", "tender_change", "tender_expert_name", "tender_expert_end", "standings_conclude")
BIDDING = ("tenders", "tender", "tender_submit", "tender_withdraw", "tender_ask", "tender_object", "tender_sign")
ROWS: dict[str, frozenset[str]] = {
    **dict.fromkeys([f"bureau:{name}" for name in (*SEEING, *KEYS)], OVERSIGHT),
    **dict.fromkeys([f"bureau:tender_{name}" for name in ACTS], BUREAU),
    **dict.fromkeys([f"bureau:{name}" for name in KEEPING], BUREAU),
    **dict.fromkeys([f"provider:{name}" for name in BIDDING], only(PROVIDER)),
    **dict.fromkeys([f"expert:{name}" for name in ("tenders", "tender", "declare", "note", "review", "file")], only(EXPERT)),
    **dict.fromkeys(["public:tenders", "public:tender"], EVERYONE),
}

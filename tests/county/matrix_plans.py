"""Who may open the addresses of plans and surveys."""

from __future__ import annotations

from tests.county.roles import BUREAU, CLERK, OVERSIGHT, SCHOOL, SIGNED_IN

WRITING = ("begin", "save", "copy", "gather")
SUBMITTING = ("submit", "take_back")
ANSWERING = ("accept", "return", "reopen", "projects", "calls")
ASKING = ("new", "change", "open", "close", "reopen", "cancel", "copy", "remind")
ROWS: dict[str, frozenset[str]] = {
    **{f"bureau:{name}": SCHOOL | OVERSIGHT for name in ("plans", "plan", "surveys", "survey")},
    **{f"bureau:plan_{name}": BUREAU | {CLERK} for name in WRITING},
    **{f"bureau:plan_{name}": SCHOOL | BUREAU for name in SUBMITTING},
    **{f"bureau:plan_{name}": BUREAU for name in ANSWERING},
    "bureau:plans_accept": BUREAU,
    **{f"bureau:{name}": SCHOOL | OVERSIGHT for name in ("circulars", "circular")},
    "bureau:circular_new": BUREAU,
    "bureau:circular_withdraw": BUREAU,
    "bureau:circular_reply": SCHOOL | BUREAU,
    **{f"bureau:survey_{name}": BUREAU | {CLERK} for name in ASKING},
    **{f"public:{name}": SIGNED_IN for name in ("surveys", "survey", "survey_draft")},
}

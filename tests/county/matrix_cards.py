"""Who may open the addresses of learning cards and of forming classes."""

from __future__ import annotations

from tests.county.roles import BUREAU, CLERK, COUNTY, OVERSIGHT, PROVINCE, SCHOOL, TEACHER, only

FORMING = ("class_forming", "class_draft", "class_move", "class_arrange", "class_drop")
# Of a project of the province: an office below finds no draft there.
OWN = {f"bureau:{name}" for name in FORMING}
ROWS: dict[str, frozenset[str]] = {
    **{f"bureau:card_{name}": SCHOOL | OVERSIGHT for name in ("reports", "handbook", "parcels", "parcel", "list", "one")},
    **{f"bureau:card_{name}": OVERSIGHT for name in ("batches", "batch", "purchases")},
    **{f"bureau:card_{name}": BUREAU for name in ("sheets", "send", "settle")},
    **{f"bureau:card_{name}": BUREAU | {CLERK} for name in ("receive", "act")},
    **{f"bureau:card_{name}": only(CLERK) for name in ("names", "waiting", "hand_out", "reissue")},
    "bureau:card_count": only(COUNTY),
    "bureau:card_return": only(COUNTY, PROVINCE),
    "bureau:card_issue": only(PROVINCE),
    "bureau:card_purchase": only(COUNTY),
    "trainee:card_hours": only(TEACHER),
    "trainee:card_hours_cancel": only(TEACHER),
    **dict.fromkeys(OWN, BUREAU),
}

"""Who may open the addresses of seats and of the press for one."""

from __future__ import annotations

from tests.county.roles import BUREAU, OVERSIGHT, SCHOOL, TEACHER, only

MOVED = ("quota_grant", "quota_share", "quota_workbook", "quota_take_back")
ROWS: dict[str, frozenset[str]] = {
    **{f"bureau:{name}": SCHOOL | OVERSIGHT for name in ("quotas", "quota_board", "quota")},
    **{f"bureau:{name}": BUREAU for name in MOVED},
    "bureau:quota_give_back": SCHOOL | BUREAU,
    "trainee:rush": only(TEACHER),
}

"""Who may open the addresses of privacy and of the registers."""

from __future__ import annotations

from tests.county.roles import BUREAU, CLERK, EVERYONE, OVERSIGHT, PROVINCE, SCHOOL, TEACHER, only

IMPORTING = BUREAU | {CLERK}
LISTS = ("registers", "ratios", "cadres", "register_providers", "side_offices", "side_office")
KEEPING = ("pool_nominate", "cadre_new", "cadre", "side_office_new", "side_office_seat", "side_office_unseat", "side_office_close")
ROWS: dict[str, frozenset[str]] = {
    **dict.fromkeys(["bureau:exports", "bureau:exports_find", "bureau:members"], OVERSIGHT),
    **dict.fromkeys(["bureau:pool_decide", "bureau:register_provider", "bureau:members_decide"], BUREAU),
    **dict.fromkeys([f"bureau:{name}" for name in LISTS], SCHOOL | OVERSIGHT),
    **dict.fromkeys([f"bureau:{name}" for name in KEEPING], IMPORTING),
    **dict.fromkeys(["public:member_apply", "public:member_receipt"], EVERYONE),
    **dict.fromkeys(["trainee:member", "trainee:looks"], only(TEACHER)),
    **dict.fromkeys(["bureau:research", "bureau:research_start"], only(PROVINCE)),
}

"""Who may open the addresses of roles, deputies, handovers and acting for another."""

from __future__ import annotations

from tests.county.roles import BUREAU, CLERK, OVERSIGHT, SCHOOL, SIGNED_IN, TEACHER, only

ROWS: dict[str, frozenset[str]] = {
    "public:stop_acting": SIGNED_IN,
    "public:acting": BUREAU | {CLERK},
    "public:act_for_school": BUREAU,
    "public:act_for_teacher": only(CLERK),
    **dict.fromkeys(["public:deputies", "public:deputy_end"], SIGNED_IN - {TEACHER}),
    **dict.fromkeys(["bureau:confirm_roles", "bureau:renew_code", "bureau:unattended", "bureau:handover", "bureau:handed"], BUREAU),
    "bureau:who_sees": SCHOOL | OVERSIGHT,
    "trainee:who_sees": only(TEACHER),
}

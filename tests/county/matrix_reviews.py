"""Who may open the addresses of the review chain."""

from __future__ import annotations

from tests.county.roles import BUREAU, CITY, CLERK, OVERSIGHT, PROVINCE, REVIEWER, TEACHER, only

ROWS: dict[str, frozenset[str]] = {
    "bureau:queue": OVERSIGHT,
    **dict.fromkeys(["bureau:queue_decide", "bureau:queue_undo", "bureau:reopen"], BUREAU),
    **dict.fromkeys(["bureau:batch_draw", "bureau:batch", "bureau:batch_look", "bureau:batch_pass", "bureau:batch_drop"], BUREAU),
    **dict.fromkeys(["bureau:clocks", "bureau:late_entries", "bureau:late_entry"], OVERSIGHT | {CLERK, REVIEWER}),
    **dict.fromkeys(["bureau:appeals", "bureau:appeal"], OVERSIGHT | {CLERK, REVIEWER}),
    **dict.fromkeys(["bureau:late_ask", "bureau:late_withdraw"], only(CLERK, REVIEWER)),
    **dict.fromkeys(["bureau:clock_extend", "bureau:late_decide"], only(CITY, PROVINCE)),
    "bureau:appeal_answer": BUREAU,
    **dict.fromkeys(
        ["trainee:appeals", "trainee:appeal_file", "trainee:appeal", "trainee:appeal_withdraw", "trainee:appeal_carry_up"], only(TEACHER)
    ),
}

"""Who may open the addresses of other ways to earn hours."""

from __future__ import annotations

from tests.county.roles import BUREAU, CLERK, OVERSIGHT, SCHOOL, TEACHER, only

SEEN = ["training", "training_sheets", "training_folder", "claim"]
HELD = ["training_change", "training_meeting", "training_documents", "training_work", "training_convert", "training_withdraw"]
MEETINGS = ["meeting", "meeting_file", "meeting_drop"]
FILES = ["platform_preview", "platform_mend", "platform_commit"]
ROWS: dict[str, frozenset[str]] = {
    **{f"bureau:{name}": SCHOOL | OVERSIGHT for name in ("trainings", "claims", "project_folder", *SEEN)},
    **{f"bureau:{name}": SCHOOL for name in ("training_new", "claim_new", *HELD, *MEETINGS)},
    "bureau:trainings_decide": BUREAU,
    **{f"bureau:{name}": SCHOOL | BUREAU for name in ("claims_decide", "claim_withdraw")},
    **{f"bureau:{name}": BUREAU | {CLERK} for name in ("platform", "platform_template", *FILES)},
    **{f"trainee:{name}": only(TEACHER) for name in ("claims", "claim_new", "claim", "claim_withdraw", "check_in")},
}

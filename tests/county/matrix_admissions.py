"""Who may open the addresses of admissions."""

from __future__ import annotations

from tests.county.roles import BUREAU, CLERK, OVERSIGHT, SCHOOL, TEACHER, only

# Of one project, or of one application, which stands in the address.
SEEN = ("applications", "applications_act", "rounds")
NOMINATING = ("nominate", "nominate_send", "nominations", "nominations_template")
BOOKS = ("nominations_look", "nominations_hand_in", "nominations_take_back")
DECIDING = ("round_plan", "admission_terms", "round_decide", "class_limits", "class_cancel")
ONE = ("application", "application_change", "application_substitute")
MINE = ("application", "application_accept", "application_change", "application_withdraw")
ROWS: dict[str, frozenset[str]] = {
    **{f"bureau:{name}": SCHOOL | OVERSIGHT for name in ("admissions", "application", "applications", "rounds")},
    **{
        f"bureau:{name}": BUREAU | {CLERK}
        for name in (*NOMINATING, *BOOKS, "applications_act", "application_change", "application_substitute")
    },
    **{f"bureau:{name}": BUREAU for name in DECIDING},
    **{f"trainee:{name}": only(TEACHER) for name in ("open_projects", "open_project", "apply", "applications", *MINE)},
}

"""Who may open the addresses of papers, of the school's month and of the openings of earlier years."""

from __future__ import annotations

from tests.county.roles import BUREAU, COUNTY, OVERSIGHT, SCHOOL, TEACHER, only

MONTH = ("month_decide", "month_book", "month_look", "month_take", "paper_new", "papers_move", "openings")
SEEN = ("papers", "paper", "paper_pdf")
OPENING = ("opening_batch", "opening_decide", "opening_differences", "opening_lines", "opening_scan")
ROWS: dict[str, frozenset[str]] = {
    **dict.fromkeys([f"school:{name}" for name in MONTH], SCHOOL),
    **dict.fromkeys([f"school:{name}" for name in (*SEEN, "printing", "printing_pdf", "behind", "meeting")], SCHOOL | OVERSIGHT),
    **dict.fromkeys([f"bureau:{name}" for name in SEEN], SCHOOL | OVERSIGHT),
    **dict.fromkeys(["bureau:papers_seal", "bureau:paper_revoke"], BUREAU),
    **dict.fromkeys([f"trainee:{name}" for name in (*SEEN, "paper_print", "openings", "opening_say")], only(TEACHER)),
    **dict.fromkeys([f"bureau:{name}" for name in OPENING], BUREAU),
    "school:remind": SCHOOL | {COUNTY},
    "bureau:rates": OVERSIGHT,
}

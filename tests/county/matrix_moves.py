"""Who may open the addresses of moves, posts, merges and schools."""

from __future__ import annotations

from tests.county.roles import BUREAU, CLERK, OVERSIGHT, SCHOOL, TEACHER, only

POSTS = ("move_ask", "move_agree", "move_end", "teacher_status", "teacher_move", "teacher_elsewhere", "teacher_elsewhere_end")
SEEN = ("moves", "teacher_posts")
SCHOOLS = ("schools", "school", "school_rename", "school_close", "school_merge", "school_split", "school_under")
MERGES = ("duplicates", "merge", "merge_now", "merge_apart", "merge_end")
TAKEN = ("teacher_everything", "school_everything")
ROWS: dict[str, frozenset[str]] = {
    **{f"{face}:{name}": SCHOOL | OVERSIGHT for face in ("school", "bureau") for name in SEEN},
    **{f"{face}:{name}": BUREAU | {CLERK} for face in ("school", "bureau") for name in (*POSTS, *TAKEN)},
    **{f"bureau:{name}": BUREAU for name in (*SCHOOLS, *MERGES)},
    "trainee:everything": only(TEACHER),
}

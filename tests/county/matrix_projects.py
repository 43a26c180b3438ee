"""Who may open the addresses of a project's making, and of what is published."""

from __future__ import annotations

from tests.county.roles import BUREAU, EVERYONE, OVERSIGHT

# Of one project, which stands in the address.
MAKING = (
    "segments", "add_segment", "order_segments", "segment", "remove_segment", "whom", "set_conditions", "set_categories", "copy_project",
    "cancel_project",
)  # fmt: skip
OWN = frozenset(f"bureau:{name}" for name in MAKING)
ROWS: dict[str, frozenset[str]] = {
    **dict.fromkeys(OWN, BUREAU),
    "bureau:project_calendar": OVERSIGHT,
    **dict.fromkeys(["public:projects", "public:projects_feed"], EVERYONE),
}

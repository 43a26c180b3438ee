"""Who may hand in rosters."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, Permission, Role

# The name is older than this room; tokens and tables know it.
IMPORT_ROSTER = Permission("teachers.import_roster", frozenset({Role.SCHOOL_CLERK}) | BUREAU)

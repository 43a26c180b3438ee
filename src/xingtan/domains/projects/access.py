"""Who may do what with projects."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, Permission

PUBLISH = Permission("projects.publish", BUREAU)
SEE_PROJECTS = Permission("projects.see", OVERSIGHT)

"""Who may determine, make verdicts final, and see verdicts."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, Permission, Role

DETERMINE = Permission("determination.determine", BUREAU)
EXAMINE = Permission("determination.examine", frozenset({Role.PROVINCE_OFFICER}))
SEE_DETERMINATIONS = Permission("determination.see_determinations", OVERSIGHT)

"""Who may do what with quotas."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission

GRANT = Permission("quotas.grant", BUREAU)
PASS_DOWN = Permission("quotas.pass_down", BUREAU)
GIVE_BACK = Permission("quotas.give_back", BUREAU | SCHOOL)
SEE_QUOTAS = Permission("quotas.see", OVERSIGHT | SCHOOL)

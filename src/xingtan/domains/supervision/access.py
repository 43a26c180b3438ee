"""Who may see what is counted."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

SEE_COUNTS = Permission("supervision.see_counts", OVERSIGHT | SCHOOL)
SEE_DASHBOARD = Permission("supervision.see_dashboard", OVERSIGHT)
SEE_AUDIT = Permission("supervision.see_audit", frozenset({Role.PROVINCE_OFFICER, Role.SUPERVISOR}))
SEE_LIVE = Permission("supervision.see_live", OVERSIGHT | SCHOOL | {Role.PROVIDER_STAFF})
RESEARCH = Permission("supervision.research", frozenset({Role.PROVINCE_OFFICER}))
REMIND = Permission("supervision.remind", BUREAU | SCHOOL | {Role.PROVIDER_STAFF})

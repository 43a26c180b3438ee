"""Who may do what with packs and years."""

from __future__ import annotations

from xingtan.foundation.people.roles import OVERSIGHT, SCHOOL, Permission, Role

OPEN_YEAR = Permission("policies.open_year", frozenset({Role.PROVINCE_OFFICER}))
ADOPT_PACK = Permission("policies.adopt_pack", frozenset({Role.PROVINCE_OFFICER}))
SEE_YEARS = Permission("policies.see_years", OVERSIGHT)
SEE_POLICIES = Permission("policies.see_policies", OVERSIGHT | SCHOOL | {Role.PROVIDER_STAFF, Role.TUTOR, Role.WORKSHOP_LEAD})
WRITE_DRAFTS = Permission("policies.write_drafts", frozenset({Role.PROVINCE_OFFICER}))
REVIEW_DRAFTS = Permission("policies.review_drafts", frozenset({Role.PROVINCE_OFFICER}))

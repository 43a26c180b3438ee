"""Who may do what in workshops and cohorts."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, Permission, Role

LEAD_WORKSHOP = Permission("workshops.lead", frozenset({Role.WORKSHOP_LEAD}))
TAKE_PART = Permission("workshops.take_part", frozenset({Role.TEACHER}), is_assisted=True)
ARRANGE_COHORTS = Permission("workshops.arrange_cohorts", BUREAU | {Role.PROVIDER_STAFF})
SEE_WORKSHOPS = Permission("workshops.see", BUREAU | {Role.PROVIDER_STAFF, Role.SUPERVISOR})

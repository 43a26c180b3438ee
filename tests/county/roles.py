"""The people of the tables of rights, by their sign-in names, and the sets in which they appear."""

from __future__ import annotations

TEACHER, CLERK, REVIEWER, COUNTY, CITY, PROVINCE = "teacher", "clerk", "reviewer", "county", "city", "province"
PROVIDER, TUTOR, LEAD, SUPERVISOR, EXPERT, VISITOR = "provider", "tutor", "lead", "supervisor", "expert", "visitor"

SIGNED_IN = frozenset({TEACHER, CLERK, REVIEWER, COUNTY, CITY, PROVINCE, PROVIDER, TUTOR, LEAD, SUPERVISOR, EXPERT})
EVERYONE = SIGNED_IN | {VISITOR}
SCHOOL = frozenset({CLERK, REVIEWER})
BUREAU = frozenset({COUNTY, CITY, PROVINCE})
OVERSIGHT = BUREAU | {SUPERVISOR}
IMPORTING = BUREAU | {CLERK}


def only(*roles: str) -> frozenset[str]:
    return frozenset(roles)

"""Rights at the entrance."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

# Administrators: whoever reviews, decides or sees much of others; a school's clerk and reviewer sign in with a password alone.
ADMINISTRATORS = OVERSIGHT
CONFIRM_RECOVERY = Permission("entrance.confirm_recovery", BUREAU | (SCHOOL - {Role.SCHOOL_REVIEWER}))
MANAGE_SITES = Permission("entrance.manage_sites", frozenset({Role.PROVINCE_OFFICER}))

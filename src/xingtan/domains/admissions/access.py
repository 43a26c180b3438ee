"""Who may do what with applications."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

CLERK = frozenset({Role.SCHOOL_CLERK})

APPLY = Permission("admissions.apply", frozenset({Role.TEACHER}), is_assisted=True)
NOMINATE = Permission("admissions.nominate", CLERK | BUREAU)
PLACE = Permission("admissions.place", BUREAU)
APPROVE = Permission("admissions.approve", CLERK | BUREAU)
CHANGE = Permission("admissions.change", CLERK | BUREAU | {Role.TEACHER}, is_assisted=True)
DECIDE = Permission("admissions.decide", BUREAU)
SEE_APPLICATIONS = Permission("admissions.see", SCHOOL | OVERSIGHT)

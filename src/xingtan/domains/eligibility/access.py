"""Who may look up, and who may issue."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

SEE_ELIGIBILITY = Permission("eligibility.see", SCHOOL | OVERSIGHT)
SEE_OWN_ELIGIBILITY = Permission("eligibility.see_own", frozenset({Role.TEACHER}))
ISSUE_STATEMENTS = Permission("eligibility.issue", SCHOOL | BUREAU)
ISSUE_OWN_STATEMENT = Permission("eligibility.issue_own", frozenset({Role.TEACHER}))

"""Who may do what with plans."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

SEE_PLANS = Permission("plans.see", SCHOOL | OVERSIGHT)
WRITE_PLANS = Permission("plans.write", BUREAU | {Role.SCHOOL_CLERK})
SUBMIT_PLANS = Permission("plans.submit", SCHOOL | BUREAU)
ISSUE_CIRCULARS = Permission("plans.issue_circulars", BUREAU)
REPLY_CIRCULARS = Permission("plans.reply_circulars", SCHOOL | BUREAU)
ANSWER_PLANS = Permission("plans.answer", BUREAU)

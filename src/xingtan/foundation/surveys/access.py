"""Who may ask, look at results, and answer."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, EVERYONE_SIGNED_IN, OVERSIGHT, SCHOOL, Permission, Role

SEE_SURVEYS = Permission("surveys.see", SCHOOL | OVERSIGHT)
ASK = Permission("surveys.ask", BUREAU | {Role.SCHOOL_CLERK})
ANSWER = Permission("surveys.answer", EVERYONE_SIGNED_IN)

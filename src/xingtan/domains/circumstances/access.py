"""Who may see, propose, enter and decide circumstances."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission

SEE_CIRCUMSTANCES = Permission("circumstances.see", SCHOOL | OVERSIGHT)
RECORD = Permission("circumstances.record", SCHOOL | BUREAU)
GRANT = Permission("circumstances.grant", BUREAU)

"""Who may see anomalies, decide on them, and answer them."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

SEE_ANOMALIES = Permission("anomalies.see", OVERSIGHT | SCHOOL)
LOOK = Permission("anomalies.look", BUREAU)
DECIDE = Permission("anomalies.decide", BUREAU)
DECIDE_APPEAL = Permission("anomalies.decide_appeal", frozenset({Role.CITY_OFFICER, Role.PROVINCE_OFFICER}))
ANSWER = Permission("anomalies.answer", frozenset({Role.TEACHER}))

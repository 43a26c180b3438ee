"""Who may do what along the review chain; which step is whose, the pack of the year says (`offices.py`)."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

DECIDE = Permission("reviews.decide", SCHOOL | BUREAU)
DRAW = Permission("reviews.draw", BUREAU)
REOPEN = Permission("reviews.reopen", BUREAU)
EXTEND = Permission("reviews.extend", frozenset({Role.CITY_OFFICER, Role.PROVINCE_OFFICER}))
SEE_CLOCKS = Permission("reviews.see_clocks", SCHOOL | OVERSIGHT)
ASK_LATE = Permission("reviews.ask_late", SCHOOL)
DECIDE_LATE = Permission("reviews.decide_late", frozenset({Role.CITY_OFFICER, Role.PROVINCE_OFFICER}))
SEE_LATE = Permission("reviews.see_late", SCHOOL | OVERSIGHT)
APPEAL = Permission("reviews.appeal", frozenset({Role.TEACHER}))
ANSWER_APPEAL = Permission("reviews.answer_appeal", BUREAU)
SEE_APPEALS = Permission("reviews.see_appeals", SCHOOL | OVERSIGHT)

"""Who may do what with learning cards."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

REPORT_NAMES = Permission("cards.report_names", frozenset({Role.SCHOOL_CLERK}))
COUNT_NAMES = Permission("cards.count_names", frozenset({Role.COUNTY_OFFICER}))
RETURN_REPORTS = Permission("cards.return_reports", frozenset({Role.COUNTY_OFFICER, Role.PROVINCE_OFFICER}))
ISSUE_BATCHES = Permission("cards.issue_batches", frozenset({Role.PROVINCE_OFFICER}))
SEND_ON = Permission("cards.send_on", BUREAU)
RECEIVE = Permission("cards.receive", BUREAU | {Role.SCHOOL_CLERK})
HAND_OUT = Permission("cards.hand_out", frozenset({Role.SCHOOL_CLERK}))
KEEP = Permission("cards.keep", BUREAU | {Role.SCHOOL_CLERK})
EXTEND = Permission("cards.extend", BUREAU)
SEE_BATCHES = Permission("cards.see_batches", OVERSIGHT)
SEE_CARDS = Permission("cards.see", SCHOOL | OVERSIGHT)
BUY_HOURS = Permission("cards.buy_hours", frozenset({Role.TEACHER}))
SELL_HOURS = Permission("cards.sell_hours", frozenset({Role.COUNTY_OFFICER}))
SEE_SALES = Permission("cards.see_sales", OVERSIGHT)

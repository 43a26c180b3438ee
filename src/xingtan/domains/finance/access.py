"""Who may do what with bills."""

from __future__ import annotations

from xingtan.foundation.people.roles import OVERSIGHT, SCHOOL, Permission, Role

SEE_BILLS = Permission("finance.see_bills", SCHOOL | OVERSIGHT)
PAY = Permission("finance.pay", frozenset({Role.SCHOOL_CLERK, Role.COUNTY_OFFICER}))
VOID_BILL = Permission("finance.void_bill", frozenset({Role.COUNTY_OFFICER}))

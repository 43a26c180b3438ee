"""Who may do what in enrolment."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

CHOOSE = Permission("enrolment.choose", frozenset({Role.TEACHER}), is_assisted=True)
ASSIGN = Permission("enrolment.assign", frozenset({Role.SCHOOL_CLERK, Role.COUNTY_OFFICER}))
CONFIRM = Permission("enrolment.confirm", frozenset({Role.SCHOOL_CLERK}))
WITHDRAW = Permission("enrolment.withdraw", frozenset({Role.TEACHER, Role.SCHOOL_CLERK}), is_assisted=True)
REGISTER = Permission("enrolment.register", BUREAU | {Role.SCHOOL_CLERK})
ISSUE_CARDS = Permission("enrolment.issue_cards", frozenset({Role.COUNTY_OFFICER, Role.PROVINCE_OFFICER}))
SEE_SELECTIONS = Permission("enrolment.see", SCHOOL | OVERSIGHT)
SEE_CARDS = Permission("enrolment.see_cards", OVERSIGHT)

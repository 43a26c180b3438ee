"""Who may determine, post, object, answer, make verdicts final, close a year, correct a closed one, and see all that."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

PROVINCE = frozenset({Role.PROVINCE_OFFICER})

DETERMINE = Permission("determination.determine", BUREAU)
EXAMINE = Permission("determination.examine", PROVINCE)
CLOSE_YEAR = Permission("determination.close_year", PROVINCE)
SEE_DETERMINATIONS = Permission("determination.see_determinations", OVERSIGHT)
PUBLISH_NOTICE = Permission("determination.publish_notice", PROVINCE)
SIGN_NOTICE = Permission("determination.sign_notice", frozenset({Role.SCHOOL_CLERK}))
SEE_SCHOOL_NOTICE = Permission("determination.see_school_notice", SCHOOL)
SEE_OWN_NOTICE = Permission("determination.see_own_notice", frozenset({Role.TEACHER}))
OBJECT = Permission("determination.object", frozenset({Role.TEACHER, Role.SCHOOL_CLERK}))
OBJECT_FOR = Permission("determination.object_for", frozenset({Role.SCHOOL_CLERK}))
SEE_OBJECTIONS = Permission("determination.see_objections", OVERSIGHT)
HANDLE_OBJECTIONS = Permission("determination.handle_objections", PROVINCE)
REPLY_TO_OBJECTION = Permission("determination.reply_to_objection", frozenset({Role.COUNTY_OFFICER, Role.CITY_OFFICER}))
CORRECT = Permission("determination.correct", PROVINCE)
SEE_CORRECTIONS = Permission("determination.see_corrections", OVERSIGHT)

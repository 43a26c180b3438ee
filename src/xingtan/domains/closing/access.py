"""Who may post, sign, object, answer, close a year, correct a closed one, and see all that."""

from __future__ import annotations

from xingtan.foundation.people.roles import OVERSIGHT, SCHOOL, Permission, Role

PROVINCE = frozenset({Role.PROVINCE_OFFICER})

CLOSE_YEAR = Permission("closing.close_year", PROVINCE)
PUBLISH_NOTICE = Permission("closing.publish_notice", PROVINCE)
SIGN_NOTICE = Permission("closing.sign_notice", frozenset({Role.SCHOOL_CLERK}))
SEE_SCHOOL_NOTICE = Permission("closing.see_school_notice", SCHOOL)
SEE_OWN_NOTICE = Permission("closing.see_own_notice", frozenset({Role.TEACHER}))
OBJECT = Permission("closing.object", frozenset({Role.TEACHER, Role.SCHOOL_CLERK}))
OBJECT_FOR = Permission("closing.object_for", frozenset({Role.SCHOOL_CLERK}))
SEE_OBJECTIONS = Permission("closing.see_objections", OVERSIGHT)
HANDLE_OBJECTIONS = Permission("closing.handle_objections", PROVINCE)
REPLY_TO_OBJECTION = Permission("closing.reply_to_objection", frozenset({Role.COUNTY_OFFICER, Role.CITY_OFFICER}))
CORRECT = Permission("closing.correct", PROVINCE)
SEE_CORRECTIONS = Permission("closing.see_corrections", OVERSIGHT)

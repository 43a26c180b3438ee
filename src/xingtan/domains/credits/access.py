"""Who may do what with hours."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

from .states import Step

ENTER = Permission("credits.enter", frozenset({Role.PROVIDER_STAFF, Role.SCHOOL_CLERK}) | BUREAU)
REVIEW = Permission("credits.review", frozenset({Role.SCHOOL_REVIEWER}))
REPORT = Permission("credits.report", SCHOOL)
COUNTY_REVIEW = Permission("credits.county_review", frozenset({Role.COUNTY_OFFICER, Role.CITY_OFFICER}))
VERIFY = Permission("credits.verify", frozenset({Role.COUNTY_OFFICER, Role.CITY_OFFICER}))
REVERSE = Permission("credits.reverse", BUREAU)
IMPORT_OPENING = Permission("credits.import_opening", BUREAU)

SEE_ENTRIES = Permission("credits.see_entries", SCHOOL)
SEE_QUEUE = Permission("credits.see_queue", OVERSIGHT)
SEE_RECORD = Permission("credits.see_record", SCHOOL | OVERSIGHT)
SEE_OWN_RECORD = Permission("credits.see_own_record", frozenset({Role.TEACHER}))

TAKES: dict[Step, Permission] = {Step.REVIEW: REVIEW, Step.REPORT: REPORT, Step.COUNTY_REVIEW: COUNTY_REVIEW, Step.VERIFY: VERIFY}

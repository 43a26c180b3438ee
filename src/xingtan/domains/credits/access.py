"""Who may do what with hours."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

ENTER = Permission("credits.enter", frozenset({Role.PROVIDER_STAFF, Role.SCHOOL_CLERK}) | BUREAU)
REVERSE = Permission("credits.reverse", BUREAU)
IMPORT_OPENING = Permission("credits.import_opening", BUREAU)

SEE_ENTRIES = Permission("credits.see_entries", SCHOOL)
SEE_QUEUE = Permission("credits.see_queue", OVERSIGHT)
SEE_RECORD = Permission("credits.see_record", SCHOOL | OVERSIGHT)
SEE_OWN_RECORD = Permission("credits.see_own_record", frozenset({Role.TEACHER}))

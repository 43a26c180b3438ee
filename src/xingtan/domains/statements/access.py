"""Who may do what with the learning record store."""

from __future__ import annotations

from xingtan.foundation.people.roles import OVERSIGHT, Permission, Role

SEE_CREDENTIALS = Permission("statements.see_credentials", OVERSIGHT | {Role.PROVIDER_STAFF})
GIVE_CREDENTIALS = Permission("statements.give_credentials", frozenset({Role.COUNTY_OFFICER, Role.PROVINCE_OFFICER, Role.PROVIDER_STAFF}))
SEE_STATEMENTS = Permission("statements.see", OVERSIGHT | {Role.PROVIDER_STAFF})

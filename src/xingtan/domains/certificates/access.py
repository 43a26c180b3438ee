"""Who may do what with certificates."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

SEE_CERTIFICATES = Permission("certificates.see", OVERSIGHT)
SEE_OWN_CERTIFICATES = Permission("certificates.see_own", frozenset({Role.TEACHER}))
PRINT_SHEETS = Permission("certificates.print_sheets", SCHOOL)
REVOKE = Permission("certificates.revoke", BUREAU)
REISSUE = Permission("certificates.reissue", frozenset({Role.PROVINCE_OFFICER}))

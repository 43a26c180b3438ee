"""Who may read and keep the registers."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

CLERK = frozenset({Role.SCHOOL_CLERK})

SEE_REGISTERS = Permission("registers.see", SCHOOL | OVERSIGHT)
SEE_MEMBERS = Permission("registers.see_members", OVERSIGHT)
NOMINATE = Permission("registers.nominate", CLERK | BUREAU)
DECIDE_POOL = Permission("registers.decide_pool", BUREAU)
KEEP_CADRES = Permission("registers.keep_cadres", CLERK | BUREAU)
KEEP_PROVIDERS = Permission("registers.keep_providers", BUREAU)
KEEP_OFFICES = Permission("registers.keep_offices", CLERK | BUREAU)
DECIDE_MEMBERS = Permission("registers.decide_members", BUREAU)
APPLY = Permission("registers.apply", frozenset({Role.TEACHER}))
APPLY_FOR_SCHOOL = Permission("registers.apply_for_school", frozenset(Role) - {Role.OPERATOR})

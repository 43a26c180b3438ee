"""Who may see, grant, make, receive and decide."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, SCHOOL, Permission, Role

SEE_GROUPS = Permission("kits.see", SCHOOL | OVERSIGHT)
SEE_KITS = Permission("kits.see_kits", OVERSIGHT)
SEE_OWN_GROUP = Permission("kits.see_own", frozenset({Role.TEACHER}))
GRANT_GROUP = Permission("kits.grant", BUREAU)
MAKE_KIT = Permission("kits.make", BUREAU)
RECEIVE = Permission("kits.receive", BUREAU)
DECIDE_FORK = Permission("kits.decide", BUREAU)
KEY_IN = Permission("kits.key_in", BUREAU)

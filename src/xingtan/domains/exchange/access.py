"""Who may deliver, who may see what of it counts."""

from __future__ import annotations

from xingtan.foundation.people.roles import OVERSIGHT, Permission, Role

DELIVER = Permission("exchange.deliver", frozenset({Role.PROVIDER_STAFF}))
SEE_OWN = Permission("exchange.see_own", frozenset({Role.PROVIDER_STAFF}))
SEE_RECONCILIATION = Permission("exchange.see_reconciliation", OVERSIGHT)

"""Who may deliver, who may see what of it counts."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, Permission, Role

DELIVER = Permission("exchange.deliver", frozenset({Role.PROVIDER_STAFF}))
SEE_RECONCILIATION = Permission("exchange.see_reconciliation", OVERSIGHT | {Role.PROVIDER_STAFF})
KEEP_REPORT = Permission("exchange.keep_report", BUREAU | {Role.PROVIDER_STAFF})

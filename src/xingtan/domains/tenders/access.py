"""Who may do what with tenders."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, OVERSIGHT, Permission, Role

PROVIDER = frozenset({Role.PROVIDER_STAFF})
EXPERT = frozenset({Role.EXPERT})

SEE_TENDERS = Permission("tenders.see", OVERSIGHT)
KEEP_TENDERS = Permission("tenders.keep", BUREAU)
HOLD_KEY = Permission("tenders.hold_key", OVERSIGHT, is_passed_on=False)
FIND_TENDERS = Permission("tenders.find", PROVIDER)
BID = Permission("tenders.bid", PROVIDER, is_passed_on=False)
SIGN = Permission("tenders.sign", PROVIDER, is_passed_on=False)
NAME_EXPERTS = Permission("tenders.name_experts", BUREAU, is_passed_on=False)
JUDGE = Permission("tenders.judge", EXPERT, is_passed_on=False)
KEEP_STANDINGS = Permission("tenders.keep_standings", BUREAU)

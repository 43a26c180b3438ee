"""Who may study, and who may deliver records."""

from __future__ import annotations

from xingtan.foundation.people.roles import Permission, Role

STUDY = Permission("learning.study", frozenset({Role.TEACHER}))
DELIVER_RECORDS = Permission("learning.deliver", frozenset({Role.PROVIDER_STAFF}))

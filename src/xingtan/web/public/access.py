"""Who may open the pages that belong to no room."""

from __future__ import annotations

from xingtan.foundation.people.roles import EVERYONE_SIGNED_IN, Permission, Role

ANYONE = Permission("public.look", frozenset(Role))
SIGNED_IN = Permission("people.be_signed_in", EVERYONE_SIGNED_IN)

"""Who may open the pages that are a teacher's own and belong to no single room."""

from __future__ import annotations

from xingtan.foundation.people.roles import Permission, Role

OWN_PAGES = Permission("trainee.own_pages", frozenset({Role.TEACHER}))

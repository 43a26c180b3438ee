"""Who may move people and schools."""

from __future__ import annotations

from xingtan.foundation.people.roles import BUREAU, Permission, Role

CLERK = frozenset({Role.SCHOOL_CLERK})

CHANGE_POSTS = Permission("moves.change_posts", CLERK | BUREAU)
MOVE = Permission("moves.move", CLERK | BUREAU)
REORGANISE = Permission("moves.reorganise", BUREAU)

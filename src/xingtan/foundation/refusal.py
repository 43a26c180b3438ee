"""How an action says no: a bare code and the numbers of its sentence, never the sentence itself."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """An action did not happen; `code` says why, `params` fill the sentence that `words.py` keeps for it."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = str(code)
        self.params: Mapping[str, object] = params


class NotInScope(Exception):
    """What was named does not exist for this actor: absent, or outside the actor's branch of the tree."""


class NotAllowed(Exception):
    """The actor sees it, but this role may not do that."""

    def __init__(self, permission: str) -> None:
        super().__init__(permission)
        self.permission = permission

"""What does not follow the standard, and where: the path is built from the inside out while the error travels."""

from __future__ import annotations

import re
from typing import Any, NoReturn, TypeAlias

# Whatever a sender wrote, read from JSON: nothing of it is known before it is checked.
Json: TypeAlias = Any

PLAIN_NAME = re.compile(r"[A-Za-z_]\w{0,63}", re.ASCII)


class Malformed(ValueError):
    """A value does not follow the standard; `path` names it as `$.actor.mbox` or `$[2].verb.id`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
        self._steps: list[str | int] = []

    def under(self, step: str | int) -> Malformed:
        """The same, known to stand under this property or place of a list."""
        self._steps.append(step)
        return self

    @property
    def path(self) -> str:
        """Where it stands, from `$`."""
        return "$" + "".join(_written(step) for step in reversed(self._steps))


def _written(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if PLAIN_NAME.fullmatch(step):
        return f".{step}"
    quoted = step[:200].replace("\\", "\\\\").replace("'", "\\'")
    return f"['{quoted}']"


def expected(what: str, value: object) -> NoReturn:
    """Never returns: what should have stood there, and of which kind the value is; its text may be personal and is not repeated."""
    raise Malformed(f"expected {what}, not {KINDS.get(type(value).__name__, 'a number')}")


KINDS = {"dict": "an object", "list": "an array", "str": "this text", "bool": "true or false", "NoneType": "null"}

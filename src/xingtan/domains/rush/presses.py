"""A press, and what it is answered with."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Any, NamedTuple, TypeAlias

from .tokens import Claims

Answer: TypeAlias = dict[str, Any]
_last = 0


class Press(NamedTuple):
    """One request: what its token says, and when it arrived, in microseconds since 1970 (0: not yet in the queue)."""

    claims: Claims
    arrived: int = 0

    @property
    def at(self) -> datetime:
        """The moment of arrival."""
        return datetime.fromtimestamp(self.arrived / 1_000_000, UTC)


def stamped(press: Press) -> Press:
    """The press with its moment of arrival: each once in this process, and rising. Called under the lock that orders the queue."""
    global _last  # noqa: PLW0603 -- one clock a process; the queue's lock guards it
    _last = max(time.time_ns() // 1000, _last + 1)
    return press._replace(arrived=_last)


def refused(code: str, **params: Any) -> Answer:  # noqa: ANN401 -- what the sentence names
    """A definite no, with its reason."""
    return {"state": "refused", "code": code, **params}

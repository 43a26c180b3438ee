"""The bare paths of both servers: beats, presses for seats, the record store; nothing of Django's pages around. Imported once Django is set up."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from typing import Any

from xingtan.domains.learning.api import Recorder
from xingtan.domains.rush.api import Rush
from xingtan.rest.xapi.app import Xapi

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

recorder = Recorder()
rush = Rush()
xapi = Xapi()


def bare_path(path: str) -> Application | None:
    """Who answers this address without pages: the recorder, the rush for seats, the record store, or nobody."""
    if path == "/beat":
        return recorder
    if path == "/press":
        return rush
    return xapi if path.startswith("/xapi/") else None


def keep_what_is_loaded() -> None:
    """All that is loaded by now stays; without this the collector walks it again with every batch of statements that is read."""
    gc.collect()
    gc.freeze()

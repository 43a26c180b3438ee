"""The bare paths of both servers: beats and the record store, with nothing of Django's pages around them. Imported once Django is set up."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from typing import Any

from xingtan.domains.learning.api import Recorder
from xingtan.rest.xapi.app import Xapi

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

recorder = Recorder()
xapi = Xapi()


def bare_path(path: str) -> Application | None:
    """Who answers this address without pages: the recorder, the record store, or nobody."""
    if path == "/beat":
        return recorder
    return xapi if path.startswith("/xapi/") else None


def keep_what_is_loaded() -> None:
    """All that is loaded by now stays; without this the collector walks it again with every batch of statements that is read."""
    gc.collect()
    gc.freeze()

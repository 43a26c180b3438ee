"""What requests noted in memory (refusals, uses of roles) goes into the database by a thread of each serving process."""

from __future__ import annotations

import atexit
import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections
from django.utils import timezone

from xingtan.foundation.audit.refusals import write_refusals
from xingtan.foundation.people.usage import write_uses

LOG = logging.getLogger(__name__)
EVERY_S = 2.0


def write_noted(*, with_last_minute: bool = False) -> None:
    """Everything noted so far stands in the database; a failure is logged and tried again at the next turn."""
    turns: tuple[Callable[[], int], ...] = (lambda: write_refusals(timezone.now(), with_last_minute=with_last_minute), write_uses)
    for turn in turns:
        try:
            turn()
        except Exception:
            LOG.exception("noted things could not be written; they wait")
    close_old_connections()


def start_noting() -> threading.Thread:
    """From now on this process writes what it notes, and the rest when it stops."""

    def loop() -> None:
        while not stopped.wait(EVERY_S):
            write_noted()

    stopped = threading.Event()
    thread = threading.Thread(target=loop, name="noting", daemon=True)
    thread.start()
    atexit.register(write_noted, with_last_minute=True)
    atexit.register(stopped.set)
    return thread

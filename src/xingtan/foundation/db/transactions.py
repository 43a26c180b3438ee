"""One lock orders the writers of a SQLite file; PostgreSQL orders its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connections, transaction

P = ParamSpec("P")
R = TypeVar("R")

# Without it, writers of one SQLite file poll for each other's lock: fair order needs a queue, and a queue needs a lock.
_WRITERS: dict[str, threading.RLock] = {"default": threading.RLock(), "beats": threading.RLock()}


@contextmanager
def writing(using: str = "default") -> Iterator[None]:
    """A transaction that alone writes to its SQLite file, or an ordinary one on PostgreSQL; all of it happens or nothing."""
    if connections[using].vendor != "sqlite":
        with transaction.atomic(using=using):
            yield
        return
    with _WRITERS[using], transaction.atomic(using=using):
        yield


def atomic(function: Callable[P, R]) -> Callable[P, R]:
    """The action as one transaction of the main database: all five steps are kept, or none."""

    @wraps(function)
    def inside(*args: P.args, **kwargs: P.kwargs) -> R:
        with writing():
            return function(*args, **kwargs)

    return inside


def on_commit(act: Callable[[], object]) -> None:
    """`act` runs once the surrounding transaction is kept, and never if it is not."""
    transaction.on_commit(act)

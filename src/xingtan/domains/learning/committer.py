"""Group commit: one thread takes everything that waits and settles it in one transaction; each sender is answered after that."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Sequence

from django.db import DataError, IntegrityError, connections

from xingtan.foundation.db import BEATS

from .rules import stretched
from .settling import Answer, Post, settle

LOG = logging.getLogger(__name__)
MOST_A_BATCH = 1_000
PATIENCE_S = 20.0


class NotKept(RuntimeError):
    """The beats could not be kept now; the sender keeps them and tries again."""


class _Waiting:
    """A post and the place for its answer."""

    __slots__ = ("answer", "done", "post")

    def __init__(self, post: Post) -> None:
        self.post = post
        self.answer: Answer | None = None
        self.done = threading.Event()


class Committer:
    """One committing thread for this process, started with the first post."""

    def __init__(self) -> None:
        self._queue: list[_Waiting] = []
        self._news = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._commit_s = 0.0

    def submit(self, post: Post) -> Answer:
        """The post's answer, after the commit that holds its beats; raises `NotKept`."""
        waiting = _Waiting(post)
        with self._news:
            self._queue.append(waiting)
            self._ensure_thread()
            self._news.notify()
        if not waiting.done.wait(PATIENCE_S) or waiting.answer is None:
            raise NotKept
        return waiting.answer

    def close(self) -> None:
        """What waits is settled and the thread has ended."""
        with self._news:
            self._is_closed = True
            self._news.notify()
            thread = self._thread
        if thread:
            thread.join(PATIENCE_S)

    def _ensure_thread(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._is_closed = False
            self._thread = threading.Thread(target=self._run, name="beats", daemon=True)
            self._thread.start()

    def _run(self) -> None:
        try:
            while batch := self._take():
                self._settle(batch)
        finally:
            connections[BEATS].close()

    def _take(self) -> list[_Waiting]:
        """All that waits, 1,000 posts at most; empty when the committer was closed."""
        with self._news:
            while not self._queue and not self._is_closed:
                self._news.wait()
            batch, self._queue = self._queue[:MOST_A_BATCH], self._queue[MOST_A_BATCH:]
            return batch

    def _settle(self, batch: Sequence[_Waiting]) -> None:
        began = time.monotonic()
        try:
            self._answer(batch, settle([waiting.post for waiting in batch]))
        except (DataError, IntegrityError):
            LOG.exception("a batch of %s posts was refused by the database; each is tried alone", len(batch))
            self._settle_alone(batch)
        except Exception:  # whatever it is, the thread must live and the senders must be told
            LOG.exception("a batch of %s posts was not kept", len(batch))
            connections[BEATS].close()
        finally:
            self._commit_s = 0.7 * self._commit_s + 0.3 * (time.monotonic() - began)
            for waiting in batch:
                waiting.done.set()

    def _settle_alone(self, batch: Sequence[_Waiting]) -> None:
        for waiting in batch:
            try:
                self._answer([waiting], settle([waiting.post]))
            except Exception:  # only this sender is told no
                LOG.exception("a post was not kept")

    def _answer(self, batch: Sequence[_Waiting], answers: Sequence[Answer]) -> None:
        for waiting, answer in zip(batch, answers, strict=True):
            interval = waiting.post.claims.interval_s
            waiting.answer = answer | {"next_in": stretched(interval, self._commit_s, len(self._queue))}

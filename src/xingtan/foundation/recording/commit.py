"""One thread takes everything that waits and writes it in one transaction; each sender is answered after that."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from django.db import DataError, IntegrityError, connections

LOG = logging.getLogger(__name__)
MOST_A_BATCH = 1_000
PATIENCE_S = 20.0

Post = TypeVar("Post")
Answer = TypeVar("Answer")
Settle = Callable[[Sequence[Post]], Sequence[Answer]]


class NotKept(RuntimeError):
    """What was sent could not be kept now; the sender keeps it and tries again."""


class Load(NamedTuple):
    """How busy a committer is: seconds that a commit takes (a moving mean) and how many posts wait."""

    commit_s: float
    waiting: int


class _Waiting(Generic[Post, Answer]):
    """A post and the place for its answer."""

    __slots__ = ("answer", "done", "post")

    def __init__(self, post: Post) -> None:
        self.post = post
        self.answer: Answer | None = None
        self.done = threading.Event()


class GroupCommit(Generic[Post, Answer]):
    """One committing thread of this process, started with the first post.

    `settle` writes a whole batch in one committed transaction and answers in its order; it raises for all or for none. `stamp` marks a post
    as it takes its place in the queue, under the lock that orders the queue: what it counts is the order in which posts arrived.
    """

    def __init__(
        self, settle: Settle[Post, Answer], *, name: str, using: str, most: int = MOST_A_BATCH, stamp: Callable[[Post], Post] | None = None
    ) -> None:
        self._stamp = stamp
        self._settle_all = settle
        self._name = name
        self._using = using
        self._most = most
        self._queue: list[_Waiting[Post, Answer]] = []
        self._news = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_closed = False
        self._commit_s = 0.0

    @property
    def load(self) -> Load:
        """How busy it is now."""
        return Load(self._commit_s, len(self._queue))

    def submit(self, post: Post) -> Answer:
        """The post's answer, after the commit that holds it; raises `NotKept`."""
        waiting: _Waiting[Post, Answer] = _Waiting(post)
        with self._news:
            if self._stamp:
                waiting.post = self._stamp(post)
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
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()

    def _run(self) -> None:
        try:
            while batch := self._take():
                self._settle(batch)
        finally:
            connections[self._using].close()

    def _take(self) -> list[_Waiting[Post, Answer]]:
        """All that waits, as many posts as one batch takes; empty when the committer was closed."""
        with self._news:
            while not self._queue and not self._is_closed:
                self._news.wait()
            batch, self._queue = self._queue[: self._most], self._queue[self._most :]
            return batch

    def _settle(self, batch: Sequence[_Waiting[Post, Answer]]) -> None:
        began = time.monotonic()
        try:
            self._answer(batch)
        except (DataError, IntegrityError):
            LOG.exception("%s: a batch of %s posts was refused by the database; each is tried alone", self._name, len(batch))
            self._settle_alone(batch)
        except Exception:  # whatever it is, the thread must live and the senders must be told
            LOG.exception("%s: a batch of %s posts was not kept", self._name, len(batch))
            connections[self._using].close()
        finally:
            self._commit_s = 0.7 * self._commit_s + 0.3 * (time.monotonic() - began)
            for waiting in batch:
                waiting.done.set()

    def _settle_alone(self, batch: Sequence[_Waiting[Post, Answer]]) -> None:
        for waiting in batch:
            try:
                self._answer([waiting])
            except Exception:  # only this sender is told no
                LOG.exception("%s: a post was not kept", self._name)

    def _answer(self, batch: Sequence[_Waiting[Post, Answer]]) -> None:
        answers = self._settle_all([waiting.post for waiting in batch])
        for waiting, answer in zip(batch, answers, strict=True):
            waiting.answer = answer

"""The load of `bench.statements`; imported once Django is set up."""

from __future__ import annotations

import gc
import itertools
import statistics
import threading
import time
from collections.abc import Iterator

from django.db import connections

from xingtan.core.xapi import Version, read, stamp
from xingtan.domains.statements.drafts import Draft, drafts
from xingtan.domains.statements.rows import open_order, write_statements
from xingtan.domains.statements.states import Sender
from xingtan.domains.statements.storing import Post, settle
from xingtan.domains.statements.taking import Received, receive
from xingtan.foundation.db import BEATS, writing
from xingtan.foundation.recording import GroupCommit

from .statements_load_text import body

SENDER = Sender(
    1, 7, {"objectType": "Agent", "account": {"homePage": "https://xingtan.example.cn", "name": "key"}}, may_write=True, may_read=True
)


def figures(seconds: float, stored: int) -> Iterator[str]:
    """Rows of the table: statements a second in batches and one by one, each beside raw writing of the same rows; then with so many stored."""
    # As the server does once it is ready (config/wsgi.py).
    gc.collect()
    gc.freeze()
    first: dict[int, float] = {}
    for held in (0, stored) if stored else (0,):
        fill(held)
        for size, senders in ((100, 8), (1, 32)):
            most = raw(seconds / 2, 1_000 if size > 1 else 1)
            rate, slow, work = taken(seconds, size, senders)
            what = f"{connections[BEATS].vendor}: statements {'in batches of 100' if size > 1 else 'one a request'}"
            if held:
                yield f"| {what}, {held:,} stored | {rate:,.0f}/s | empty store {first[size]:,.0f}/s | {rate / first[size]:.2f} |"
                continue
            first[size] = rate
            told = f"{rate:,.0f}/s, p99 {slow:.0f} ms, {work:.0f} µs of processor, {senders} senders"
            yield f"| {what} | {told} | raw {'COPY or executemany' if size > 1 else 'INSERT'} {most:,.0f}/s | {rate / most:.2f} |"


def taken(seconds: float, size: int, senders: int) -> tuple[float, float, float]:
    """Statements a second through the door, the slowest hundredth of the requests in milliseconds, and our own processor's µs a statement."""
    committer: GroupCommit = GroupCommit(settle, name="statements", using=BEATS, most=32)
    bodies = [body(size) for _ in range(min(400, int(seconds * 24_000 / size)) if size > 1 else int(seconds * 6_000))]
    place = itertools.count()
    took: list[float] = []
    stop = time.monotonic() + seconds
    threads = [threading.Thread(target=_send, args=(committer, bodies, place, stop, took)) for _ in range(senders)]
    began, worked = time.monotonic(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.monotonic() - began
    committer.close()
    done = len(took) * size
    return done / spent, statistics.quantiles(took, n=100)[98] * 1000, (time.process_time() - worked) / done * 1_000_000


def _send(committer: GroupCommit, bodies: list[bytes], place: Iterator[int], stop: float, took: list[float]) -> None:
    """One sender that posts its next request as soon as the last is acknowledged."""
    while time.monotonic() < stop and (at := next(place)) < len(bodies):
        began = time.perf_counter()
        receive(Received(SENDER, Version.V1, "POST", None, "application/json", bodies[at]), committer)
        took.append(time.perf_counter() - began)


def ready(size: int) -> tuple[Draft, ...]:
    """So many new statements, ready to be stored."""
    return drafts(read(Version.V1, "application/json", body(size), single=False).statements, SENDER, {})


def raw(seconds: float, size: int) -> float:
    """Rows a second when nothing but the database works: one connection, prepared rows, one transaction for so many."""
    prepared = [ready(size) for _ in range(max(2, int(seconds * (40_000 if size > 1 else 4_000) / size)))]
    done, began = 0, time.monotonic()
    for some in prepared:
        _write(some)
        done += size
        if time.monotonic() - began > seconds:
            break
    return done / (time.monotonic() - began)


def _write(some: tuple[Draft, ...]) -> None:
    with writing(BEATS), connections[BEATS].cursor() as cursor:
        first = max(open_order(cursor, ())[0], time.time_ns() // 1_000) + 1
        text = stamp(first)
        write_statements(cursor, [(first + place, one, one.content(text)) for place, one in enumerate(some)])


def fill(stored: int) -> None:
    """The store holds so many more statements."""
    for _ in range(stored // 1_000):
        settle([Post(7, ready(1_000), {})])

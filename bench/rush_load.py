"""The load of `bench.rush`: presses at moments drawn beforehand, whether or not earlier ones were answered, over kept connections."""

from __future__ import annotations

import asyncio
import itertools
import json
import random
import statistics
import time
from collections import Counter
from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from django.db import connections

from .rush_world import wrong

Answer = tuple[float, int, dict[str, Any]]  # seconds from the moment it was due, status, what was said
SENDERS = 96


def measured(cast: SimpleNamespace, ports: Sequence[int], within: float, raw: float) -> tuple[list[str], bool]:
    """Rows of the table, and whether everything is as it must be."""
    bare = asyncio.run(_closed(ports, ["x.y"] * 3_000))
    draw = random.Random(3)  # noqa: S311 -- the same rush every time
    moments = sorted(draw.uniform(0, within) for _ in cast.tokens)
    began = time.monotonic()
    answers = asyncio.run(_open(ports, cast.tokens, moments))
    took = time.monotonic() - began
    again = asyncio.run(_open(ports, cast.tokens[:50], [0.0] * min(50, len(cast.tokens))))
    faults = wrong(cast) + _untold(answers, again)
    waits = sorted(wait for wait, _status, _said in answers)
    said = Counter(answer.get("state", "nothing") for _wait, _status, answer in answers)
    rate = len(answers) / took
    marks = statistics.quantiles(waits, n=100)
    name = f"{connections['default'].vendor}, {len(ports)} server{'s' * (len(ports) > 1)}"
    seats = sum(leaf.held for leaf in cast.leaves.values())
    told = f"{len(answers):,} presses within {within:.0f} s for {seats:,} seats of {len(cast.leaves)} quotas"
    times = f"p50 {marks[49] * 1000:.0f} ms, p99 {marks[98] * 1000:.0f} ms, slowest {waits[-1]:.2f} s"
    plain = f"the same rows by plain SQL, one transaction each, {raw:,.0f}/s"
    counts = ", ".join(f"{state} {count:,}" for state, count in sorted(said.items()))
    return [
        f"| the rush over HTTP, {name}: {told} | {rate:,.0f} decided/s, {times} | {plain} | {rate / raw:.2f} |",
        f"| the same | {rate:,.0f} decided/s | answers without anything decided {bare:,.0f}/s | {rate / bare:.2f} |",
        f"| answered | {counts} | {len(faults)} faults | |",
        *faults[:20],
    ], not faults


def _untold(answers: Sequence[Answer], again: Sequence[Answer]) -> list[str]:
    """Presses without a definite answer, and those that were told something else when they pressed again."""
    none = sum(status != 200 for _wait, status, _said in answers)
    other = sum(first[2]["state"] != second[2].get("state") for first, second in zip(answers, again, strict=False) if first[1] == 200)
    return [f"{none} presses without an answer"] * bool(none) + [f"{other} told something else the second time"] * bool(other)


async def _open(ports: Sequence[int], tokens: Sequence[str], moments: Sequence[float]) -> list[Answer]:
    loop, free = asyncio.get_running_loop(), [asyncio.LifoQueue[Any]() for _ in ports]
    start, turn = loop.time(), itertools.cycle(range(len(ports)))
    tasks = []
    for token, moment in zip(tokens, moments, strict=True):
        if (rest := start + moment - loop.time()) > 0:
            await asyncio.sleep(rest)
        place = next(turn)
        tasks.append(asyncio.create_task(_press(ports[place], free[place], token, start + moment)))
    return list(await asyncio.gather(*tasks))


async def _closed(ports: Sequence[int], tokens: Sequence[str]) -> float:
    """Answers a second when each sender presses as soon as it was answered."""
    loop, queue, free = asyncio.get_running_loop(), iter(tokens), asyncio.LifoQueue[Any]()
    began = loop.time()

    async def send(port: int) -> None:
        for token in queue:
            await _press(port, free, token, loop.time())

    await asyncio.gather(*(send(ports[0]) for _ in range(SENDERS)))
    return len(tokens) / (loop.time() - began)


async def _press(port: int, free: asyncio.LifoQueue[Any], token: str, due: float) -> Answer:
    reader, writer = free.get_nowait() if not free.empty() else await asyncio.open_connection("127.0.0.1", port)
    body = json.dumps({"token": token}).encode()
    writer.write(
        b"POST /press HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)
    )
    head = (await reader.readuntil(b"\r\n\r\n")).decode("ascii").lower()
    length = int(head.split("content-length:")[1].split("\r\n")[0])
    said = json.loads(await reader.readexactly(length))
    free.put_nowait((reader, writer))
    return asyncio.get_running_loop().time() - due, int(head.split()[1]), said

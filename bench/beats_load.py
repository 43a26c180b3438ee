"""The load of `bench.beats`; imported once Django is set up."""

from __future__ import annotations

import io
import itertools
import json
import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from django.db import connections, transaction

from xingtan.domains.learning.recorder import Recorder
from xingtan.domains.learning.rows import UNITS_PUT
from xingtan.domains.learning.tokens import player_token
from xingtan.foundation.db import BEATS

UNIT_S = 3_000
BEAT_S = 15
EACH = 8  # teachers of one sender, in turn
NUMBERS = itertools.count(1)


def figures(seconds: float, players: int) -> str:
    """Beats a second, their p99, raw upserts a second, and the ratio."""
    beats, slow = recorded(seconds, players)
    upserts = raw(seconds / 2)
    said = f"{connections[BEATS].vendor}: {beats:,.0f} beats/s (p99 {slow:.1f} ms, {players} senders)"
    return f"{said}, raw upserts one by one {upserts:,.0f}/s, ratio {beats / upserts:.2f}"


def memory(minutes: float, players: int) -> Iterator[str]:
    """The memory of this process while it records, ten times on the way."""
    recorder, took = Recorder(), list[float]()
    for part in range(1, 11):
        took.clear()
        _load(recorder, minutes * 6, players, took)
        own, mapped = _resident()
        rate = len(took) / (minutes * 6)
        yield f"{connections[BEATS].vendor}: after {part * minutes / 10:.1f} min {own:.0f} MiB own, {mapped:.0f} MiB mapped, {rate:,.0f} beats/s"
    recorder.committer.close()


def _resident() -> tuple[float, float]:
    """MiB of this process's own memory, and of files that it has mapped (SQLite's; the system takes those back when it needs to)."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    return int(status["RssAnon"].split()[0]) / 1024, int(status["RssFile"].split()[0]) / 1024


def recorded(seconds: float, players: int) -> tuple[float, float]:
    """Beats a second, and the time of the slowest hundredth in milliseconds."""
    recorder, took = Recorder(), list[float]()
    _load(recorder, seconds, players, took)
    recorder.committer.close()
    return len(took) / seconds, statistics.quantiles(took, n=100)[98] * 1000


def _load(recorder: Recorder, seconds: float, players: int, took: list[float]) -> None:
    stop = time.monotonic() + seconds
    threads = [threading.Thread(target=_study, args=(recorder, stop, took)) for _ in range(players)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _study(recorder: Recorder, stop: float, took: list[float]) -> None:
    """Some players that post their next beat as soon as the last is acknowledged, each through its unit and then through another."""
    players = [_beats(next(NUMBERS)) for _ in range(EACH)]
    while time.monotonic() < stop:
        for player in players:
            body = next(player)
            began = time.perf_counter()
            _post(recorder, body)
            took.append(time.perf_counter() - began)


def _beats(teacher_id: int) -> Iterator[bytes]:
    """One teacher's posts: a beat each fifteen seconds of units that were studied off line, so that every one counts fully."""
    for unit_id in itertools.count(1):
        opened = int(time.time()) - UNIT_S * 20 + UNIT_S * (unit_id % 20)
        token, _claims = player_token(teacher_id=teacher_id, unit_id=unit_id, length_s=UNIT_S, now_s=opened)
        for seq in range(UNIT_S // BEAT_S):
            at = seq * BEAT_S
            beat = {"seq": seq, "client_at": opened + at + BEAT_S, "from_s": at, "to_s": at + BEAT_S, "rate_centi": 100, "is_visible": True}
            yield json.dumps({"token": token, "beats": [beat]}).encode()


def _post(recorder: Recorder, body: bytes) -> None:
    said: list[str] = []
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/beat", "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    b"".join(recorder(environ, lambda status, _headers: said.append(status)))
    if said != ["200 OK"]:
        raise RuntimeError(said)


def raw(seconds: float) -> float:
    """Upserts of a progress row a second, one transaction each, one after the other."""
    done, stop = 0, time.monotonic() + seconds
    while time.monotonic() < stop:
        with transaction.atomic(using=BEATS), connections[BEATS].cursor() as cursor:
            cursor.execute(UNITS_PUT.one_by_one, (10**6 + done % 256, 1, UNIT_S, 1, "[[0,15]]", "{}", 15, 1, 15, 0, int(time.time())))
        done += 1
    return done / seconds

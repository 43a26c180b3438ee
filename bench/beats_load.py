"""The load of `bench.beats`; imported once Django is set up."""

from __future__ import annotations

import io
import json
import statistics
import threading
import time

from django.db import connections, transaction

from xingtan.domains.learning.recorder import Recorder
from xingtan.domains.learning.rows import UPSERT_UNIT
from xingtan.domains.learning.tokens import player_token
from xingtan.foundation.db import BEATS

UNIT_S = 3_000


def figures(seconds: float, players: int) -> str:
    """Beats a second, their p99, raw upserts a second, and the ratio."""
    beats, slow = recorded(seconds, players)
    upserts = raw(seconds, players)
    said = f"{connections[BEATS].vendor}: {beats:,.0f} beats/s (p99 {slow:.1f} ms, {players} players)"
    return f"{said}, raw upserts one by one {upserts:,.0f}/s, ratio {beats / upserts:.2f}"


def recorded(seconds: float, players: int) -> tuple[float, float]:
    """Beats a second, and the time of the slowest hundredth in milliseconds."""
    recorder, stop = Recorder(), time.monotonic() + seconds
    took: list[float] = []
    threads = [threading.Thread(target=_study, args=(recorder, number, stop, took)) for number in range(1, players + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    recorder.committer.close()
    return len(took) / seconds, statistics.quantiles(took, n=100)[98] * 1000


def _study(recorder: Recorder, teacher_id: int, stop: float, took: list[float]) -> None:
    """One player that posts its next beat as soon as the last is acknowledged."""
    token, _claims = player_token(teacher_id=teacher_id, unit_id=teacher_id, length_s=UNIT_S, now_s=int(time.time()) - UNIT_S)
    seq = 0
    while time.monotonic() < stop:
        at = seq % UNIT_S
        beat = {"seq": seq, "client_at": int(time.time()), "from_s": at, "to_s": at + 1, "rate_centi": 100, "is_visible": True}
        body = json.dumps({"token": token, "beats": [beat]}).encode()
        began = time.perf_counter()
        _post(recorder, body)
        took.append(time.perf_counter() - began)
        seq += 1


def _post(recorder: Recorder, body: bytes) -> None:
    said: list[str] = []
    environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/beat", "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
    b"".join(recorder(environ, lambda status, _headers: said.append(status)))
    if said != ["200 OK"]:
        raise RuntimeError(said)


def raw(seconds: float, players: int) -> float:
    """Upserts of a progress row a second, one transaction each."""
    done, stop = 0, time.monotonic() + seconds
    while time.monotonic() < stop:
        with transaction.atomic(using=BEATS), connections[BEATS].cursor() as cursor:
            cursor.execute(UPSERT_UNIT, (10**6 + done % players, 1, UNIT_S, "[[0, 1]]", "{}", 1, 1, int(time.time())))
        done += 1
    return done / seconds

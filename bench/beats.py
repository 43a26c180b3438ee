"""Heartbeats a second through the recorder's door, against raw upserts on the same database: `python -m bench.beats [seconds] [threads]`.

The load comes from threads of the same process, so the figure holds the load generator's own work; no HTTP is in it.
"""

from __future__ import annotations

import io
import json
import os
import statistics
import sys
import tempfile
import threading
import time

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 4.0
THREADS = int(sys.argv[2]) if len(sys.argv) > 2 else 32
UNIT_S = 3_000


def prepare():
    """A fresh data folder (unless XINGTAN_DATABASE_URL names a PostgreSQL) with every table."""
    os.environ.setdefault("XINGTAN_HOME", tempfile.mkdtemp(prefix="xingtan-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "xingtan.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    from django.db import connections

    for alias in connections:
        call_command("migrate", database=alias, verbosity=0)


def study(recorder, teacher_id, stop, took):
    """One player that posts its next beat as soon as the last is acknowledged."""
    from xingtan.domains.learning.tokens import player_token

    token, _claims = player_token(teacher_id=teacher_id, unit_id=teacher_id, length_s=UNIT_S, now_s=int(time.time()) - UNIT_S)
    seq = 0
    while time.monotonic() < stop:
        beat = {"seq": seq, "client_at": int(time.time()), "from_s": seq % UNIT_S, "to_s": seq % UNIT_S + 1, "rate_centi": 100, "is_visible": True}
        body = json.dumps({"token": token, "beats": [beat]}).encode()
        environ = {"REQUEST_METHOD": "POST", "PATH_INFO": "/beat", "CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
        began, said = time.perf_counter(), []
        b"".join(recorder(environ, lambda status, _headers, said=said: said.append(status)))
        assert said == ["200 OK"], said
        took.append(time.perf_counter() - began)
        seq += 1


def recorded():
    """Beats a second, and the time of the slowest hundredth in milliseconds."""
    from xingtan.domains.learning.api import Recorder

    recorder, took, stop = Recorder(), [], time.monotonic() + SECONDS
    threads = [threading.Thread(target=study, args=(recorder, number, stop, took)) for number in range(1, THREADS + 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    recorder.committer.close()
    return len(took) / SECONDS, statistics.quantiles(took, n=100)[98] * 1000


def raw():
    """Upserts of a progress row a second, one transaction each."""
    from django.db import connections, transaction

    from xingtan.domains.learning.rows import UPSERT_UNIT
    from xingtan.foundation.db import BEATS

    done, stop = 0, time.monotonic() + SECONDS
    while time.monotonic() < stop:
        with transaction.atomic(using=BEATS), connections[BEATS].cursor() as cursor:
            cursor.execute(UPSERT_UNIT, (10**6 + done % THREADS, 1, UNIT_S, "[[0, 1]]", "{}", 1, 1, int(time.time())))
        done += 1
    return done / SECONDS


def main():
    prepare()
    from django.db import connections

    from xingtan.foundation.db import BEATS

    beats, slow = recorded()
    upserts = raw()
    print(f"{connections[BEATS].vendor}: {beats:,.0f} beats/s (p99 {slow:.1f} ms, {THREADS} players), raw upserts one by one {upserts:,.0f}/s, ratio {beats / upserts:.2f}")


if __name__ == "__main__":
    main()

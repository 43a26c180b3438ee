"""A server killed in the middle of the rush: nothing acknowledged is lost, nobody stands twice, every seat is given once, by arrival."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections

from tests import rushing
from tests.domains.recording.harness import Killable
from tests.enrolling import teachers
from xingtan.domains.admissions.models import Application
from xingtan.domains.rush.tokens import write_token

pytestmark = [pytest.mark.race, pytest.mark.slow]
SEATS, EACH, PATIENCE_S = 6, 12, 60


def pressed(servers, token, until_s):
    """The answer, however often a server dies in between; each time another server may be asked."""
    for server in itertools.cycle(servers):
        assert time.monotonic() < until_s, "no answer"
        with contextlib.suppress(OSError, http.client.HTTPException, ValueError):
            with contextlib.closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)) as line:
                line.request("POST", "/press", json.dumps({"token": token}), {"Content-Type": "application/json"})
                answer = line.getresponse()
                said = json.loads(answer.read())
            if answer.status == 200:
                return said
        time.sleep(0.05)
    raise AssertionError


def test_killed_servers_lose_nothing_and_give_no_seat_twice(own_database):
    cast = rushing.build(SEATS)
    people = [one for school in (cast.school, cast.second, cast.elsewhere) for one in teachers(school, EACH)]
    tokens = [write_token(rushing.claims(cast, one)) for one in people]
    names = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    count = 2 if connection.vendor == "postgresql" else 1
    connections.close_all()
    started, answered = threading.Barrier(2), []
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(Killable(names)) for _ in range(count)]
        for server in servers:
            server.start()

        def kill():
            started.wait()
            for round_ in range(3):
                while len(answered) < 4 * (round_ + 1):
                    time.sleep(0.01)
                servers[round_ % count].kill()
                servers[round_ % count].start()

        def press(token):
            said = pressed(servers, token, time.monotonic() + PATIENCE_S)
            answered.append(said)
            return said

        killer = threading.Thread(target=kill)
        killer.start()
        started.wait()
        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(press, tokens))
        killer.join(PATIENCE_S)
    rows = {row.teacher_id: row for row in Application.everywhere.filter(project=cast.rush)}
    assert len(rows) == len(people) == Application.everywhere.filter(project=cast.rush).count()
    for one, said in zip(people, told, strict=True):
        assert (rows[one.pk].state, rows[one.pk].arrived) == (said["state"], said["number"])
    rushing.check_order(cast)

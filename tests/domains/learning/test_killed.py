"""SIGKILL during study: what was acknowledged is there afterwards, all of it."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.db import connections

from tests.domains.learning.players import Player
from xingtan.domains.learning.models import Beat, TeacherClock, UnitProgress

ROOT = Path(__file__).resolve().parents[3]
PLAYERS = 8


@pytest.mark.django_db(databases="__all__")  # so that every database is made
def test_nothing_was_recorded_before_the_first_beat():
    assert Beat.objects.count() == UnitProgress.objects.count() == TeacherClock.objects.count() == 0


def study(port, player, acknowledged):
    """Beats one after the other until the server is gone; what it acknowledged is written down."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    learned = 0
    for at in range(100_000):
        beat = player.beat(at % player.claims.length_s, at % player.claims.length_s + 1, int(time.time()))
        try:
            line.request("POST", "/beat", json.dumps(player.post(beat)))
            answer = line.getresponse()
            content = json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            break
        assert answer.status == 200
        learned = content["learned_s"]
        acknowledged.append((player.claims.session, beat["seq"], player.claims.teacher_id, learned))
    line.close()


@pytest.mark.race
@pytest.mark.slow
@pytest.mark.parametrize("lives_s", [0.4, 1.0, 1.7])
def test_what_was_acknowledged_survives(own_database, lives_s):
    names = {alias: connections[alias].settings_dict["NAME"] for alias in connections}
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
    command = [sys.executable, "-W", "ignore", str(Path(__file__).with_name("killed_server.py")), json.dumps(names)]
    acknowledged = []
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        port = int(server.stdout.readline())
        opened = int(time.time()) - 500
        players = [Player(teacher_id=n, unit_id=n, length_s=1000, now_s=opened) for n in range(1, PLAYERS + 1)]
        threads = [threading.Thread(target=study, args=(port, player, acknowledged)) for player in players]
        for thread in threads:
            thread.start()
        time.sleep(lives_s)
        os.kill(server.pid, signal.SIGKILL)
        for thread in threads:
            thread.join(30)
    kept = set(Beat.objects.values_list("session", "seq"))
    assert len(acknowledged) > PLAYERS
    assert {(session, seq) for session, seq, _teacher, _learned in acknowledged} <= kept
    for progress in UnitProgress.objects.all():
        assert progress.learned_s >= max(
            (learned for _s, _q, teacher, learned in acknowledged if teacher == progress.teacher_id), default=0
        )
    assert UnitProgress.objects.count() <= PLAYERS

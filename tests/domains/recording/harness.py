"""Senders that write down what was acknowledged, a server that can be killed under them, and the comparison afterwards."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import json
import os
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path

from tests.domains.learning.players import Player

ROOT = Path(__file__).resolve().parents[3]
BEAT_SENDERS, STATEMENT_SENDERS = 6, 3
PAUSE_S = 0.03
PATIENCE_S = 60


class Killable:
    """A recording server as a process of its own; it may be killed and started again at the same port."""

    def __init__(self, names, environment=None):
        self.names, self.environment, self.port, self.process = names, environment or {}, 0, None

    def __enter__(self):
        return self

    def __exit__(self, *_what):
        if self.process.returncode is None:
            self.kill()

    def start(self, most_bytes=None):
        """It answers."""
        environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"} | self.environment
        limit = [] if most_bytes is None else [str(most_bytes)]
        command = [
            sys.executable,
            "-W",
            "ignore",
            str(Path(__file__).with_name("server.py")),
            json.dumps(self.names),
            str(self.port),
            *limit,
        ]
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.port = int(self.process.stdout.readline())

    def kill(self):
        """SIGKILL; nothing of it is left."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


class Senders:
    """Players and programs that send one thing after the other, each until it is acknowledged; `acknowledged` and `sent` by kind."""

    def __init__(self, server, authorization):
        self.server, self.authorization = server, authorization
        self.acknowledged = {"beats": [], "statements": []}
        self.sent = {"beats": set(), "statements": set()}
        self.refused = 0
        self.stop = threading.Event()
        opened = int(time.time()) - 5_000
        self.players = [Player(teacher_id=n, unit_id=n, length_s=4_000, now_s=opened) for n in range(1, BEAT_SENDERS + 1)]
        acts = [(self._study, player) for player in self.players] + [(self._tell, None)] * STATEMENT_SENDERS
        self.threads = [threading.Thread(target=act, args=(one,)) for act, one in acts]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_what):
        self.stop.set()
        for thread in self.threads:
            thread.join(PATIENCE_S)

    def wait_for(self, more):
        """So many more things of each kind are acknowledged."""
        wanted = {kind: len(done) + more for kind, done in self.acknowledged.items()}
        until = time.monotonic() + PATIENCE_S
        while any(len(self.acknowledged[kind]) < count for kind, count in wanted.items()):
            assert time.monotonic() < until, ("too slow", {kind: len(done) for kind, done in self.acknowledged.items()}, wanted)
            time.sleep(0.02)

    def _study(self, player):
        session, start = player.claims.session, player.claims.opened_at
        for at in itertools.takewhile(self._goes_on, itertools.count()):
            second = at % player.claims.length_s
            beat = player.beat(second, second + 1, start + at + 1)
            self._until_acknowledged("beats", (session, beat["seq"]), "/beat", player.post(beat), {})

    def _tell(self, _one):
        headers = {"Authorization": self.authorization, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json"}
        while self._goes_on():
            name = str(uuid.uuid4())
            statement = {
                "id": name,
                "actor": {"mbox": "mailto:lin@example.cn"},
                "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
                "object": {"id": "https://provider.example.cn/courses/1"},
            }
            self._until_acknowledged("statements", name, "/xapi/statements", statement, headers)

    def _goes_on(self, _at=0):
        return not self.stop.is_set()

    def _until_acknowledged(self, kind, name, path, content, headers):
        """The same again until it is acknowledged: after a refusal, a broken line, another server at the same port."""
        self.sent[kind].add(name)
        while self._goes_on():
            with contextlib.suppress(OSError, http.client.HTTPException):
                with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE_S)) as line:
                    line.request("POST", path, json.dumps(content), headers)
                    answer = line.getresponse()
                    body = answer.read()
                assert answer.status in {200, 503}, (answer.status, body)
                if answer.status == 200 and body.endswith((b"}", b"]")):
                    self.acknowledged[kind].append(name)
                    return
                self.refused += 1
            time.sleep(PAUSE_S)


def compare(senders, rows):
    """Nothing that was acknowledged is missing, nothing is stored twice, nothing was never sent, and every count tells the same seconds.

    `rows` answers an SQL query.
    """
    beats = [(session, seq) for session, seq in rows("SELECT session, seq FROM learning_beat")]
    told = [str(uuid.UUID(str(name))) for (name,) in rows("SELECT statement_id FROM statements_statement")]
    for kind, stored in {"beats": beats, "statements": told}.items():
        done = senders.acknowledged[kind]
        assert len(done) == len(set(done))
        assert set(done) <= set(stored), f"{kind}: acknowledged and missing"
        assert len(stored) == len(set(stored)), f"{kind}: stored twice"
        assert set(stored) <= senders.sent[kind]
    counted = dict(rows("SELECT teacher_id, sum(counted_s) FROM learning_beat GROUP BY teacher_id"))
    assert counted == dict(rows("SELECT teacher_id, learned_s FROM learning_unitprogress"))
    assert counted == dict(rows("SELECT teacher_id, sum(learned_s) FROM learning_unitday GROUP BY teacher_id"))
    assert all(counted[player.claims.teacher_id] > 0 for player in senders.players)

"""Real processes: a centre that serves, a kit on a laptop of its own, and a line that breaks after so many bytes."""

from __future__ import annotations

import contextlib
import http.cookiejar
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

from tests.journeys.site import ROOT, environment, free_port

FILL = """
import django; django.setup()
import json
from django.utils import timezone
from xingtan.config.commands.setup import migrate
from tests import migrated; migrated.begin(); migrate()
from tests import kitting
cast = kitting.build_today(timezone.now())
print(json.dumps({"group": cast.group.public_id, "units": [one.public_id for one in cast.units],
    "people": {"lin": cast.lin_teacher.public_id, "mao": cast.mao.public_id}}))
"""
TOLD = """
import django; django.setup()
import json
from xingtan.domains.kits.models import CountedTime, Kit, KitBlock
from xingtan.domains.assessment.models import QuizAttempt
from xingtan.domains.learning import api as learning
from xingtan.domains.courses.models import Unit
rows = {}
for one in CountedTime.objects.select_related("teacher", "unit"):
    rows.setdefault(one.teacher.public_id, {})[one.unit.public_id] = learning.learned_of(one.teacher_id, [one.unit_id])[one.unit_id]
print(json.dumps({"learned": rows, "blocks": KitBlock.objects.count(), "attempts": QuizAttempt.everywhere.count(),
    "doubts": [kit.doubts for kit in Kit.everywhere.all()]}))
"""
START_SECONDS = 90


class Place:
    """A machine: a data folder, its environment, and perhaps a server."""

    def __init__(self, home, database=""):
        self.home, self.port, self.process = home, free_port(), None
        home.mkdir(parents=True, exist_ok=True)
        self.env = (
            environment(home)
            | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
            | ({"XINGTAN_DATABASE_URL": database} if database else {})
        )
        self.log = home / "serve.log"

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def python(self, code):
        done = subprocess.run(
            [sys.executable, "-c", code], env=self.env, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout.strip().splitlines()[-1])

    def run(self, *words):
        command = [sys.executable, "-m", "xingtan.cli", *map(str, words)]
        return subprocess.run(command, env=self.env, cwd=ROOT, capture_output=True, text=True, timeout=180, check=False)

    def start(self, *words):
        command = [sys.executable, "-m", "xingtan.cli", *map(str, words), "--port", str(self.port)]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, env=self.env, cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        until = time.monotonic() + START_SECONDS
        while not self.answers():
            assert time.monotonic() < until, self.log.read_text(encoding="utf-8")[-3000:]
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")[-3000:]
            time.sleep(0.1)

    def answers(self):
        try:
            urllib.request.urlopen(f"{self.url}/readyz", timeout=5).close()  # noqa: S310 -- our own server
        except (urllib.error.URLError, OSError):
            return False
        return True

    def end(self, how=signal.SIGKILL):
        if self.process is not None:
            os.killpg(self.process.pid, how)
            self.process.wait(timeout=30)
            self.process = None


class Browser:
    """Somebody at the laptop: follows links and sends forms with their hidden fields."""

    def __init__(self, url):
        self.url = url
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.text, self.at = "", url

    def get(self, path):
        return self._open(urllib.request.Request(self.url + path))  # noqa: S310 -- our own server

    def _open(self, request):
        try:
            with self.opener.open(request, timeout=30) as answer:
                self.text, self.at, status = answer.read().decode(), answer.url, answer.status
        except urllib.error.HTTPError as error:
            self.text, self.at, status = error.read().decode(), error.url, error.code
        return status

    def hidden(self, name):
        found = re.search(rf'name="{name}" value="([^"]*)"', self.text)
        return found.group(1) if found else ""

    def send(self, path, **values):
        values = {"csrfmiddlewaretoken": self.hidden("csrfmiddlewaretoken"), "token": self.hidden("token"), **values}
        data = urllib.parse.urlencode(values, doseq=True).encode()
        return self._open(urllib.request.Request(self.url + path, data=data, headers={"Referer": self.url + path}))  # noqa: S310 -- our own server

    def beat(self, player, csrf, **numbers):
        body = json.dumps({"rate_centi": 100, "signs": 3, **numbers}).encode()
        headers = {"Content-Type": "application/json", "X-CSRFToken": csrf}
        return self._open(urllib.request.Request(f"{self.url}/play/{player}/beat/", data=body, headers=headers))  # noqa: S310 -- our own server


class Cut(contextlib.AbstractContextManager):
    """A line to the server that breaks after so many bytes, both ways counted together."""

    def __init__(self, port, after):
        self.target, self.left = port, after
        self.lock = threading.Lock()

    def __enter__(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.server.settimeout(20)
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_given):
        self.server.close()

    def _accept(self):
        while True:
            try:
                near, _address = self.server.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.target))
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pass, args=(one, other), daemon=True).start()

    def _pass(self, one, other):
        with contextlib.suppress(OSError):
            while data := one.recv(512):
                with self.lock:
                    allowed = data[: self.left]
                    self.left -= len(allowed)
                other.sendall(allowed)
                if len(allowed) < len(data):
                    break
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def lines_of(place: Path):
    return [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]

"""A real site for the browser: the small demonstration in a data folder of its own, and `xingtan serve` as a process that can be killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EVERY_16TH_SCHOOL = 16
LOAD = """
import django; django.setup()
from xingtan.config.commands.setup import migrate
from xingtan.config.demo import load
migrate()
load.load(show=print, every={every})
print("\\n".join(load.sign_in_table()))
"""
START_SECONDS = 60


def environment(home: Path) -> dict[str, str]:
    """No knob of a person's own site, and the data folder that is meant."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XINGTAN_")}
    return kept | {"XINGTAN_HOME": str(home), "DJANGO_SETTINGS_MODULE": "xingtan.config.settings", "PYTHONPATH": str(ROOT / "src")}


def load_demonstration(home: Path) -> str:
    """Every sixteenth school of the demonstration county stands in this folder; the answer is what the start would print."""
    command = [sys.executable, "-c", LOAD.format(every=EVERY_16TH_SCHOOL)]
    done = subprocess.run(command, env=environment(home), cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@dataclass
class Site:
    """A data folder with a server on it; `kill` is what a power cut does."""

    home: Path
    said: str
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """The server answers on its port."""
        command = [sys.executable, "-m", "xingtan.cli", "serve", "--port", str(self.port)]
        log = (self.home / "serve.log").open("ab")
        self.process = subprocess.Popen(command, env=environment(self.home), cwd=ROOT, stdout=log, stderr=log, start_new_session=True)
        log.close()
        until = time.monotonic() + START_SECONDS
        while not self.answers():
            assert time.monotonic() < until, self.log()
            assert self.process.poll() is None, self.log()
            time.sleep(0.2)

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.url}/readyz", timeout=5).close()  # noqa: S310 -- our own server
        except (urllib.error.URLError, OSError):
            return False
        return True

    def kill(self) -> None:
        """Every process of the server is gone between two instructions; nothing could be tidied up."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is None:
            return
        os.killpg(self.process.pid, how)
        self.process.wait(timeout=30)
        self.process = None

    def log(self) -> str:
        return (self.home / "serve.log").read_text(encoding="utf-8")[-4000:]

"""The site that pictures are taken of: a demonstration with every fourth school (`SHOTS_EVERY=1`: all), or a copy of the data in `XINGTAN_HOME`."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EVERY = "4"
START_SECONDS = 600
SIGN_IN = re.compile(r"^  (?P<role>[a-z_]+)\s{2,}(?P<login>\S+)\s{2,}")
PASSWORD = re.compile(r"password of all: (\S+)\)")
CODE = re.compile(r"^  page (?P<state>[a-z]+) (?P<code>\S+)$")
# Runs inside the program: the data stands at this version, and what a visitor needs to know of it is printed.
PREPARE = """
import os, sys
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "xingtan.config.settings"
django.setup()
from xingtan.config.commands.setup import migrate
from xingtan.config.demo.load import load, sign_in_table
from xingtan.domains.certificates.models import CertificatePage
from xingtan.foundation.scope.models import Organisation
migrate()
if not Organisation.everywhere.exists():
    load(show=lambda said: print(said, file=sys.stderr), every=int(sys.argv[1]))
print("\\n".join(sign_in_table()))
for state in ("valid", "revoked"):
    page = CertificatePage.everywhere.filter(state=state).order_by("pk").first()
    if page:
        print(f"  page {state} {page.check_code}")
"""


@dataclass(frozen=True)
class Site:
    """A running site: its address, the password of all, a sign-in name per role, a check code per state of a certificate's page."""

    url: str
    password: str
    logins: dict[str, str]
    codes: dict[str, str] = field(default_factory=dict)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        return int(place.getsockname()[1])


@contextmanager
def running_site() -> Iterator[Site]:
    """A site with a demonstration is up, and gone afterwards with its data; `SHOTS_URL` names one that already runs on `XINGTAN_HOME`."""
    with tempfile.TemporaryDirectory(prefix="xingtan-shots-") as folder:
        home, given = Path(folder) / "home", os.environ.get("XINGTAN_HOME", "")
        running = os.environ.get("SHOTS_URL", "")
        if running:
            home = Path(given)
        elif given and (Path(given) / "xingtan.sqlite3").exists():
            shutil.copytree(given, home)
        environment = os.environ | {"XINGTAN_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}", "PYTHONUNBUFFERED": "1"}
        said = prepare(environment)
        if running:
            yield site_from(running, said)
            return
        with serving(environment, Path(folder) / "log") as url:
            yield site_from(url, said)


def prepare(environment: dict[str, str]) -> str:
    """The data stands; returns what is printed about it."""
    command = [sys.executable, "-c", PREPARE, os.environ.get("SHOTS_EVERY", EVERY)]
    return subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8").stdout


@contextmanager
def serving(environment: dict[str, str], log: Path) -> Iterator[str]:
    """The program serves at the address that is given, and stops afterwards."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "xingtan.cli", "serve", "--port", str(port)]
        server = subprocess.Popen(command, env=environment, stdout=out, stderr=subprocess.STDOUT, cwd=ROOT)
    try:
        wait_until_ready(f"{url}/readyz", server, log)
        yield url
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_until_ready(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """The site answers; raises with its log when it ended or took too long."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310 -- our own server
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"the site did not start:\n{log.read_text(encoding='utf-8')[-4000:]}")


def site_from(url: str, said: str) -> Site:
    """What was printed, as a site: the first sign-in of each role, a check code of each state."""
    logins: dict[str, str] = {}
    for found in filter(None, map(SIGN_IN.match, said.splitlines())):
        logins.setdefault(found["role"], found["login"])
    codes = {found["state"]: found["code"] for found in filter(None, map(CODE.match, said.splitlines()))}
    password = PASSWORD.search(said)
    return Site(url, password.group(1) if password else "", {"visitor": "", **logins}, codes)

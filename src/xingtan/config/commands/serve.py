"""`xingtan run`, `serve`, `recorder` and `worker`."""

from __future__ import annotations

import argparse
import os
import time

from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from xingtan.config.background import Background
from xingtan.config.demo import load as demo
from xingtan.config.env import ENV
from xingtan.foundation.entrance.needed import mark_demonstration

from . import upkeep
from .screen import complain, say
from .setup import migrate, pending_migrations


def run(chosen: argparse.Namespace) -> int:
    """Serve until stopped."""
    if chosen.command == "worker":
        return _work()
    if chosen.command == "recorder" and ENV.is_sqlite:
        complain("a SQLite file has one writing process: there `xingtan serve` records; the recorder is for PostgreSQL")
        return 2
    if chosen.command == "run":
        _prepare(with_demo=not chosen.no_demo)
        _greet(chosen.host, chosen.port)
    elif pending := pending_migrations():
        complain(f"{len(pending)} migrations are pending: run `xingtan migrate` first")
        return 2
    if chosen.command == "recorder":
        _listen("xingtan.config.recording:application", chosen, workers=chosen.workers)
        return 0
    return serve_pages(chosen)


def _prepare(*, with_demo: bool) -> None:
    if pending := pending_migrations():
        if upkeep.has_data():
            say(f"Backup before {len(pending)} migrations: {upkeep.write_backup()}")
        migrate()
    if with_demo and not upkeep.has_data():
        demo.load(show=say)
    elif demo.is_loaded():  # by a version that did not yet mark it
        mark_demonstration()


def _greet(host: str, port: int) -> None:
    say(f"\nXingtan 杏坛  http://{host}:{port}/")
    for line in demo.sign_in_table():
        say(line)


def serve_pages(chosen: argparse.Namespace) -> int:
    """Pages on the chosen host and port until stopped."""
    os.environ["XINGTAN_SERVING"] = "1"
    _listen("xingtan.config.wsgi:application", chosen, workers=1)
    return 0


def _listen(application: str, chosen: argparse.Namespace, *, workers: int) -> None:
    """Answers requests until it is told to stop."""
    _let_go()
    Granian(
        application,
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=chosen.threads,
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,
    ).serve()


def _let_go() -> None:
    """The processes that serve are forks of this one, and inherit no connection: a pool that crossed a fork hands out none."""
    for connection in connections.all():
        connection.close()
        if connection.vendor == "postgresql":
            connection.close_pool()  # type: ignore[attr-defined]  # -- of Django's PostgreSQL wrapper only


def _work() -> int:
    background = Background()
    say("Background work begins; stop with Ctrl+C.")
    while True:
        background.turn()
        time.sleep(Background.PAUSE)

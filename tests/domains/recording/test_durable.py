"""Acknowledged means durable: killed servers, killed databases, a full disk, restarts in the middle; nothing is missing, nothing stands twice."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path

import psycopg
import pytest
from django.db import connections

from tests import enrolling
from tests.domains.recording.harness import ROOT, Killable, Senders, compare
from tests.lrs_calling import key_for
from tools import postgres
from xingtan.domains.learning.models import Beat
from xingtan.foundation.db import BEATS
from xingtan.foundation.people.roles import Role

pytestmark = [pytest.mark.race, pytest.mark.slow]
SMALL_DISK = 3 * 2**20


@pytest.mark.django_db(databases="__all__")  # so that every database is made
def test_nothing_was_recorded_before_the_first_beat():
    assert Beat.objects.count() == 0


def names_now():
    return {alias: connections[alias].settings_dict["NAME"] for alias in connections}


def provider_key():
    return key_for(enrolling.actor_of(Role.PROVIDER_STAFF, enrolling.tree().provider), now=enrolling.LATER)


def rows(sql):
    with connections[BEATS].cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def test_a_server_killed_and_started_again_under_load_loses_nothing(own_database):
    names, key = names_now(), provider_key()
    connections.close_all()
    with Killable(names) as server, Senders(server, key) as senders:
        server.start()
        for _round in range(2):
            senders.wait_for(15)
            server.kill()
            server.start()
        senders.wait_for(15)
    compare(senders, rows)


@pytest.fixture
def small_disk(tmp_path):
    """A folder on a disk of three megabytes that can be made larger; where nobody may mount one, files of the server may grow so far."""
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", str(tmp_path)], check=False, capture_output=True)
    is_mounted = mounted.returncode == 0
    yield tmp_path, is_mounted
    if is_mounted:
        subprocess.run(["umount", "-l", str(tmp_path)], check=True)


@pytest.mark.sqlite
def test_a_full_disk_refuses_and_loses_nothing(own_database, small_disk):
    folder, is_mounted = small_disk
    key, names = provider_key(), names_now()
    connections.close_all()
    place = folder / "beats.sqlite3"
    shutil.copy(names[BEATS], place)
    with Killable(names | {BEATS: str(place)}) as server, Senders(server, key) as senders:
        server.start(None if is_mounted else SMALL_DISK)
        until = time.monotonic() + 20
        while senders.refused < 10 and time.monotonic() < until:
            time.sleep(0.02)
        assert senders.refused >= 10  # the disk is full, and the senders were told so
        if is_mounted:
            subprocess.run(["mount", "-o", "remount,size=200m", str(folder)], check=True)
        else:
            server.kill()
            server.start()
        senders.wait_for(10)
    with contextlib.closing(import_module("sqlite3").connect(place)) as kept:
        assert kept.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        compare(senders, lambda sql: kept.execute(sql).fetchall())


@pytest.fixture
def own_server(tmp_path_factory):
    """A PostgreSQL of the test's own with the whole schema, whose commits wait for the disk; and a provider's key in it."""
    folder = postgres.own_folder()
    server = postgres.get_server(folder / "data", cleanup_mode="stop")
    server.psql("CREATE DATABASE xingtan;")
    made = Path(__file__).with_name("prepare.py")
    url = server.get_uri("xingtan")
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "XINGTAN_DATABASE_URL": url}
    key = subprocess.run([sys.executable, str(made)], env=environment, check=True, capture_output=True, text=True).stdout.split("\n")[-2]
    yield server, url, key
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def is_alive(pid):
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    return False


def kill_and_start(server):
    """SIGKILL to the postmaster; its children end of themselves, and it is started again on what is on the disk."""
    pid = server.get_pid()
    family = [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + 20
    while any(is_alive(one) for one in family):
        assert time.monotonic() < until
        time.sleep(0.05)
    # Nobody may be there to bury the killed process, and PostgreSQL takes a process of that number for itself.
    for lock in [server.pgdata / "postmaster.pid", *server.get_postmaster_info().socket_dir.glob(".s.PGSQL.*.lock")]:
        if lock.read_text().split()[0] == str(pid):
            lock.unlink()
    while time.monotonic() < until + 60:
        with contextlib.suppress(subprocess.SubprocessError, psycopg.OperationalError):
            server.ensure_postgres_running()
            psycopg.connect(server.get_uri("xingtan")).close()
            return
        time.sleep(0.2)
    raise AssertionError("PostgreSQL does not start again")


@pytest.mark.postgres
def test_a_database_killed_under_load_loses_nothing(own_server):
    database, url, key = own_server
    with Killable({"default": "xingtan"}, {"XINGTAN_DATABASE_URL": url}) as server, Senders(server, key) as senders:
        server.start()
        for _round in range(2):
            senders.wait_for(15)
            kill_and_start(database)
        senders.wait_for(15)
    with psycopg.connect(url) as connection:
        compare(senders, lambda sql: connection.execute(sql).fetchall())

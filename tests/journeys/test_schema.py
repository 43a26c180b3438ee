"""The short way in which an empty database is migrated makes what the long way makes."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from tests.journeys import site as sites

SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
LONG = """
import django; django.setup()
from django.core.management import call_command
from django.db import connections
for alias in connections:
    call_command("migrate", database=alias, verbosity=0)
"""


@pytest.mark.browser
def test_both_ways_of_migrating_make_the_same_tables(served, tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", LONG], env=sites.environment(tmp_path), capture_output=True, text=True, timeout=900, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]
    for file in ("xingtan.sqlite3", "xingtan-beats.sqlite3"):
        with closing(sqlite3.connect(served.home / file)) as site, closing(sqlite3.connect(tmp_path / file)) as way:
            short, long = site.execute(SCHEMA).fetchall(), way.execute(SCHEMA).fetchall()
        assert len(short) > 3
        assert short == long

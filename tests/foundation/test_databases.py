"""The tests run on the database that was asked for, set up as in production."""

from __future__ import annotations

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def test_the_database_is_the_one_that_was_asked_for(request):
    expected = {"sqlite": "sqlite", "postgres": "postgresql"}[request.config.getoption("--database")]
    assert connection.vendor == expected


@pytest.mark.sqlite
def test_sqlite_is_a_file_in_which_an_append_only_trigger_cannot_be_gone_round():
    with connection.cursor() as cursor:
        pragmas = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "foreign_keys", "recursive_triggers", "synchronous")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "recursive_triggers": 1, "synchronous": 2}


@pytest.mark.postgres
def test_postgresql_is_15_or_newer_and_keeps_utc():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int >= 150000, current_setting('TimeZone')")
        assert cursor.fetchone() == (True, "UTC")

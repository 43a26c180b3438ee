"""The tests run on the database that was asked for, set up as in production."""

from __future__ import annotations

import threading

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from xingtan.foundation.db import writing


@pytest.mark.django_db
def test_the_database_is_the_one_that_was_asked_for(request):
    expected = {"sqlite": "sqlite", "postgres": "postgresql"}[request.config.getoption("--database")]
    assert connection.vendor == expected


@pytest.mark.sqlite
@pytest.mark.django_db
def test_sqlite_is_a_file_in_which_an_append_only_trigger_cannot_be_gone_round():
    with connection.cursor() as cursor:
        pragmas = {
            name: cursor.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "foreign_keys", "recursive_triggers", "synchronous")
        }
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "recursive_triggers": 1, "synchronous": 2}


@pytest.mark.postgres
@pytest.mark.django_db
def test_postgresql_is_15_or_newer_and_keeps_utc():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version_num')::int >= 150000, current_setting('TimeZone')")
        assert cursor.fetchone() == (True, "UTC")


def add(name):
    with writing():
        ContentType.objects.create(app_label="race", model=name)
    connection.close()


@pytest.mark.race
@pytest.mark.parametrize("turn", [1, 2])
def test_threads_write_to_a_database_of_their_own_that_is_gone_afterwards(own_database, turn):
    threads = [threading.Thread(target=add, args=(f"thread{number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert ContentType.objects.filter(app_label="race").count() == 8

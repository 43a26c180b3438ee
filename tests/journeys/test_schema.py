"""The short way in which tests migrate makes what the long way makes."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from django.db import connections

SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"


def test_both_ways_of_migrating_make_the_same_tables(served, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        for alias, file in (("default", "xingtan.sqlite3"), ("beats", "xingtan-beats.sqlite3")):
            with connections[alias].cursor() as cursor:
                cursor.execute(SCHEMA)
                short = cursor.fetchall()
            with closing(sqlite3.connect(served.home / file)) as site:
                long = site.execute(SCHEMA).fetchall()
            assert len(short) > 3
            assert short == long

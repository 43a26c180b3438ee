"""A small demonstration county for tests that walk many pages: loaded once into a database of its own, through the doors."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest
from django.db import connections

from tests.conftest import copied
from xingtan.config.demo import cast
from xingtan.config.demo.load import load

EVERY_16TH_SCHOOL = 16


@pytest.fixture(scope="module", name="county")
def a_small_county(django_db_setup, django_db_blocker):
    """Every sixteenth school of the demonstration county stands, with its years; gone after the module."""
    with django_db_blocker.unblock(), contextlib.ExitStack() as copies:
        for alias in connections.settings:
            copies.enter_context(copied(connections[alias]))
        load(show=lambda text: None, every=EVERY_16TH_SCHOOL)
        cast.seat_all(STRANGERS, from_on=FROM, now=NOW, with_password=True)
        yield


NOW = datetime.now(UTC)
FROM = NOW.date()
STRANGERS = (
    cast.Seat("clerk-wu", "吴一凡", cast.Role.SCHOOL_CLERK, "螺川路实验小学"),
    cast.Seat("reviewer-wu", "吴二酉", cast.Role.SCHOOL_REVIEWER, "螺川路实验小学"),
    cast.Seat("city-wu", "吴三省", cast.Role.CITY_OFFICER, "南昌市"),
    cast.Seat("supervisor-wu", "吴思齐", cast.Role.SUPERVISOR, "南昌市"),
)

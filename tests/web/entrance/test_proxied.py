"""Proxies in front that the operator did not count are noticed at sign-in and told by the doctor."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from xingtan.config.commands import doctor
from xingtan.web.entrance.proxied import NOTE, noted_proxies

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings):
    """The site's folder, in which nothing is noted before and after."""
    place = Path(settings.HOME) / NOTE
    place.unlink(missing_ok=True)
    yield place.parent
    place.unlink(missing_ok=True)


def come(browser, direct, told):
    headers = {"X-Forwarded-For": told} if told else {}
    browser.post("/sign-in/", {"identity": "nobody", "password": "wrong"}, headers=headers, REMOTE_ADDR=direct)


@pytest.mark.parametrize(
    "case",
    [
        (0, "127.0.0.1", "", ""),
        (0, "127.0.0.1", "203.0.113.7", "more"),
        (0, "10.0.0.2", "203.0.113.7", "more"),
        (0, "8.8.8.8", "203.0.113.7", ""),  # from afar anybody may write the header
        (1, "127.0.0.1", "203.0.113.7", ""),
        (1, "127.0.0.1", "", "fewer"),
        (1, "8.8.8.8", "", ""),
        (2, "127.0.0.1", "203.0.113.7", "fewer"),
    ],
)
def test_a_neighbour_that_names_clients_other_than_counted_is_noted(home, browser, settings, case):
    settings.PROXIES, direct, told, noted = case
    come(browser, direct, told)
    assert noted_proxies() == noted
    assert doctor._proxies().is_well is not bool(noted)  # the whole doctor is tested elsewhere


def test_what_was_mended_or_is_a_week_old_is_not_told(home, browser, settings):
    come(browser, "127.0.0.1", "203.0.113.7")
    settings.PROXIES = 1
    assert noted_proxies() == ""
    settings.PROXIES = 0
    assert noted_proxies() == "more"
    old = time.time() - 8 * 24 * 3600
    os.utime(home / NOTE, (old, old))
    assert noted_proxies() == ""

from __future__ import annotations

from importlib import import_module

import pytest
from django.test import Client
from django.test.testcases import LiveServerThread


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    """What is tested here is not how slow a hash is."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(quick_hashes, request):
    # A server's threads see only what is committed; everything else is undone after the test.
    request.getfixturevalue("served" if "served" in request.fixturenames else "db")
    # A conftest is read before Django's settings; the cast needs its models.
    return import_module("tests.entering").build()


@pytest.fixture
def browser():
    return Client()


@pytest.fixture
def asked_for(settings):
    """Second factors are asked for, as on a real site."""
    settings.SECOND_FACTOR = True


@pytest.fixture
def served(own_database, settings):
    """The address of a server on a database of its own, whose threads see what the test commits."""
    server = LiveServerThread("127.0.0.1", lambda handler: handler)
    server.daemon = True
    server.start()
    server.is_ready.wait(30)
    assert server.error is None, server.error
    settings.PUBLIC_URL = f"http://127.0.0.1:{server.port}"
    yield settings.PUBLIC_URL
    server.terminate()

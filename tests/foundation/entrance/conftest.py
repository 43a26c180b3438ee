from __future__ import annotations

from importlib import import_module

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    """What is tested here is not how slow a hash is."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def cast(quick_hashes, db):
    # A conftest is read before Django's settings; the cast needs its models.
    return import_module("tests.entering").build()


@pytest.fixture
def browser():
    return Client()


@pytest.fixture
def asked_for(settings):
    """Second factors are asked for, as on a real site."""
    settings.SECOND_FACTOR = True

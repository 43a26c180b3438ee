from __future__ import annotations

from importlib import import_module

import pytest


@pytest.fixture
def now(monkeypatch):
    """Every request arrives on the day of the casts."""
    moment = import_module("tests.crediting").NOW
    monkeypatch.setattr(import_module("xingtan.web.middleware").timezone, "now", lambda: moment)
    return moment


@pytest.fixture
def cast(db, now):
    # A conftest is read before Django's settings; the cast needs its models.
    return import_module("tests.crediting").build()


@pytest.fixture
def call(now):
    """`call(actor)` is a program with that actor's token."""
    caller = import_module("tests.calling").Caller

    def as_actor(actor=None, *, language=""):
        return caller(actor, now=now, language=language)

    return as_actor

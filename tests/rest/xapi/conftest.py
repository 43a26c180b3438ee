from __future__ import annotations

from importlib import import_module

import pytest


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """What is sent is stored in the test's own transaction, without the committing thread."""
    rooms = "xingtan.domains.statements."
    settle = import_module(f"{rooms}storing").settle
    monkeypatch.setattr(import_module(f"{rooms}taking").COMMITTER, "submit", lambda post: settle([post])[0])
    import_module(f"{rooms}api").forget_senders()


@pytest.fixture
def cast(db):
    return import_module("tests.crediting").build()


@pytest.fixture
def lrs(cast):
    """A provider's program with every right."""
    calling = import_module("tests.lrs_calling")
    now = import_module("tests.crediting").NOW
    return calling.Client(calling.key_for(cast.ming, now=now, may_read_projects=True))

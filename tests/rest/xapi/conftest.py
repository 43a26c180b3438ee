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
def ming(db):
    """A provider's clerk, with nothing but the tree around."""
    enrolling = import_module("tests.enrolling")
    return enrolling.actor_of(enrolling.Role.PROVIDER_STAFF, enrolling.tree().provider)


@pytest.fixture
def lrs(ming):
    """A provider's program with every right but that of reading what its other keys wrote."""
    calling = import_module("tests.lrs_calling")
    return calling.Client(calling.key_for(ming, now=import_module("tests.enrolling").LATER))


@pytest.fixture
def cast(db):
    """The provider with a project, and trainee Lin in it."""
    return import_module("tests.crediting").build()

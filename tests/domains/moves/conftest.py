"""The cast of the register's tests, and a way to hand in rows."""

from __future__ import annotations

from importlib import import_module

import pytest


@pytest.fixture
def cast(db):
    # A conftest is read before Django's settings; the cast needs its models.
    return import_module("tests.rostering").cast()


@pytest.fixture
def hand_in(tmp_path):
    """Hands in rows as an actor and returns what the import did."""
    rostering, rosters = import_module("tests.rostering"), import_module("xingtan.domains.rosters.api")

    def act(actor, rows, *, now=rostering.NOW, good_only=False, **workbook):
        path = rostering.write(tmp_path / "roster.xlsx", rows, **workbook)
        return rosters.import_roster(actor=actor, path=path, now=now, good_only=good_only)

    return act

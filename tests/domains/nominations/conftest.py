from __future__ import annotations

from importlib import import_module

import pytest


@pytest.fixture
def admitting(db):
    # A conftest is read before Django's settings; the cast needs its models.
    return import_module("tests.admitting").build()

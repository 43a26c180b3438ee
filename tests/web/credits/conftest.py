from __future__ import annotations

from importlib import import_module

import pytest
from django.test import Client


@pytest.fixture
def cast(db):
    # A conftest is read before Django's settings; the cast needs its models.
    return import_module("tests.crediting").build()


@pytest.fixture(autouse=True)
def november(monkeypatch):
    """Pages see the day on which the cast's windows are open."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: import_module("tests.crediting").NOW)


@pytest.fixture
def signed_in():
    accounts = import_module("xingtan.foundation.people.models").Account

    def sign_in(actor):
        client = Client()
        client.force_login(accounts.objects.get(pk=actor.account_id), backend="xingtan.foundation.people.sign_in.NumberOrPhoneBackend")
        return client

    return sign_in

from __future__ import annotations

from importlib import import_module

import pytest
from django.test import Client


@pytest.fixture
def cast(db, monkeypatch):
    # A conftest is read before Django's settings; the cast needs its models.
    tutoring = import_module("tests.tutoring")
    monkeypatch.setattr("xingtan.web.middleware.timezone.now", lambda: tutoring.NOW)
    return tutoring.build()


@pytest.fixture
def as_actor():
    """A browser in which this actor is signed in."""

    def sign_in(actor):
        account = import_module("xingtan.foundation.people.models").Account
        client = Client()
        client.force_login(account.objects.get(pk=actor.account_id))
        return client

    return sign_in

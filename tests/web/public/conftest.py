from __future__ import annotations

from importlib import import_module

import pytest
from django.test import Client


@pytest.fixture
def cast(db):
    # A conftest is read before Django's settings; the cast needs its models.
    return import_module("tests.enrolling").build()


@pytest.fixture
def browser():
    return Client()


@pytest.fixture
def as_actor():
    """A browser in which this actor is signed in."""

    def sign_in(actor):
        from xingtan.foundation.people.models import Account  # noqa: PLC0415 -- read after the settings

        client = Client()
        client.force_login(Account.objects.get(pk=actor.account_id))
        return client

    return sign_in

from __future__ import annotations

from importlib import import_module

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture
def cast(db):
    # A conftest is read before Django's settings; the cast needs its models.
    return import_module("tests.certifying").build()


@pytest.fixture
def page(cast):
    """Lin's page of 2026."""
    [made] = import_module("tests.certifying").issued(cast)
    return made


@pytest.fixture
def browser():
    cache.clear()
    return Client(headers={"Accept-Language": "en"}, HTTP_COOKIE="django_language=en")


@pytest.fixture
def as_actor():
    """A browser in which this actor is signed in, in English."""

    def sign_in(actor):
        account = import_module("xingtan.foundation.people.models").Account.objects.get(pk=actor.account_id)
        client = Client()
        client.force_login(account)
        client.cookies["django_language"] = "en"
        return client

    return sign_in

from __future__ import annotations

from importlib import import_module

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture
def cast(db):
    # A conftest is read before Django's settings; the cast needs its models.
    return import_module("tests.reviewing").build()


@pytest.fixture
def as_actor():
    """A browser in which this actor is signed in, in English."""

    def sign_in(actor):
        cache.clear()
        client = Client()
        client.force_login(import_module("xingtan.foundation.people.models").Account.objects.get(pk=actor.account_id))
        client.cookies["django_language"] = "en"
        return client

    return sign_in

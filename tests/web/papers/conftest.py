from __future__ import annotations

from importlib import import_module

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture
def cast(db):
    # A conftest is read before Django's settings; the cast needs its models.
    made = import_module("tests.certifying").build()
    import_module("tests.certifying").examined(made, [made.lin_teacher])
    return made


@pytest.fixture
def as_actor():
    """A browser in which this actor is signed in, in English."""

    def sign_in(actor):
        cache.clear()
        account = import_module("xingtan.foundation.people.models").Account.objects.get(pk=actor.account_id)
        client = Client()
        client.force_login(account)
        client.cookies["django_language"] = "en"
        return client

    return sign_in

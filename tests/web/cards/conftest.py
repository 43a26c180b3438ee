from __future__ import annotations

from importlib import import_module

import pytest
from django.test import Client


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

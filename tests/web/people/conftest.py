"""Two counties with schools, clerks and officers who can sign in, and teachers."""

from __future__ import annotations

from importlib import import_module

import pytest


@pytest.fixture
def cast(db):
    # A conftest is read before Django's settings; the cast needs its models.
    rostering = import_module("tests.rostering")
    cast = rostering.cast()
    cast.far_clerk = rostering.actor("school_clerk", cast.far, "far")
    cast.city_office = rostering.actor("city_officer", cast.city, "city")
    return cast


@pytest.fixture
def page():
    client, models = import_module("django.test").Client, import_module("xingtan.foundation.people.models")

    def sign_in(actor):
        browser = client()
        browser.force_login(models.Account.objects.get(pk=actor.account_id))
        return browser

    return sign_in


@pytest.fixture
def registered(cast, tmp_path):
    rostering, rosters = import_module("tests.rostering"), import_module("xingtan.domains.rosters.api")

    def act(people, actor=None):
        rosters.import_roster(actor=actor or cast.head, path=rostering.write(tmp_path / "in.xlsx", people), now=rostering.NOW)

    return act

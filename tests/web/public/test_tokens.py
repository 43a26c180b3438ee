"""One's own API keys: shown once, acting in the present role, revoked by their owner only."""

from __future__ import annotations

import re

import pytest

from xingtan.foundation.people.models import ApiToken

SECRET = re.compile(r"xt_[\w-]{40,}")


@pytest.fixture
def zhou(cast, as_actor):
    return as_actor(cast.zhou)


def made(browser, name="统计平台"):
    return SECRET.search(browser.post("/tokens/", {"name": name}).content.decode()).group()


def test_a_key_is_shown_once_and_acts_in_the_present_role(cast, zhou):
    secret = made(zhou)
    page = zhou.get("/tokens/")
    assert "统计平台" in page.content.decode()
    assert secret not in page.content.decode()
    assert secret not in str(ApiToken.objects.values())
    me = zhou.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).json()
    assert (me["role"], me["organisation"]["id"]) == ("county_officer", cast.county.public_id)


def test_a_key_needs_a_name(zhou):
    answer = zhou.post("/tokens/", {"name": " "})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()


def test_its_owner_revokes_it_and_nobody_else(cast, zhou, as_actor):
    secret = made(zhou)
    token = ApiToken.objects.get()
    assert as_actor(cast.mei).post("/tokens/revoke/", {"token": token.pk}).status_code == 404
    assert as_actor(cast.lin).get("/tokens/").status_code == 200
    for _again in range(2):
        assert zhou.post("/tokens/revoke/", {"token": token.pk}).status_code == 302
    assert zhou.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_a_visitor_is_sent_to_sign_in(cast, browser):
    assert browser.get("/tokens/")["Location"].startswith("/sign-in/")

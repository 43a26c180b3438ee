"""Signing in with the region's identity provider: our own provider, on a live server, plays that part."""

from __future__ import annotations

import secrets
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client

from tests.entering import NUMBERS, is_in, now, set_up_app, sign_in
from xingtan.foundation.entrance import region as client
from xingtan.foundation.entrance.sites import register_site
from xingtan.foundation.entrance.tokens import TokenAdapter
from xingtan.foundation.people.models import Account

BACK = "http://testserver/sign-in/region/back/"
CLAIMS = {"login": "lin", "number": NUMBERS["lin"], "staff_number": "Z-0017"}


@pytest.fixture
def region(cast, served, settings, monkeypatch):
    """The region's provider names people by a claim of its own, `xm`; here it is the number, the staff number or the sign-in name."""
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    made = register_site(actor=cast.actors["province"], name="本平台", addresses=["http://localhost/sign-in/region/back/"], now=now())
    made.site.set_redirect_uris([BACK])
    made.site.save()
    told = {"issuer": served, "client_id": made.site.pk, "secret": made.secret, "label": "赣教云"}

    def configure(match, value=None):
        settings.REGION_SIGN_IN = {**told, "claim": "xm", "match": match, "scope": "openid"}
        claims = TokenAdapter.get_claims
        value = CLAIMS[match] if value is None else value
        monkeypatch.setattr(TokenAdapter, "get_claims", lambda self, *args, **kwargs: {**claims(self, *args, **kwargs), "xm": value})
        return settings.REGION_SIGN_IN

    return configure


def go_there(browser, person="lin"):
    """The browser is sent there, the person agrees there, and comes back with this address."""
    there = browser.get("/sign-in/region/", {"next": "/messages/"}).headers["Location"]
    at_region = Client()
    sign_in(at_region, person)
    page = at_region.get(f"{urlsplit(there).path}?{urlsplit(there).query}")
    form = {"request": page.context["form"].initial["request"], "scopes": ["openid"], "action": "grant"}
    back = at_region.post(urlsplit(there).path, form).headers["Location"]
    return f"{urlsplit(back).path}?{urlsplit(back).query}"


@pytest.mark.parametrize("match", ["number", "staff_number", "login"])
def test_the_claim_that_the_operator_named_opens_the_one_account(region, browser, match, cast):
    region(match)
    assert browser.get(go_there(browser)).headers["Location"] == "/messages/"
    assert browser.session["_auth_user_id"] == str(cast.accounts["lin"].pk)


@pytest.mark.parametrize("value", ["nobody", "", 17])
def test_no_account_is_ever_made(region, browser, value):
    region("login", value)
    before = Account.objects.count()
    assert browser.get(go_there(browser)).headers["Location"] == "/sign-in/"
    assert not is_in(browser)
    assert Account.objects.count() == before


def test_a_closed_account_stays_closed(region, browser):
    region("number")
    back = go_there(browser)
    Account.objects.filter(login="lin").update(is_active=False)
    browser.get(back)
    assert not is_in(browser)


def test_who_has_a_second_factor_here_is_asked_for_it(region, browser, settings):
    settings.SECOND_FACTOR = True
    holder = Client()
    sign_in(holder, "lin")
    set_up_app(holder)
    region("number")
    assert browser.get(go_there_with_factor(browser)).headers["Location"] == "/sign-in/factor/"
    assert not is_in(browser)


def go_there_with_factor(browser):
    """The same person is Chen at the region's end: what counts here is the claim."""
    return go_there(browser, "chen")


def test_an_answer_to_nobodys_question_is_refused(region, browser):
    region("number")
    back = go_there(browser)
    stranger = Client()
    assert stranger.get(back).headers["Location"] == "/sign-in/"
    assert not is_in(stranger)
    state = parse_qs(urlsplit(back).query)["state"][0]
    assert browser.get(back.replace(state, secrets.token_urlsafe(32))).headers["Location"] == "/sign-in/"
    assert browser.get(back).headers["Location"] == "/sign-in/"  # the question was asked once
    assert not is_in(browser)


@pytest.mark.parametrize("wrong", [{"nonce": "other"}, {"aud": "other"}, {"iss": "http://127.0.0.1:1"}, {"exp": 1000}, {"key": "other"}])
def test_a_token_that_is_not_signed_fresh_and_for_us_is_refused(region, browser, wrong, monkeypatch):
    at = region("number")
    encode = jwt.encode

    def altered(claims, key, **more):
        changed = {**claims, **{name: value for name, value in wrong.items() if name != "key"}}
        if "key" in wrong:
            return encode(changed, "a-shared-secret-of-at-least-32-bytes", algorithm="HS256", headers=more["headers"])
        return encode(changed, key, **more)

    monkeypatch.setattr("allauth.idp.oidc.internal.oauthlib.request_validator.jwt.encode", altered)
    assert browser.get(go_there(browser)).headers["Location"] == "/sign-in/"
    assert not is_in(browser)
    assert at["label"] == "赣教云"


def test_a_provider_that_does_not_answer_leaves_the_password(region, browser, settings):
    region("number")
    settings.REGION_SIGN_IN = {**settings.REGION_SIGN_IN, "issuer": "http://127.0.0.1:9"}
    assert browser.get("/sign-in/region/").headers["Location"] == "/sign-in/"
    assert sign_in(browser, "lin").status_code == 302


@pytest.mark.parametrize(
    ("address", "safe"),
    [("https://id.example.cn/a", True), ("http://127.0.0.1:80/a", True), ("http://id.example.cn/a", False), ("file:///etc/passwd", False)],
)
def test_only_safe_addresses_are_called(address, safe):
    assert client._is_safe(address) is safe


@pytest.mark.django_db
def test_without_a_region_there_is_no_such_page(browser):
    assert browser.get("/sign-in/region/").headers["Location"] == "/sign-in/"
    assert browser.get("/sign-in/region/back/?code=x&state=").headers["Location"] == "/sign-in/"
    assert browser.get("/sign-in/").context["region"] is None

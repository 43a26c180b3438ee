"""We as an identity provider, over a live server, walked by a real client library (oauthlib, PyJWT) and a browser's cookies."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
from django.test import Client
from oauthlib.oauth2 import WebApplicationClient

from tests.entering import NUMBERS, PASSWORD, PHONES, now, sign_in
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.entrance.sites import new_secret, register_site, withdraw_site
from xingtan.foundation.entrance.spent import spend
from xingtan.foundation.entrance.token_keys import add_token_key
from xingtan.foundation.people.models import Account

BACK = "https://kejian.example.cn/back"
TAILS = ("?x=1", "/", "#x", "/../back", "%20")


class Site:
    """Another site's program: it finds everything by the issuer's address alone."""

    def __init__(self, made, issuer, browser):
        self.id, self.secret, self.browser = made.site.pk, made.secret, browser
        self.about = requests.get(f"{issuer}/.well-known/openid-configuration", timeout=10).json()
        self.client = WebApplicationClient(self.id)
        self.verifier = self.client.create_code_verifier(64)

    def address(self, scope=("openid", "profile", "school"), **more):
        asked = {
            "code_challenge": self.client.create_code_challenge(self.verifier, "S256"),
            "code_challenge_method": "S256",
            "nonce": "n-1",
        }
        return self.client.prepare_request_uri(
            self.about["authorization_endpoint"], redirect_uri=BACK, scope=list(scope), state="s-1", **{**asked, **more}
        )

    def agree(self, scopes=("openid", "profile", "school"), action="grant", **more):
        """The person's browser asks, agrees, and is sent back; the answer is where to."""
        page = self.browser.get(path_of(self.address(**more)))
        assert page.status_code == 200, (page.status_code, page.headers)
        form = {"request": page.context["form"].initial["request"], "scopes": list(scopes), "action": action}
        return self.browser.post(urlsplit(self.about["authorization_endpoint"]).path, form).headers["Location"]

    def tokens(self, back, **more):
        told = self.client.parse_request_uri_response(back, state="s-1")
        body = self.client.prepare_request_body(
            code=told["code"], redirect_uri=BACK, include_client_id=False, **{"code_verifier": self.verifier, **more}
        )
        return self.send(body)

    def send(self, body, secret=None):
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        auth = (self.id, secret or self.secret)
        return requests.post(self.about["token_endpoint"], data=body, headers=headers, auth=auth, timeout=20)

    def claims(self, token):
        key = jwt.PyJWKClient(self.about["jwks_uri"]).get_signing_key_from_jwt(token)
        return jwt.decode(token, key, algorithms=["RS256"], audience=self.id, issuer=self.about["issuer"])

    def person(self, token):
        return requests.get(self.about["userinfo_endpoint"], headers={"Authorization": f"Bearer {token}"}, timeout=10)


def path_of(address):
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"


@pytest.fixture
def made(cast):
    return register_site(actor=cast.actors["province"], name="课件站", addresses=[BACK], now=now())


@pytest.fixture
def site(cast, made, served, browser, monkeypatch):
    """The other site, and Lin's browser, in which she is signed in here; the library talks http only because it is told so."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    sign_in(browser, "lin")
    return Site(made, served, browser)


def test_a_person_signs_in_there_and_the_site_learns_name_and_school_and_no_number(site, cast):
    answer = site.tokens(site.agree())
    assert answer.status_code == 200, answer.text
    told = answer.json()
    claims = site.claims(told["id_token"])
    person = site.person(told["access_token"]).json()
    assert claims["nonce"] == "n-1"
    assert (person["name"], person["school"], person["roles"]) == ("lin", "青禾实验小学", ["teacher"])
    assert person["sub"] == claims["sub"]
    whole = f"{claims}{person}"
    account = Account.objects.get(login="lin")
    assert not any(secret in whole for secret in (NUMBERS["lin"], PHONES["lin"], account.number_index, account.public_id))
    assert "no-store" in answer.headers["Cache-Control"]
    assert AuditLine.objects.filter(act="entrance.site_agreed", account_id=account.pk).exists()


def test_it_learns_only_what_was_ticked(site):
    told = site.tokens(site.agree(scopes=["openid"])).json()
    assert set(site.person(told["access_token"]).json()) == {"sub"}


def test_two_sites_know_a_person_by_two_names(site, cast, served, browser):
    first = site.claims(site.tokens(site.agree()).json()["id_token"])["sub"]
    again = site.claims(site.tokens(site.agree()).json()["id_token"])["sub"]
    other = register_site(actor=cast.actors["province"], name="另一站", addresses=[BACK], now=now())
    second = Site(other, served, browser)
    assert first == again
    assert second.claims(second.tokens(second.agree()).json()["id_token"])["sub"] != first


def test_a_code_is_good_once_and_only_with_its_verifier(site):
    back = site.agree()
    assert site.tokens(back, code_verifier="x" * 64).status_code == 400
    back = site.agree()
    assert site.tokens(back).status_code == 200
    assert site.tokens(back).status_code == 400


def test_a_code_that_comes_twice_takes_back_whatever_came_of_it(site):
    other = site.tokens(site.agree()).json()
    back = site.agree()
    first = site.tokens(back).json()
    renewed = site.send(site.client.prepare_refresh_body(refresh_token=first["refresh_token"])).json()
    assert site.person(renewed["access_token"]).status_code == 200
    assert site.tokens(back).status_code == 400
    assert {site.person(told["access_token"]).status_code for told in (first, renewed)} == {401}
    assert site.send(site.client.prepare_refresh_body(refresh_token=renewed["refresh_token"])).status_code == 400
    assert site.person(other["access_token"]).status_code == 200
    assert AuditLine.objects.filter(act="entrance.code_used_twice").count() == 1


def test_a_code_used_at_the_same_time_gives_nobody_a_token(site):
    told = parse_qs(urlsplit(site.agree()).query)
    tokens = site.tokens(site.agree()).json()
    assert spend(told["code"][0], [tokens["access_token"]], now=now())
    assert not spend(told["code"][0], [tokens["refresh_token"]], now=now())
    assert site.person(tokens["access_token"]).status_code == 401


def test_what_a_site_learns_is_kept_by_nobody_on_the_way(site):
    token = site.tokens(site.agree()).json()["access_token"]
    assert site.person(token).headers["Cache-Control"] == "no-store"
    assert site.person("wrong").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("missing", [{"code_challenge": ""}, {"code_challenge_method": "plain"}])
def test_a_request_without_pkce_goes_back_with_an_error(site, missing):
    answer = site.browser.get(path_of(site.address(**missing)))
    assert answer.status_code == 302
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert answer.headers["Location"].startswith(BACK)
    assert (query["error"], query["state"]) == (["invalid_request"], ["s-1"])


@pytest.mark.parametrize(
    "wrong",
    [{"redirect_uri": "https://evil.example/back"}, {"client_id": "nobody"}, *({"redirect_uri": f"{BACK}{tail}"} for tail in TAILS)],
)
def test_nobody_is_sent_to_an_address_that_is_not_registered(site, wrong):
    address = site.address()
    for name, value in wrong.items():
        parts = urlsplit(address)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()} | {name: value}
        address = f"{parts.path}?" + "&".join(f"{key}={requests.utils.quote(text, safe='')}" for key, text in query.items())
    answer = site.browser.get(path_of(address))
    assert answer.status_code == 200
    assert "Location" not in answer.headers
    assert "form" not in answer.context or "request" not in str(answer.context.get("form", ""))


def test_saying_no_tells_the_site_no(site):
    assert "error=access_denied" in site.agree(action="deny")


def test_a_visitor_is_sent_to_sign_in_and_comes_back(site):
    visitor = Client()
    place = path_of(site.address())
    there = visitor.get(place).headers["Location"]
    assert there.startswith("/sign-in/?next=")
    back = sign_in(visitor, "chen", next=parse_qs(urlsplit(there).query)["next"][0]).headers["Location"]
    assert back == place


def test_a_refresh_token_is_changed_at_each_use(site):
    first = site.tokens(site.agree()).json()
    body = site.client.prepare_refresh_body(refresh_token=first["refresh_token"])
    second = site.send(body)
    assert second.status_code == 200
    assert second.json()["refresh_token"] != first["refresh_token"]
    assert site.send(body).status_code == 400
    assert site.person(second.json()["access_token"]).status_code == 200


def test_a_wrong_secret_and_other_grants_open_nothing(site, cast):
    back = site.agree()
    code = parse_qs(urlsplit(back).query)["code"][0]
    body = f"grant_type=authorization_code&code={code}&redirect_uri={BACK}&code_verifier={site.verifier}"
    assert site.send(body, secret="wrong").status_code == 401
    assert site.send("grant_type=password&username=lin&password=" + PASSWORD).status_code == 400
    assert site.send("grant_type=client_credentials").status_code == 400


def test_a_new_secret_voids_the_old_and_a_withdrawn_site_is_out(site, cast):
    token = site.tokens(site.agree()).json()["access_token"]
    fresh = new_secret(actor=cast.actors["province"], site_id=site.id, now=now())
    assert site.tokens(site.agree()).status_code == 401
    site.secret = fresh.secret
    assert site.tokens(site.agree()).status_code == 200
    withdraw_site(actor=cast.actors["province"], site_id=site.id, now=now())
    assert site.person(token).status_code == 401
    assert site.browser.get(path_of(site.address())).context.get("client") is None


def test_the_person_disconnects_the_site(site):
    token = site.tokens(site.agree()).json()["access_token"]
    assert [row[0].pk for row in site.browser.get("/security/").context["sites"]] == [site.id]
    assert site.browser.post("/security/site/forget/", {"one": site.id}).status_code == 302
    assert site.person(token).status_code == 401
    assert site.browser.post("/security/site/forget/", {"one": site.id}).status_code == 404


def test_a_closed_accounts_tokens_open_nothing(site):
    told = site.tokens(site.agree()).json()
    Account.objects.filter(login="lin").update(is_active=False)
    assert site.person(told["access_token"]).status_code == 401
    assert site.send(site.client.prepare_refresh_body(refresh_token=told["refresh_token"])).status_code == 400


def test_an_older_key_is_still_published_for_what_it_signed(site):
    token = site.tokens(site.agree()).json()["id_token"]
    add_token_key()
    assert site.claims(token)["sub"]
    fresh = site.tokens(site.agree()).json()["id_token"]
    assert jwt.get_unverified_header(fresh)["kid"] != jwt.get_unverified_header(token)["kid"]
    assert site.claims(fresh)["sub"]


@pytest.mark.filterwarnings("ignore:The default scheme will be changed")  # the library's form field, gone with Django 6
def test_signing_out_there_asks_and_signs_out_here(site):
    token = site.tokens(site.agree()).json()["id_token"]
    place = urlsplit(site.about["end_session_endpoint"]).path
    page = site.browser.get(place, {"id_token_hint": token, "post_logout_redirect_uri": BACK, "state": "bye"})
    assert page.status_code == 200
    form = dict(page.context["form"].data.items())
    answer = site.browser.post(place, {**form, "action": "logout", "csrfmiddlewaretoken": str(page.context["csrf_token"])})
    assert answer.headers["Location"] == f"{BACK}?state=bye"
    assert site.browser.get("/messages/").status_code == 302


def test_the_page_that_asks_may_send_people_only_to_that_site(site):
    page = site.browser.get(path_of(site.address()))
    policy = page.headers["Content-Security-Policy"]
    assert "form-action 'self' https://kejian.example.cn" in policy
    assert page.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "address",
    [
        "http://kejian.example.cn/back",
        "https://*.example.cn/back",
        "javascript:alert(1)",
        "https://a/#x",
        "",
        "https://a/#",
        "https://pt.example@evil.example/back",
        "https://pt.example:x@evil.example/",
        "https://pt.example\\@evil.example/",
        "https://[::1/",
        "https:///back",
        "http://localhost@evil.example/",
        "https://pt.example:0/",
        "https://pt.example /back",
    ],
)
def test_unsafe_addresses_are_not_registered(cast, address, browser):
    sign_in(browser, "province")
    answer = browser.post("/bureau/sites/add/", {"name": "x", "addresses": address})
    assert answer.status_code in (409, 422)
    assert not answer.context["rows"].exists()


def test_the_province_registers_a_site_by_the_page_and_sees_the_secret_once(cast, browser):
    sign_in(browser, "province")
    answer = browser.post("/bureau/sites/add/", {"name": "课件站", "addresses": f"{BACK}\n", "scopes": ["profile"]})
    made = answer.context["made"]
    assert made.secret in answer.content.decode()
    assert made.secret not in browser.get("/bureau/sites/").content.decode()
    assert made.site.get_scopes() == ["openid", "profile"]
    assert made.secret not in made.site.secret
    assert browser.post("/bureau/sites/secret/", {"site": made.site.pk}).context["made"].secret != made.secret
    assert browser.post("/bureau/sites/withdraw/", {"site": made.site.pk}).status_code == 302
    assert browser.post("/bureau/sites/withdraw/", {"site": made.site.pk}).status_code == 404


@pytest.mark.parametrize("login", ["lin", "chen", "zhou", "city"])
def test_nobody_else_registers_sites(cast, browser, login):
    sign_in(browser, login)
    assert browser.get("/bureau/sites/").status_code == 403
    assert browser.post("/bureau/sites/add/", {"name": "x", "addresses": BACK}).status_code == 403

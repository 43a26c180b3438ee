"""Browsers in which one is signed in: listed coarsely, ended by their holder, by a new password, never by another."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.entering import PASSWORD, is_in, sign_in
from xingtan.foundation.entrance.models import Visit
from xingtan.foundation.entrance.visits import coarse, device_of

pytestmark = pytest.mark.django_db
NEW = "ming-yue-song-jian"


def opened(browser):
    return browser.get("/messages/").status_code == 200


@pytest.fixture
def three(cast):
    """Lin is signed in in three browsers."""
    browsers = [Client(REMOTE_ADDR=f"198.51.100.{n}") for n in range(3)]
    for browser in browsers:
        sign_in(browser, "lin")
    return browsers


def test_every_browser_is_listed_and_this_one_marked(three):
    rows = three[0].get("/security/").context["visits"]
    assert [row["is_here"] for row in rows].count(True) == 1
    assert {row["visit"].place for row in rows} == {"198.51.0.0/16"}
    assert len(rows) == 3


def test_one_browser_is_signed_out(three):
    second = Visit.objects.get(session_key=three[1].session.session_key)
    three[0].post("/security/visits/end/", {"one": second.public_id})
    assert [opened(browser) for browser in three] == [True, False, True]


def test_all_others_are_signed_out(three):
    three[0].post("/security/visits/end-others/")
    assert [opened(browser) for browser in three] == [True, False, False]


def test_a_browser_of_another_stays(three, cast):
    stranger = Client()
    sign_in(stranger, "chen")
    stranger.post("/security/visits/end/", {"one": Visit.objects.filter(account__login="lin")[0].public_id})
    stranger.post("/security/visits/end-others/")
    assert all(opened(browser) for browser in three)


def change(browser, old=PASSWORD, new=NEW, again=NEW):
    return browser.post("/security/password/", {"old": old, "password": new, "again": again})


def test_a_new_password_signs_all_others_out_and_keeps_this_one(three):
    assert change(three[0]).status_code == 302
    assert [opened(browser) for browser in three] == [True, False, False]
    assert [row["is_here"] for row in three[0].get("/security/").context["visits"]] == [True]
    assert sign_in(Client(), "lin").status_code == 422
    assert sign_in(Client(), "lin", NEW).status_code == 302


@pytest.mark.parametrize("wrong", [{"old": "wrong"}, {"again": "another-one-9"}, {"new": "12345678", "again": "12345678"}])
def test_a_password_stays_when_anything_is_wrong(three, wrong):
    assert change(three[0], **wrong).status_code == 422
    assert all(opened(browser) for browser in three)


def test_guessing_the_present_password_is_slowed(three):
    for _attempt in range(5):
        change(three[0], old="wrong")
    assert change(three[0]).status_code == 422


def test_a_sign_in_gets_a_session_of_its_own(cast, browser):
    browser.get("/sign-in/")
    session = browser.session
    session["seen"] = 1
    session.save()
    before = session.session_key
    browser.cookies["xingtan"] = before
    sign_in(browser, "lin")
    assert browser.session.session_key != before
    assert is_in(browser)


def test_an_offices_browser_is_signed_out_in_the_evening(cast, browser):
    sign_in(browser, "zhou")
    assert browser.session.get_expiry_age() <= 12 * 3600


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0", "WeChat"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Edge · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Firefox/120.0", "Firefox · Linux"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_browser_is_two_words_at_most(agent, said):
    assert device_of(agent).endswith(said)
    assert len(device_of(agent)) <= 60


@pytest.mark.parametrize(
    ("address", "said"), [("203.0.113.7", "203.0.0.0/16"), ("2001:db8:1:2::5", "2001:db8::/32"), ("127.0.0.1", "localhost"), ("x", "")]
)
def test_an_address_loses_what_names_one_machine(address, said):
    assert coarse(address) == said

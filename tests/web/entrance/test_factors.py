"""Second factors: administrators set one up first, a code is good once, recovery codes, taking away, a fresh proof for heavy acts."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.entering import NUMBERS, PASSWORD, code_now, is_in, set_up_app, sign_in
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.entrance import factors
from xingtan.foundation.entrance.models import Sealed
from xingtan.foundation.inbox.models import Message
from xingtan.web.entrance import guard

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("asked_for")]


def age(browser, seconds=3600):
    """As if the holder had proved who they are so long ago."""
    session = browser.session
    session["entrance_fresh"] = int(time.time()) - seconds
    session.save()


@pytest.mark.parametrize("login", ["zhou", "city", "province"])
def test_an_administrator_without_a_factor_is_led_to_set_one_up_before_anything_else(cast, browser, login):
    sign_in(browser, login)
    for address in ("/bureau/", "/bureau/people/", "/messages/", "/security/", "/tokens/"):
        assert browser.get(address).headers["Location"] == "/security/app/", address
    assert browser.post("/bureau/people/give/", {}).headers["Location"] == "/security/app/"
    page = browser.get("/security/app/")
    assert page.context["is_needed"] is True
    assert browser.get("/bureau/", headers={"hx-request": "true"}).headers["HX-Redirect"] == "/security/app/"


@pytest.mark.parametrize("login", ["lin", "chen"])
def test_teachers_and_schools_are_not_led_anywhere(cast, browser, login):
    sign_in(browser, login)
    assert browser.get("/messages/").status_code == 200


def test_an_app_is_set_up_with_its_code_and_opens_everything_from_then_on(cast, browser):
    sign_in(browser, "zhou")
    secret = set_up_app(browser)
    assert browser.get("/messages/").status_code == 200
    other = Client()
    answer = sign_in(other, "zhou", next="/messages/")
    assert answer.headers["Location"] == "/sign-in/factor/"
    assert not is_in(other)
    assert other.get("/messages/").status_code == 302
    assert other.post("/sign-in/factor/", {"code": code_now(secret)}).headers["Location"] == "/messages/"
    assert other.get("/messages/").status_code == 200


def test_a_code_opens_once_and_none_older_than_it(cast, browser):
    sign_in(browser, "zhou")
    secret = set_up_app(browser)
    used = code_now(secret)
    first, second = Client(), Client()
    sign_in(first, "zhou")
    assert first.post("/sign-in/factor/", {"code": used}).status_code == 302
    sign_in(second, "zhou")
    assert second.post("/sign-in/factor/", {"code": used}).status_code == 422
    assert second.post("/sign-in/factor/", {"code": code_now(secret, -1)}).status_code == 422
    assert not is_in(second)


def test_guessing_codes_is_slowed_like_guessing_passwords(cast, browser):
    sign_in(browser, "zhou")
    secret = set_up_app(browser)
    other = Client()
    sign_in(other, "zhou")
    for _attempt in range(5):
        other.post("/sign-in/factor/", {"code": "000000"})
    assert other.post("/sign-in/factor/", {"code": code_now(secret)}).status_code == 422
    assert not is_in(other)


def test_the_second_step_needs_the_first_and_ends_with_it(cast, browser):
    assert browser.get("/sign-in/factor/").headers["Location"] == "/sign-in/"
    sign_in(browser, "zhou")
    secret = set_up_app(browser)
    other = Client()
    sign_in(other, "zhou")
    session = other.session
    session["entrance_pending"] = {**session["entrance_pending"], "at": int(time.time()) - 601}
    session.save()
    assert other.post("/sign-in/factor/", {"code": code_now(secret)}).headers["Location"] == "/sign-in/"


def test_recovery_codes_open_once_each(cast, browser):
    sign_in(browser, "zhou")
    set_up_app(browser)
    codes = browser.post("/security/codes/").context["codes"]
    assert len(codes) == 10
    for code, status in ((codes[0], 302), (codes[0], 422), (codes[1], 302)):
        other = Client()
        sign_in(other, "zhou")
        assert other.post("/sign-in/factor/", {"code": code}).status_code == status
    assert factors.codes_left(cast.accounts["zhou"].pk) == 8


def test_new_recovery_codes_void_the_old_ones(cast, browser):
    sign_in(browser, "zhou")
    set_up_app(browser)
    old = browser.post("/security/codes/").context["codes"]
    browser.post("/security/codes/")
    other = Client()
    sign_in(other, "zhou")
    assert other.post("/sign-in/factor/", {"code": old[0]}).status_code == 422


def test_secrets_stand_encrypted_and_go_with_their_factor(cast, browser):
    sign_in(browser, "lin")
    secret = set_up_app(browser)
    rows = list(Sealed.objects.values_list("closed", flat=True))
    assert len(rows) == 2
    assert not any(secret in row for row in rows)
    app = factors.factors_of(cast.accounts["lin"].pk).get(type="totp")
    assert secret not in str(app.data)
    browser.post("/security/factor/remove/", {"factor": app.pk})
    assert not Sealed.objects.exists()
    assert not factors.factors_of(cast.accounts["lin"].pk).exists()


def test_the_last_factor_of_an_administrator_stays(cast, browser):
    sign_in(browser, "zhou")
    set_up_app(browser)
    app = factors.factors_of(cast.accounts["zhou"].pk).get(type="totp")
    assert browser.post("/security/factor/remove/", {"factor": app.pk}).status_code == 409
    assert factors.has_factor(cast.accounts["zhou"].pk)


def test_a_factor_of_another_does_not_exist(cast, browser):
    sign_in(browser, "zhou")
    set_up_app(browser)
    app = factors.factors_of(cast.accounts["zhou"].pk).get(type="totp")
    other = Client()
    sign_in(other, "lin")
    assert other.post("/security/factor/remove/", {"factor": app.pk}).status_code == 404
    assert other.post("/security/factor/remove/", {"factor": "x"}).status_code == 404


def test_a_heavy_act_asks_again_after_ten_minutes_and_keeps_what_was_typed(cast, browser):
    sign_in(browser, "zhou")
    secret = set_up_app(browser)
    age(browser, 601)
    page = browser.post("/tokens/", {"name": "排课程序"})
    assert page.status_code == 403
    assert ("name", "排课程序") in page.context["kept"]
    assert browser.post("/tokens/", {"name": "x", "confirm_password": "wrong"}).status_code == 422
    assert browser.post("/tokens/", {"name": "x", "confirm_code": "000000"}).status_code == 422
    done = browser.post("/tokens/", {"name": "排课程序", "confirm_code": code_now(secret)})
    assert done.context["secret"].startswith("xt_")
    assert browser.post("/tokens/", {"name": "第二把"}).context["secret"]


def test_the_password_is_a_fresh_proof_too(cast, browser):
    sign_in(browser, "chen")
    age(browser)
    assert browser.post("/tokens/", {"name": "x"}).status_code == 403
    assert browser.post("/tokens/", {"name": "x", "confirm_password": PASSWORD}).context["secret"]


def test_changing_the_own_ways_in_asks_again_even_where_second_factors_are_off(cast, browser, settings):
    settings.SECOND_FACTOR = False
    sign_in(browser, "lin")
    age(browser)
    secret = "".join(browser.get("/security/app/").context["secret"].split())
    assert browser.post("/security/app/", {"code": code_now(secret)}).status_code == 403
    assert not factors.has_factor(cast.accounts["lin"].pk)


def test_every_change_is_audited_and_told(cast, browser):
    sign_in(browser, "lin")
    set_up_app(browser)
    assert {"entrance.app_added", "entrance.codes_made", "people.signed_in"} <= set(AuditLine.objects.values_list("act", flat=True))
    told = Message.objects.filter(account=cast.accounts["lin"], code="factor_changed")
    assert told.exists()
    assert "登录方式已更改" in browser.get("/messages/").content.decode()


def test_opening_a_number_asks_who_sits_there_now(cast, browser):
    sign_in(browser, "chen")
    place = f"/school/roster/{cast.lin.public_id}/number/"
    age(browser)
    page = browser.post(place, {"reason": "核对证件"})
    assert page.status_code == 403
    assert NUMBERS["lin"] not in page.content.decode()
    assert NUMBERS["lin"] in browser.post(place, {"reason": "核对证件", "confirm_password": PASSWORD}).content.decode()


def test_every_name_that_the_guard_knows_is_an_address():
    named = {
        f"{space}:{name}"
        for space, (_where, places) in get_resolver().namespace_dict.items()
        for name in places.reverse_dict
        if isinstance(name, str)
    }
    assert (guard.STEP_UP | guard.OWN | guard.FREE) - named == set()

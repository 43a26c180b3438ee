"""Signing in: whoever is typed costs the same, failures of an identity and of an address slow down, one answer for all."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.test import Client

from tests.entering import NUMBERS, PASSWORD, PHONES, is_in, sign_in
from xingtan.foundation.audit.refusals import NOTED
from xingtan.foundation.entrance.models import Visit
from xingtan.foundation.people.models import Account, Throttle
from xingtan.foundation.people.throttle import ADDRESS, IDENTITY

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.mark.parametrize("identity", [NUMBERS["lin"], PHONES["lin"], "lin", f" {NUMBERS['lin']} "])
def test_number_phone_and_sign_in_name_open_the_same_account(cast, browser, identity):
    assert sign_in(browser, identity).status_code == 302
    assert browser.session["_auth_user_id"] == str(cast.accounts["lin"].pk)


def hashes(browser, identity, password):
    """How many passwords are hashed to answer this attempt, and what is answered."""
    encode, made = Argon2PasswordHasher.encode, []

    def counted(self, *args, **kwargs):
        made.append(1)
        return encode(self, *args, **kwargs)

    verify = Argon2PasswordHasher.verify

    def verified(self, *args, **kwargs):
        made.append(1)
        return verify(self, *args, **kwargs)

    with patch.object(Argon2PasswordHasher, "encode", counted), patch.object(Argon2PasswordHasher, "verify", verified):
        answer = sign_in(browser, identity, password)
    return len(made), answer


def test_known_unknown_locked_unactivated_and_closed_accounts_cost_one_hash(cast, browser, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    Account.objects.update(password=make_password(PASSWORD))
    Account.objects.filter(login="chen").update(password=make_password(None), activated_at=None)
    Account.objects.filter(login="zhou").update(is_active=False)
    counts = {name: hashes(browser, name, "wrong")[0] for name in ("lin", "nobody", "chen", "zhou")}
    for _attempt in range(6):
        sign_in(Client(REMOTE_ADDR="10.9.9.9"), "wu", "wrong")
    counts["wu, locked"] = hashes(browser, "wu", PASSWORD)[0]
    for _attempt in range(6):
        sign_in(Client(REMOTE_ADDR="10.9.9.8"), "ghost", "wrong")
    counts["ghost, locked"] = hashes(browser, "ghost", PASSWORD)[0]
    assert set(counts.values()) == {1}, counts


def test_a_wrong_password_answers_alike_for_everyone(cast, browser):
    Account.objects.filter(login="chen").update(password=make_password(None), activated_at=None)
    pages = {
        TOKEN.sub("", sign_in(Client(), name, "wrong").content.decode().replace(f'value="{name}"', ""))
        for name in ("lin", "chen", "nobody")
    }
    assert len(pages) == 1


def test_an_identity_is_locked_from_the_sixth_attempt_wherever_it_comes_from(cast):
    for number in range(5):
        sign_in(Client(REMOTE_ADDR=f"10.0.0.{number}"), "lin", "wrong")
    elsewhere = Client(REMOTE_ADDR="10.0.1.1")
    assert sign_in(elsewhere, "lin").status_code == 422
    assert not is_in(elsewhere)
    assert sign_in(elsewhere, "chen").status_code == 302


def test_an_address_that_guesses_is_locked_for_every_name(cast):
    guesser = Client(REMOTE_ADDR="10.0.0.7")
    for number in range(ADDRESS.free + 1):
        sign_in(guesser, f"guess{number}", "wrong")
    assert sign_in(guesser, "lin").status_code == 422
    assert sign_in(Client(REMOTE_ADDR="10.0.0.8"), "lin").status_code == 302


def test_attempts_are_counted_before_anything_is_compared(cast, browser):
    seen = []

    def look(self, raw, setter=None):
        seen.append(Throttle.objects.filter(key__startswith=f"{IDENTITY.kind}:", failures=1).count())
        return False

    with patch.object(Account, "check_password", look):
        sign_in(browser, "lin", "wrong")
    assert seen == [1]


def test_neither_identity_nor_address_stands_in_the_table_of_failures(cast):
    sign_in(Client(REMOTE_ADDR="10.0.0.7"), NUMBERS["lin"], "wrong")
    kept = " ".join(Throttle.objects.values_list("key", flat=True))
    assert NUMBERS["lin"] not in kept
    assert "10.0.0" not in kept


def test_a_right_password_forgets_the_failures(cast, browser):
    for _attempt in range(4):
        sign_in(browser, "lin", "wrong")
    assert sign_in(browser, "lin").status_code == 302
    assert Throttle.objects.get(key__startswith="id:").failures == 0
    assert Throttle.objects.get(key__startswith="ip:").failures == 4


def test_a_refusal_is_noted_without_what_was_typed(cast, browser):
    NOTED.lines.clear()
    NOTED.minutes.clear()
    sign_in(browser, NUMBERS["lin"], "wrong")
    (line,) = [one for one in NOTED.lines if one.act == "people.sign_in_refused"]
    assert NUMBERS["lin"] not in str(line.detail)
    assert line.account_id is None


def test_signing_in_lists_the_browser_and_signing_out_ends_it(cast, browser):
    agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"
    browser.post("/sign-in/", {"identity": "lin", "password": PASSWORD}, headers={"user-agent": agent}, REMOTE_ADDR="203.0.113.77")
    visit = Visit.objects.get()
    assert (visit.device, visit.place, visit.by, visit.ended_at) == ("Chrome · Windows", "203.0.0.0/16", "password", None)
    answer = browser.post("/sign-out/")
    assert answer["Clear-Site-Data"] == '"cache"'
    visit.refresh_from_db()
    assert visit.ended_at is not None


def test_the_page_says_plainly_when_second_factors_are_off(cast, browser, settings):
    assert browser.get("/sign-in/").context["is_easy"] is True
    settings.SECOND_FACTOR = True
    assert browser.get("/sign-in/").context["is_easy"] is False

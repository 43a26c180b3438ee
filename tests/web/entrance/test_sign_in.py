"""Signing in: whoever is typed costs the same, failures of an identity and of an address slow down, one answer for all."""

from __future__ import annotations

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.test import Client

from tests.entering import NUMBERS, PASSWORD, PHONES, is_in, now, sign_in
from xingtan.foundation.audit.refusals import NOTED
from xingtan.foundation.entrance.models import Visit
from xingtan.foundation.people.known import KEPT, known_as
from xingtan.foundation.people.models import Account, Throttle
from xingtan.foundation.people.throttle import ADDRESS, ANYWHERE, IDENTITY
from xingtan.web.entrance.keeping import KNOWN

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
        sign_in(browser, "wu", "wrong")
    counts["wu, locked"] = hashes(browser, "wu", PASSWORD)[0]
    for _attempt in range(6):
        sign_in(browser, "ghost", "wrong")
    counts["ghost, locked"] = hashes(browser, "ghost", PASSWORD)[0]
    assert set(counts.values()) == {1}, counts


def test_a_wrong_password_answers_alike_for_everyone(cast, browser):
    Account.objects.filter(login="chen").update(password=make_password(None), activated_at=None)
    pages = {
        TOKEN.sub("", sign_in(Client(), name, "wrong").content.decode().replace(f'value="{name}"', ""))
        for name in ("lin", "chen", "nobody")
    }
    assert len(pages) == 1


def guess(name, address, times):
    for _attempt in range(times):
        sign_in(Client(REMOTE_ADDR=address), name, "wrong")


def test_who_guesses_waits_from_the_sixth_attempt_and_the_person_elsewhere_does_not(cast):
    guess("lin", "10.0.0.1", 5)
    there, here = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.1.1")
    assert sign_in(there, "lin").status_code == 422
    assert not is_in(there)
    assert sign_in(there, "chen").status_code == 302
    assert sign_in(here, "lin").status_code == 302


def test_addresses_of_one_household_count_as_one(cast):
    for number in range(5):
        sign_in(Client(REMOTE_ADDR=f"2001:db8::{number}"), "lin", "wrong")
    assert sign_in(Client(REMOTE_ADDR="2001:db8::ffff"), "lin").status_code == 422
    assert sign_in(Client(REMOTE_ADDR="2001:db8:0:1::1"), "lin").status_code == 302


def test_a_browser_known_before_comes_in_however_many_guess_the_name(cast):
    own, colleague = Client(REMOTE_ADDR="10.0.1.1"), Client(REMOTE_ADDR="10.0.1.1")
    sign_in(own, "lin")
    sign_in(colleague, "chen")
    own.post("/sign-out/")
    for number in range(ANYWHERE.free // 2 + 1):
        guess("lin", f"10.1.0.{number}", 2)
    guess("lin", "10.0.1.1", 41)  # and who sits beside her
    assert sign_in(Client(REMOTE_ADDR="10.2.0.1"), "lin").status_code == 422  # a browser that nobody knows waits now
    assert sign_in(colleague, "lin").status_code == 422  # known for another only
    assert sign_in(own, "lin").status_code == 302


def test_a_known_browser_that_guesses_waits_too(cast):
    own = Client()
    sign_in(own, "lin")
    own.post("/sign-out/")
    for _attempt in range(5):
        sign_in(own, "lin", "wrong")
    assert sign_in(own, "lin").status_code == 422
    assert sign_in(Client(), "lin").status_code == 302  # nor does it cost anybody else


@pytest.mark.parametrize("spoil", [lambda text: "x" * 100, lambda text: text[:-1] + ("0" if text[-1] != "0" else "1")])
def test_a_mark_made_up_is_no_mark(cast, spoil):
    own = Client(REMOTE_ADDR="10.0.1.1")
    sign_in(own, "lin")
    own.cookies[KNOWN] = spoil(own.cookies[KNOWN].value)
    guess("lin", "10.0.1.1", 5)
    assert sign_in(own, "lin").status_code == 422


def test_the_mark_tells_nothing_and_goes_to_the_pages_that_sign_in_only(cast, browser):
    mark = sign_in(browser, "lin").cookies[KNOWN]
    assert (mark["path"], mark["httponly"], mark["samesite"]) == ("/sign-in/", True, "Lax")
    assert str(cast.accounts["lin"].public_id) not in mark.value
    own = {name: known_as(mark.value, cast.accounts[name], now=now()) for name in ("lin", "chen")}
    assert own["lin"]
    assert not own["chen"]
    assert not known_as(mark.value, cast.accounts["lin"], now=now() + KEPT + timedelta(days=1))


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

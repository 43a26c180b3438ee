"""At once: a code of the app, a recovery code and a slip open once however many hands hold them; attempts are all counted."""

from __future__ import annotations

import threading
from importlib import import_module

import pytest
from django.db import connections
from django.utils import timezone

pytestmark = pytest.mark.race
HANDS = 8


@pytest.fixture
def racers(own_database, quick_hashes):
    return import_module("tests.entering").build()


def at_once(act):
    """What each of so many threads gets from the same act: its answer, or the refusal's code."""
    refused = import_module("xingtan.foundation.refusal").Refused
    found, start = [], threading.Barrier(HANDS)

    def hand(number):
        try:
            start.wait(30)
            found.append(act(number))
        except refused as why:
            found.append(why.code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=hand, args=(number,)) for number in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def with_app(racers):
    factors = import_module("xingtan.foundation.entrance.factors")
    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    now, actor = timezone.now(), racers.actors["zhou"]
    counter = int(now.timestamp()) // factors.STEP_S
    factors.set_up_app(actor=actor, secret=secret, code=factors.code_at(secret, counter - 1), now=now)
    return factors, factors.code_at(secret, counter), actor, now


def test_a_code_of_the_app_opens_once(racers):
    factors, code, actor, now = with_app(racers)
    found = at_once(lambda _number: factors.check_code(actor.account_id, code, now=now))
    assert found.count("totp") == 1
    assert set(found) <= {"totp", "factor_code_wrong", "locked"}


def test_a_recovery_code_opens_once(racers):
    factors, _code, actor, now = with_app(racers)
    code = factors.new_codes(actor=actor, now=now)[0]
    found = at_once(lambda _number: factors.check_code(actor.account_id, code, now=now))
    assert found.count("recovery_codes") == 1
    assert factors.codes_left(actor.account_id) == 9


def test_a_slip_sets_one_password(racers):
    recovery = import_module("xingtan.foundation.entrance.recovery")
    roles = import_module("xingtan.foundation.people.roles")
    now = timezone.now()
    _found, code = recovery.open_for(actor=roles.OPERATOR, login="lin", without_factor=False, now=now)
    found = at_once(lambda number: recovery.redeem(identity="lin", code=code, password=f"ming-yue-{number}", now=now).pk)
    assert found.count(racers.accounts["lin"].pk) == 1


def test_guesses_at_once_are_all_counted(racers):
    throttle = import_module("xingtan.foundation.people.throttle")
    now = timezone.now()
    waits = at_once(lambda _number: throttle.count_attempt(throttle.tried("lin"), now=now))
    assert waits.count(0) == throttle.IDENTITY.free + 1

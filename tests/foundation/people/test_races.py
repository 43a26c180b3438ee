"""At once: an office passes to one successor however many press, and a role ends once."""

from __future__ import annotations

import threading
from importlib import import_module

import pytest
from django.db import connections

pytestmark = pytest.mark.race
HANDS = 4


@pytest.fixture
def cast(own_database):
    return import_module("tests.enrolling").build()


def at_once(act):
    """What each of so many threads gets: its answer, or the refusal's code."""
    refusal = import_module("xingtan.foundation.refusal")
    found, start = [], threading.Barrier(HANDS)

    def hand(number):
        try:
            start.wait(30)
            found.append(act(number))
        except refusal.Refused as why:
            found.append(why.code)
        except refusal.NotInScope:
            found.append("gone")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=hand, args=(number,)) for number in range(HANDS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def test_an_office_passes_to_one_successor(cast):
    enrolling, models = import_module("tests.enrolling"), import_module("xingtan.foundation.people.models")
    hand_over = import_module("xingtan.foundation.people.handover").hand_over
    successors = [enrolling.account(f"successor{number}").pk for number in range(HANDS)]

    def hand(number):
        return hand_over(actor=cast.zhou, holder_id=cast.chen.account_id, successor_id=successors[number], items={}, now=enrolling.NOW).pk

    found = at_once(hand)
    assert sorted(map(str, found))[1:] == ["handover_nothing"] * (HANDS - 1)
    assert models.Grant.objects.filter(account_id__in=successors).count() == 1
    assert models.Handover.objects.count() == 1


def test_a_role_ends_once(cast):
    enrolling, models = import_module("tests.enrolling"), import_module("xingtan.foundation.people.models")
    audit = import_module("xingtan.foundation.audit.models").AuditLine
    end_role = import_module("xingtan.foundation.people.grants").end_role
    grant = models.Grant.objects.get(account_id=cast.chen.account_id)
    found = at_once(lambda _number: end_role(actor=cast.zhou, grant_id=grant.pk, now=enrolling.NOW).pk)
    assert sorted(map(str, found)) == [str(grant.pk)] + ["gone"] * (HANDS - 1)
    assert audit.objects.filter(act="people.role_ended").count() == 1

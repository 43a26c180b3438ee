"""Batches, races and sudden ends: a number of queries that does not grow, nothing twice, nothing half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from importlib import import_module

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as some

from tests import crediting, enrolling
from tests.crediting import NOW, State, Step
from xingtan.domains.credits import api as credits_room
from xingtan.domains.credits.models import CreditEntry, EntryState, ReviewDecision
from xingtan.domains.credits.rules import Share, shares_of
from xingtan.domains.determination import api as determination_room
from xingtan.foundation.ledger.models import Chain
from xingtan.foundation.ledger.post import books, check_chain

HOUR = 3600


def entered(cast, number):
    people = enrolling.teachers(cast.school, number)
    crediting.register(cast, people)
    crediting.delivered(cast, people, 10 * HOUR)
    return crediting.enter(cast)


def sound():
    assert list(credits_room.check_states()) == []
    assert [fault for chain in Chain.objects.all() for fault in check_chain(chain, books())] == []


@given(
    some.lists(some.tuples(some.integers(0, 400_000), some.integers(0, 400_000)), min_size=1, max_size=6),
    some.sampled_from([2, 2700, 3600]),
)
def test_shares_add_up_to_the_whole_and_never_fall(seconds, per_hour):
    before, _ = shares_of([Share(first, 0) for first, _ in seconds], per_hour)
    after, whole = shares_of([Share(first + more, had) for (first, more), had in zip(seconds, before, strict=True)], per_hour)
    total = sum(first + more for first, more in seconds)
    assert sum(after) == whole.centi == total * 100 // per_hour
    assert all(now >= had for now, had in zip(after, before, strict=True))


def test_a_batch_asks_as_often_as_one_entry(cast):
    one, many = entered(cast, 1), entered(cast, 300)

    def queries(entries):
        with CaptureQueriesContext(connection) as counted:
            crediting.decide(cast.he, Step.REVIEW, entries)
        return [query for query in counted.captured_queries if not query["sql"].startswith("INSERT")]

    assert len(queries(one)) == len(queries(many))
    sound()


def test_determination_asks_as_often_for_many(cast):
    def queries(number):
        entered(cast, number)
        with CaptureQueriesContext(connection) as counted:
            determination_room.determine(actor=cast.mei, training_year_id=cast.year.pk, now=NOW)
        return [query for query in counted.captured_queries if not query["sql"].startswith("INSERT")]

    queries(1)
    assert len(queries(1)) == len(queries(30))


@pytest.fixture
def own_cast(own_database):
    return import_module("tests.crediting").build()


def together(number, act):
    """The act at once in so many threads; what they raised."""
    raised = []

    def run(at):
        try:
            act(at)
        except Exception as fault:  # noqa: BLE001 -- told to the test
            raised.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(at,)) for at in range(number)]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]
    return raised


@pytest.mark.race
def test_entering_at_once_enters_once(own_cast):
    crediting.delivered(own_cast, [own_cast.lin_teacher], 10 * HOUR)
    assert together(8, lambda _: crediting.enter(own_cast)) == []
    assert list(CreditEntry.everywhere.values_list("learned_centi", flat=True)) == [10_00]
    sound()


@pytest.mark.race
def test_deciding_at_once_decides_once(own_cast):
    entries = entered(own_cast, 20)
    assert together(8, lambda _: crediting.decide(own_cast.he, Step.REVIEW, entries)) == []
    assert (ReviewDecision.objects.count(), EntryState.everywhere.filter(state=State.REVIEWED).count()) == (20, 20)
    sound()


KILLED = """
import os, sys
import django
django.setup()
from django.db import connections
for alias, name in zip(connections, sys.argv[1].split("|")):
    connections[alias].settings_dict["NAME"] = name
from tests.crediting import NOW, Outcome, Step
from xingtan.domains.credits import api as credits_room
from xingtan.domains.reviews import api as reviews
from xingtan.foundation.people.roles import OPERATOR
ids = [int(pk) for pk in sys.argv[2].split(",")]
for start in range(0, len(ids), 40):
    reviews.decide(actor=OPERATOR, step=Step.REVIEW, entry_ids=ids[start : start + 40], outcome=Outcome.PASSED, now=NOW)
    print(start, flush=True)
"""


@pytest.mark.race
@pytest.mark.slow
def test_a_killed_process_loses_nothing_acknowledged_and_leaves_nothing_half_done(own_cast):
    entries = entered(own_cast, 400)
    names = "|".join(str(connections[alias].settings_dict["NAME"]) for alias in connections)
    command = [sys.executable, "-c", KILLED, names, ",".join(str(one.pk) for one in entries)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "src:."}, text=True) as child:
        acknowledged = [int(child.stdout.readline()) for _ in range(2)]
        child.send_signal(signal.SIGKILL)
    done = EntryState.everywhere.filter(state=State.REVIEWED).count()
    assert done >= 40 * len(acknowledged)
    assert done % 40 == 0
    sound()

"""Many senders at once, with the real committer: one id is stored once, places grow in the order in which they become visible."""

from __future__ import annotations

import threading
import time

import pytest
from django.db import connections

from tests.statement_samples import as_json, at, sender, small, voiding
from xingtan.domains.statements.api import NotTaken, Received, Version, receive, statements_since
from xingtan.domains.statements.models import Statement, Voiding
from xingtan.domains.statements.storing import settle
from xingtan.foundation.db import BEATS
from xingtan.foundation.recording import GroupCommit, NotKept

pytestmark = [pytest.mark.race, pytest.mark.usefixtures("own_database")]


@pytest.fixture
def committers():
    """Two, as two processes would have."""
    made = [GroupCommit(settle, name=f"statements {number}", using=BEATS) for number in range(2)]
    yield made
    for one in made:
        one.close()


def post(committer, body, provider_id=7):
    return receive(Received(sender(provider_id), Version.V1, "POST", None, "application/json", as_json(body)), committer).ids


def at_once(*acts):
    """Every act in a thread of its own; what each answered, or the status of its refusal."""
    answers, gate = [None] * len(acts), threading.Barrier(len(acts))

    def run(place, act):
        gate.wait()
        try:
            answers[place] = act()
        except NotTaken as refused:
            answers[place] = refused.status
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def test_one_id_posted_by_many_is_stored_once(committers):
    one = small()
    other = at(one, "verb.id", "http://example.cn/other")
    acts = [lambda number=number: post(committers[number % 2], [one, other][number % 3 == 0]) for number in range(12)]
    answers = at_once(*acts)
    assert Statement.objects.filter(statement_id=one["id"]).count() == 1
    taken = [answer == (one["id"],) for answer in answers]
    assert taken in ([number % 3 == 0 for number in range(12)], [number % 3 != 0 for number in range(12)])
    assert {answer for answer, was in zip(answers, taken, strict=True) if not was} == {409}


def test_batches_that_share_a_statement_are_whole_or_not_there(committers):
    shared = small()
    batches = [[small(), at(shared, "verb.id", f"http://example.cn/v{number}"), small()] for number in range(8)]
    answers = at_once(*[lambda number=number: post(committers[number % 2], batches[number]) for number in range(8)])
    assert answers.count(409) == 7
    assert Statement.objects.count() == 3


def test_voiding_and_its_target_in_any_order(committers):
    targets = [small() for _ in range(10)]
    acts = [
        act
        for one in targets
        for act in (lambda one=one: post(committers[0], one), lambda one=one: post(committers[1], voiding(one["id"])))
    ]
    assert all(isinstance(answer, tuple) for answer in at_once(*acts))
    assert {str(one.target) for one in Voiding.objects.all()} == {one["id"] for one in targets}


def test_a_reader_that_goes_on_from_the_last_place_misses_none(committers):
    seen, after, done = [], 0, threading.Event()

    def write(number):
        for size in range(1, 16):
            post(committers[number % 2], [small() for _ in range(size)])

    def read():
        nonlocal after
        while True:
            last_turn = done.is_set()
            arrived = statements_since(7, after, 50)
            seen.extend(one.statement_id for one in arrived)
            after = arrived[-1].seq if arrived else after
            if last_turn and not arrived:
                connections.close_all()
                return
            time.sleep(0.001)

    reader = threading.Thread(target=read)
    reader.start()
    at_once(*[lambda number=number: write(number) for number in range(6)])
    done.set()
    reader.join(60)
    assert len(seen) == len(set(seen)) == Statement.objects.count() == 6 * 120


def test_nothing_is_acknowledged_that_was_not_committed():
    def broken(batch):
        settle(batch)
        raise RuntimeError("before the answer")

    committer = GroupCommit(broken, name="broken", using=BEATS)
    with pytest.raises(NotKept):
        post(committer, small())
    committer.close()

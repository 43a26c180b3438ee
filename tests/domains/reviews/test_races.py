"""Two reviewers at once, a report while another decides, two counties that never wait for each other."""

from __future__ import annotations

import threading
from importlib import import_module

import pytest
from django.db import connections, transaction

from tests import crediting, enrolling, reviewing
from tests.domains.credits.test_batches import together
from tests.reviewing import NOW, Outcome, State, Step, drawn, entered, looked
from xingtan.domains.credits.models import EntryState, ReviewDecision
from xingtan.domains.reviews import api as reviews
from xingtan.foundation.people.roles import Role


@pytest.fixture
def own_cast(own_database):
    return import_module("tests.reviewing").build()


@pytest.mark.race
def test_two_reviewers_pass_the_same_batch_once(own_cast):
    entries = entered(own_cast, 60)
    crediting.walk(own_cast, entries, Step.REPORT)
    batch = drawn(own_cast, entries)
    looked(own_cast, batch)
    second = enrolling.Actor(**{**vars_of(own_cast.zhou), "account_id": enrolling.account("second-officer").pk})
    done = []
    raised = together(6, lambda at: done.append(reviews.pass_batch(actor=[own_cast.zhou, second][at % 2], batch_id=batch.pk, now=NOW)))
    assert (raised, sorted(done)) == ([], [(0, 60)] * 5 + [(60, 0)])
    assert ReviewDecision.objects.filter(step=Step.COUNTY_REVIEW).count() == 60
    reviewing.sound()


def vars_of(actor):
    return {name: getattr(actor, name) for name in actor.__dataclass_fields__}


@pytest.mark.race
def test_of_a_return_and_a_report_at_once_one_wins(own_cast):
    entries = entered(own_cast, 4)
    crediting.decide(own_cast.he, Step.REVIEW, entries)

    def act(at):
        outcome = {"outcome": Outcome.PASSED} if at % 2 else {"outcome": Outcome.RETURNED, "reason_code": "differs"}
        crediting.decide(own_cast.chen, Step.REPORT, entries, **outcome)

    raised = together(6, act)
    states = set(EntryState.everywhere.filter(pk__in=[one.pk for one in entries]).values_list("state", flat=True))
    assert len(states) == 1
    assert states <= {State.REPORTED, State.RETURNED}
    assert {getattr(one, "code", one) for one in raised} <= {"stale"}
    assert ReviewDecision.objects.filter(step=Step.REPORT).count() == 4
    reviewing.sound()


@pytest.mark.race
@pytest.mark.postgres
def test_a_county_decides_while_another_is_in_the_midst_of_its_act(own_cast):
    """The audit log's head is taken last: a county that has decided but not ended waits for nobody until then."""
    here = entered(own_cast, 3)
    there = elsewhere(own_cast)
    held, go_on = threading.Event(), threading.Event()

    def slow(_at):
        with transaction.atomic():
            EntryState.everywhere.select_for_update().filter(pk__in=[one.pk for one in here]).count()
            list(EntryState.everywhere.select_for_update().filter(pk__in=[one.pk for one in here]))
            held.set()
            go_on.wait(20)
        connections.close_all()

    thread = threading.Thread(target=slow, args=(0,))
    thread.start()
    assert held.wait(20)
    stranger = own_cast.strange_he
    assert crediting.decide(stranger, Step.REVIEW, there).moved == 1
    go_on.set()
    thread.join(20)
    assert crediting.decide(own_cast.he, Step.REVIEW, here).moved == 3


def elsewhere(cast):
    """An entry of a teacher in the other county."""
    cast.strange_he = enrolling.actor_of(Role.SCHOOL_REVIEWER, cast.elsewhere)
    people = enrolling.teachers(cast.elsewhere, 1)
    crediting.register(cast, people)
    crediting.delivered(cast, people, 36_000)
    return crediting.enter(cast)

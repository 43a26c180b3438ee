"""Writers and readers at once, with real commits: what the store says about itself is true in between."""

from __future__ import annotations

import threading
from importlib import import_module

import pytest
from django.db import connections

from tests.enrolling import LATER, Role, actor_of, tree
from tests.lrs_calling import V2, Client, key_for
from tests.statement_samples import small
from xingtan.domains.statements import api as statements

pytestmark = [pytest.mark.race]
WRITERS, POSTS, EACH = 4, 6, 5


@pytest.fixture(autouse=True)
def at_once():
    """Here the committing thread is the one of a server."""
    statements.forget_senders()


@pytest.fixture
def header(own_database):
    # A committing thread that an earlier test left behind writes into that test's database.
    committer = import_module("xingtan.domains.statements.taking").COMMITTER
    committer.close()
    yield key_for(actor_of(Role.PROVIDER_STAFF, tree().provider), now=LATER)
    committer.close()


def follow(program, since, seen):
    """Reads upwards until nothing is left, and answers from where to go on."""
    reply = program.get("/statements", {"ascending": True, "since": since, "limit": 7})
    while True:
        page = reply.json()
        seen.extend(one["id"] for one in page["statements"])
        if not page["more"]:
            return reply.headers["x-experience-api-consistent-through"]
        reply = program.get(page["more"])


def test_who_goes_on_from_consistent_through_misses_nothing_and_sees_nothing_twice(header):
    sent, done, errors = [], threading.Event(), []

    def write():
        try:
            for _ in range(POSTS):
                sent.extend(Client(header).store(*(small() for _ in range(EACH))))
        except AssertionError as error:  # shown below
            errors.append(error)
        finally:
            connections.close_all()

    seen, since, program = [], "2020-01-01T00:00:00Z", Client(header)
    writers = [threading.Thread(target=write) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    while not done.is_set():
        if not any(writer.is_alive() for writer in writers):
            done.set()
        since = follow(program, since, seen)
    connections.close_all()
    assert not errors
    assert len(seen) == len(sent) == WRITERS * POSTS * EACH
    assert set(seen) == set(sent)


def test_of_many_who_replace_one_document_one_does(header):
    path, query = "/activities/profile", {"activityId": "https://provider.example.cn/courses/1", "profileId": "x"}
    first = Client(header, version=V2)
    assert first.put(path, query, b"0", If_None_Match="*").status == 204
    tag, statuses = first.get(path, query).headers["etag"], []

    def replace(number):
        try:
            statuses.append(Client(header, version=V2).put(path, query, str(number).encode(), If_Match=tag).status)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=replace, args=(number,)) for number in range(1, 7)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connections.close_all()
    assert sorted(statuses) == [204] + [412] * 5


def test_of_many_who_make_one_document_one_does(header):
    path, query = "/agents/profile", {"agent": {"mbox": "mailto:wu@example.cn"}, "profileId": "x"}
    statuses = []

    def make(number):
        try:
            statuses.append(Client(header).put(path, query, str(number).encode(), If_None_Match="*").status)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=make, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    connections.close_all()
    assert sorted(statuses) == [204] + [412] * 5

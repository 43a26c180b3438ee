"""Refusals: each in the log, never one by one under a scanner, never with anything personal."""

from __future__ import annotations

import json
import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from xingtan.foundation.audit import refusals
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.audit.refusals import ACTORS, FREE, MOST, Noted, note_refusal, write_refusals
from xingtan.foundation.ledger.models import Block, Chain
from xingtan.foundation.ledger.post import books, check_chain
from xingtan.foundation.people.roles import VISITOR, Actor, Role
from xingtan.foundation.scope.branch import Scope

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
CLERK = Actor(account_id=7, role=Role.SCHOOL_CLERK, organisation_id=3, scope=Scope.nothing(), name="陈秀兰")


@pytest.fixture(autouse=True)
def noted(monkeypatch):
    fresh = Noted()
    monkeypatch.setattr(refusals, "NOTED", fresh)
    return fresh


def refuse(times=1, actor=CLERK, now=NOON, origin="203.0.113.7"):
    for _ in range(times):
        note_refusal(actor, "refused.right", subject="page", now=now, origin=origin, detail={"page": "bureau:queue"})


@pytest.mark.django_db
def test_a_few_refusals_stand_one_by_one_in_one_block():
    refuse(3)
    assert write_refusals(NOON) == 3
    assert set(AuditLine.objects.values_list("account_id", "act", "organisation_id")) == {(7, "refused.right", 3)}
    assert Block.objects.filter(chain__name="audit").count() == 1
    assert write_refusals(NOON) == 0
    assert list(check_chain(Chain.objects.get(name="audit"), books())) == []


@pytest.mark.django_db
def test_a_scanner_fills_no_more_than_a_few_lines_a_minute_and_its_number_is_told_when_the_minute_is_over():
    refuse(10_000)
    assert write_refusals(NOON) == FREE
    assert write_refusals(NOON + timedelta(seconds=59)) == 0
    assert write_refusals(NOON + timedelta(minutes=1)) == 1
    many = AuditLine.objects.get(act="refused.many")
    assert (many.count, many.account_id, many.detail["acts"]) == (10_000 - FREE, 7, {"refused.right": 10_000 - FREE})


def test_a_minute_is_bounded_whoever_asks(noted):
    for number in range(5 * ACTORS):
        refuse(2, actor=VISITOR, origin=f"198.51.100.{number}")
    single = noted.take(NOON)
    total = noted.take(NOON + timedelta(minutes=1))
    assert len(single) == MOST
    assert len(total) <= ACTORS + 1
    assert len(single) + sum(line.count for line in total) == 10 * ACTORS


def test_nothing_is_lost_between_threads(noted):
    threads = [threading.Thread(target=refuse, args=(500,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = noted.take(NOON + timedelta(minutes=1))
    assert sum(line.count or 1 for line in lines) == 2000
    assert Counter(line.act for line in lines) == {"refused.right": FREE, "refused.many": 1}


def test_the_address_and_the_name_stand_nowhere(noted):
    refuse()
    [line] = noted.take(NOON)
    said = json.dumps(line.content(), default=str, ensure_ascii=False)
    assert "203.0.113.7" not in said
    assert CLERK.name not in said
    assert len(line.detail["origin"]) == 16


@pytest.mark.django_db
def test_what_could_not_be_written_waits(monkeypatch, noted):
    refuse(2)
    monkeypatch.setattr(refusals, "post", lambda *_args, **_more: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_refusals(NOON)
    monkeypatch.undo()
    monkeypatch.setattr(refusals, "NOTED", noted)
    assert write_refusals(NOON) == 2

"""The book: posted once, in order, never changed, and every change from outside is found."""

from __future__ import annotations

import json
import threading
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, connections, transaction

from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.db import writing
from xingtan.foundation.ledger.heads import check_heads, heads_folder, sign_heads
from xingtan.foundation.ledger.models import Block, Chain
from xingtan.foundation.ledger.post import books, check_chain, post

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)


def lines(*names, role="operator"):
    return [AuditLine(source=name, at=NOW, role=role, act="tested", subject="x", subject_ids=[], count=0) for name in names]


def faults(name="one"):
    return [fault.what for fault in check_chain(Chain.objects.get(name=name), books())]


@pytest.mark.django_db
def test_lines_posted_together_are_a_block():
    made = post("one", lines("a", "b"), account_id=None, now=NOW)
    made += post("one", lines("c"), account_id=7, now=NOW)
    assert [(line.source, line.block.height, line.place) for line in made] == [("a", 1, 0), ("b", 1, 1), ("c", 2, 0)]
    first, second = Block.objects.order_by("height")
    assert (second.previous, Chain.objects.get(name="one").head) == (first.digest, second.digest)
    assert faults() == []


@pytest.mark.django_db
def test_a_source_stands_once():
    post("one", lines("a", "a"), account_id=None, now=NOW)
    assert post("one", lines("a"), account_id=None, now=NOW) == []
    [fresh] = post("one", lines("a", "b"), account_id=None, now=NOW)
    assert (fresh.source, AuditLine.objects.count(), Block.objects.count()) == ("b", 2, 2)


@pytest.mark.django_db
def test_nothing_to_post_makes_no_block():
    assert post("one", [], account_id=None, now=NOW) == []
    assert not Block.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "verb",
    [
        "UPDATE audit_auditline SET act = 'changed'",
        "DELETE FROM audit_auditline",
        "TRUNCATE audit_auditline",
        "replace",
        "UPDATE ledger_block SET height = 9",
        "DELETE FROM ledger_block",
    ],
)
def test_the_database_refuses_to_change_what_was_posted(verb):
    [line] = post("one", lines("a"), account_id=None, now=NOW)
    if connection.vendor == "sqlite":
        verb = {"replace": f"INSERT OR REPLACE INTO audit_auditline SELECT * FROM audit_auditline WHERE id = {line.pk}"}.get(verb, verb)  # noqa: S608 -- our own key
    if verb == "replace" or (verb.startswith("TRUNCATE") and connection.vendor == "sqlite"):
        return
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)
    assert AuditLine.objects.get().act == "tested"


def unguarded(statement):
    """Somebody who owns the tables takes the guard away and writes."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table in ("audit_auditline", "ledger_block"):
                for verb in ("update", "delete"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        else:
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE audit_auditline SET act = 'changed' WHERE source = 'b'", ["a line was altered"]),
        ("UPDATE audit_auditline SET place = 5 WHERE source = 'a'", ["its lines do not give its root"]),
        ("DELETE FROM audit_auditline WHERE source = 'b'", ["holds 1 of 2 lines", "its lines do not give its root"]),
        ("UPDATE ledger_block SET line_count = 9 WHERE height = 2", ["its head was altered", "holds 1 of 9 lines"]),
        ("UPDATE ledger_chain SET height = 1", ["the head does not name the last block"]),
    ],
)
def test_every_tampering_is_found(statement, found):
    post("one", lines("a", "b"), account_id=None, now=NOW)
    post("one", lines("c"), account_id=None, now=NOW)
    unguarded(statement)
    assert faults() == found


@pytest.mark.django_db
def test_a_rewritten_past_disagrees_with_the_signed_heads(settings, tmp_path):
    settings.HOME = tmp_path
    post("one", lines("a"), account_id=None, now=NOW)
    path = sign_heads(NOW)
    post("one", lines("b"), account_id=None, now=NOW)
    assert list(check_heads()) == []
    unguarded("UPDATE ledger_block SET digest = '00' WHERE height = 1")
    assert [(fault.chain, fault.height) for fault in check_heads()] == [("one", 1)]
    told = json.loads(path.read_text())
    told["heads"]["one"] = [1, "00"]
    path.write_text(json.dumps(told))
    assert [fault.what for fault in check_heads()] == [f"{path.name} does not carry our signature"]
    assert heads_folder() == tmp_path / "heads"


@pytest.mark.race
def test_twelve_threads_post_to_two_chains(own_database):
    def work(number):
        try:
            for turn in range(5):
                with writing():
                    post(f"chain{number % 2}", lines(f"{number}.{turn}", f"shared{number % 2}.{turn}"), account_id=number, now=NOW)
        except Exception as fault:  # noqa: BLE001 -- told to the test
            broken.append(fault)
        finally:
            connections.close_all()

    broken: list[Exception] = []
    threads = [threading.Thread(target=work, args=(number,)) for number in range(12)]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]
    assert broken == []
    assert Counter(AuditLine.objects.values_list("block__chain__name", flat=True)) == {"chain0": 35, "chain1": 35}
    for name in ("chain0", "chain1"):
        assert faults(name) == []
        heights = list(Block.objects.filter(chain__name=name).order_by("pk").values_list("height", flat=True))
        assert heights == sorted(heights) == list(range(1, len(heights) + 1))

"""Whatever is sent: it is stored, or refused with a status and a reason; nothing else happens."""

from __future__ import annotations

import copy
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.statement_samples import FULL, as_json, sender, small
from xingtan.domains.statements.api import NotTaken, Received, Version, receive
from xingtan.domains.statements.keys import _known_key, key_of
from xingtan.domains.statements.models import Statement
from xingtan.domains.statements.storing import settle

pytestmark = pytest.mark.django_db(databases="__all__")
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from(
    [
        "id",
        "actor",
        "verb",
        "object",
        "objectType",
        "mbox",
        "member",
        "account",
        "context",
        "definition",
        "extensions",
        "attachments",
        "version",
        "timestamp",
    ]
)
WORDS = st.sampled_from(
    [
        "Agent",
        "Group",
        "Activity",
        "SubStatement",
        "StatementRef",
        "mailto:a@b.cn",
        "http://a.cn/b",
        "P1D",
        "2026-11-22T00:00:00Z",
        "\x00",
        "\U0001f600",
    ]
)
VALUES = ANYTHING | WORDS | st.dictionaries(NAMES, WORDS | ANYTHING, max_size=4)
SETTINGS = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


class AtOnce:
    def submit(self, post):
        return settle([post])[0]


def answer(body, content_type="application/json", version=Version.V1):
    """The status, after looking that all or nothing was stored."""
    before = Statement.objects.count()
    status, most = taken(Received(sender(), version, "POST", None, content_type, body))
    assert Statement.objects.count() <= before + most
    return status


def taken(received):
    """The status, and how many statements may be new."""
    try:
        accepted = receive(received, AtOnce())
    except NotTaken as refused:
        return refused.status, 0
    return accepted.status, len(accepted.ids)


@SETTINGS
@given(st.binary(max_size=200))
def test_any_bytes(body):
    assert answer(body) in {200, 400}
    assert answer(body, "multipart/mixed; boundary=x") == 400


@SETTINGS
@given(ANYTHING)
def test_any_json(value):
    assert answer(as_json(value)) == (200 if value == [] else 400)


def places(value, path=()):
    """Every place inside the value."""
    found = [path] if path else []
    for key, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += places(one, (*path, key))
    return found


PLACES = places(FULL)


@settings(SETTINGS, max_examples=200)
@given(st.sampled_from(PLACES), VALUES, st.sampled_from(list(Version)), st.booleans())
def test_any_value_in_any_place(place, value, version, more):
    statement = copy.deepcopy(FULL)
    del statement["id"]
    inner = statement
    try:
        for step in place[:-1]:
            inner = inner[step]
        if more and isinstance(inner, dict):
            inner["objectType"] = value
        else:
            inner[place[-1]] = value
    except (KeyError, IndexError, TypeError):
        return
    assert answer(as_json(statement), version=version) in {200, 400, 409}


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"a":' * 100_000, b'"\\ud800"', b"1e99999999999999999999", b"9" * 5_000, b"\xff", b"nul", b""]
)
def test_bytes_that_break_parsers(body):
    assert answer(body) == 400


def test_too_much_is_413():
    assert answer(b" " * (4 * 1024 * 1024 + 1)) == 413
    assert answer(b"[" + b"0," * 1_000 + b"0]") == 413


@pytest.mark.parametrize(
    "statement",
    [
        small(
            object={
                "id": "http://a.cn/b",
                "definition": {"interactionType": "matching", "correctResponsesPattern": ["a[.]b[.]c[,]" * 20_000 + "x"]},
            }
        ),
        small(result={"duration": "P" + "1.1" * 100_000}),
        small(verb={"id": "http://a.cn/b", "display": {"-".join(["en", *["aaaaa"] * 50_000, "!"]): "x"}}),
        small(actor={"mbox": "mailto:" + "a." * 100_000}),
        small(timestamp="2026-11-22T00:00:00." + "1" * 100_000),
        small(object={"id": "http:" + "a:" * 100_000 + " "}),
    ],
)
def test_no_long_text_takes_long(statement):
    began = time.process_time()
    assert answer(as_json(statement)) == 400
    assert time.process_time() - began < 2


def test_long_identifiers_are_not_remembered():
    assert answer(as_json(small(object={"id": "http://a.cn/" + "b" * 100_000}))) == 200
    before = _known_key.cache_info().currsize
    assert key_of("T", "http://a.cn/" + "c" * 100_000) == key_of("T", "http://a.cn/" + "c" * 100_000)
    assert _known_key.cache_info().currsize == before

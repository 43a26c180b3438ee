"""State, activity profile and agent profile: kept as sent, merged, replaced only by who knows what it replaces (part three, 2.2, 3.1; 4.1.4)."""

from __future__ import annotations

import hashlib
import json
import uuid

import pytest

from tests.lrs_calling import V1, V2

pytestmark = pytest.mark.django_db(databases="__all__")

WU = {"mbox": "mailto:wu@example.cn"}
COURSE = "https://provider.example.cn/courses/1"
STATE = ("/activities/state", {"activityId": COURSE, "agent": WU, "stateId": "place"})
ACTIVITY = ("/activities/profile", {"activityId": COURSE, "profileId": "place"})
AGENT = ("/agents/profile", {"agent": WU, "profileId": "place"})
RESOURCES = {"state": STATE, "activity": ACTIVITY, "agent": AGENT}
every_resource = pytest.mark.parametrize(("path", "query"), RESOURCES.values(), ids=RESOURCES)
every_version = pytest.mark.parametrize("version", [V1, V2])


def tag(content):
    return f'"{hashlib.sha1(content, usedforsecurity=False).hexdigest()}"'


@every_resource
@every_version
def test_a_document_comes_back_as_it_was_sent(lrs, path, query, version):
    program, content = lrs.at(version), "第十二讲\0\xff".encode()
    assert program.put(path, query, content, Content_Type="text/plain; charset=utf-8", If_None_Match="*").status == 204
    reply = program.get(path, query)
    assert (reply.status, reply.body) == (200, content)
    assert reply.headers["content-type"] == "text/plain; charset=utf-8"
    assert reply.headers["etag"] == tag(content)
    assert reply.headers["last-modified"].endswith("GMT")
    assert (program.head(path, query).headers["etag"], program.head(path, query).body) == (tag(content), b"")
    assert program.get(path, query, If_None_Match=tag(content)).status == 304


@every_resource
def test_a_document_without_a_type_is_just_bytes(lrs, path, query):
    lrs.put(path, query, b"x", If_None_Match="*")
    assert lrs.get(path, query).headers["content-type"] == "application/octet-stream"


@every_resource
def test_post_merges_the_members_of_two_objects(lrs, path, query):
    assert lrs.post(path, query, {"a": 1, "b": {"c": 2}}).status == 204
    assert lrs.post(path, query, {"b": {"d": 3}, "e": 1.50}).status == 204
    assert lrs.get(path, query).json() == {"a": 1, "b": {"d": 3}, "e": 1.5}
    assert lrs.get(path, query).headers["content-type"] == "application/json"


@every_resource
@pytest.mark.parametrize(
    ("kept", "sent"),
    [
        ((b"x", "text/plain"), (b"{}", "application/json")),
        ((b"{}", "application/json"), (b"{}", "text/plain")),
        ((b"[1]", "application/json"), (b"{}", "application/json")),
        ((b"{}", "application/json"), (b"[]", "application/json")),
    ],
)
def test_what_is_no_object_is_not_merged(lrs, path, query, kept, sent):
    lrs.put(path, query, kept[0], Content_Type=kept[1], If_None_Match="*")
    reply = lrs.post(path, query, sent[0], Content_Type=sent[1])
    assert (reply.status, reply.json()["path"]) == (400, "$")
    assert lrs.get(path, query).body == kept[0]


@every_resource
@pytest.mark.parametrize("method", ["put", "post"])
@pytest.mark.parametrize("body", [b"{", b"", b'{"a":}', b"\xff", b"[" * 100_000])
def test_what_says_it_is_json_must_be(lrs, path, query, method, body):
    assert getattr(lrs, method)(path, query, body, Content_Type="application/json").status == 400


@every_resource
@every_version
def test_a_change_needs_the_tag_that_is_there(lrs, path, query, version):
    program = lrs.at(version)
    program.put(path, query, b"one", If_None_Match="*")
    wrong, right = tag(b"other"), tag(b"one")
    for method, body in (("PUT", b"two"), ("POST", b"{}"), ("DELETE", None)):
        assert program.call(method, path, query, body, If_Match=wrong).status == 412
    assert program.put(path, query, b"two", If_None_Match="*").status == 412
    assert program.get(path, query).body == b"one"
    assert program.put(path, query, b"two", If_Match=f"{wrong}, {right}").status == 204
    assert program.delete(path, query, If_Match=tag(b"two")).status == 204
    assert program.get(path, query).status == 404
    assert program.put(path, query, b"three", If_Match="*").status == 412


@every_resource
@every_version
def test_a_document_is_not_replaced_unseen(lrs, path, query, version):
    program = lrs.at(version)
    assert program.put(path, query, b"one").status == 204
    reply = program.put(path, query, b"two")
    if path == STATE[0] and version == V1:
        assert reply.status == 204
        return
    assert (reply.status, reply.json()["path"]) == (409, "If-Match")
    assert "If-Match" in reply.json()["detail"]
    assert program.get(path, query).body == b"one"


@every_resource
def test_the_ids_of_all_and_of_those_changed_since(lrs, path, query):
    name = "stateId" if path == STATE[0] else "profileId"
    shelf = {key: value for key, value in query.items() if key != name}
    assert lrs.get(path, shelf).json() == []
    for one in ("b", "a"):
        lrs.put(path, shelf | {name: one}, b"x")
    assert lrs.get(path, shelf).json() == ["a", "b"]
    assert lrs.get(path, shelf | {"since": "2020-01-01T00:00:00Z"}).json() == ["a", "b"]
    assert lrs.get(path, shelf | {"since": "2099-01-01T00:00:00+08:00"}).json() == []
    assert lrs.get(path, query | {"since": "2020-01-01T00:00:00Z"}).json()["path"] == "since"


def test_states_of_registrations_are_apart(lrs):
    path, query = STATE
    one, two = str(uuid.uuid4()), str(uuid.uuid4())
    for registration, content in ((None, b"none"), (one, b"one"), (two, b"two")):
        lrs.put(path, query | ({"registration": registration} if registration else {}), content)
    assert lrs.get(path, query).body == b"none"
    assert lrs.get(path, query | {"registration": one}).body == b"one"
    shelf = {"activityId": COURSE, "agent": WU}
    assert lrs.delete(path, shelf | {"registration": one}).status == 204
    assert lrs.get(path, query | {"registration": one}).status == 404
    assert lrs.get(path, query | {"registration": two}).body == b"two"
    assert lrs.delete(path, shelf).status == 204
    assert lrs.get(path, shelf).json() == []


def test_only_the_state_resource_empties_a_whole_shelf(lrs):
    assert lrs.delete("/activities/profile", {"activityId": COURSE}).json()["path"] == "profileId"
    assert lrs.delete("/agents/profile", {"agent": WU}).json()["path"] == "profileId"


@every_resource
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
def test_what_is_missing_or_wrong_is_named(lrs, path, query, method):
    for name, values in {"activityId": ("", "course"), "agent": ("", "{", "{}", '{"mbox":"x"}', "[]"), "registration": ("1",)}.items():
        if name in query or (name == "registration" and path == STATE[0]):
            for value in values:
                reply = lrs.call(method, path, query | {name: value}, b"{}" if method in {"PUT", "POST"} else None)
                assert (reply.status, reply.json()["path"].partition(".")[0]) == (400, name), value
    reply = lrs.call(method, path, query | {"other": "1"}, b"{}" if method in {"PUT", "POST"} else None)
    assert (reply.status, reply.json()["path"]) == (400, "other")


def test_a_document_has_a_largest_size(lrs, settings):
    settings.DOCUMENT_LIMIT = 10
    path, query = STATE
    assert lrs.put(path, query, b"x" * 10).status == 204
    reply = lrs.put(path, query, b"x" * 11)
    assert (reply.status, "10 bytes" in reply.json()["detail"]) == (413, True)
    assert lrs.get(path, query).body == b"x" * 10


def test_documents_of_agents_and_activities_do_not_mix(lrs):
    other = {"account": {"homePage": "https://provider.example.cn", "name": "wu"}}
    lrs.put(*STATE, b"wu")
    lrs.put(STATE[0], STATE[1] | {"agent": other}, b"other")
    lrs.put(STATE[0], STATE[1] | {"activityId": COURSE + "0"}, b"elsewhere")
    assert lrs.get(*STATE).body == b"wu"
    named = WU | {"name": "吴"}
    assert lrs.get(STATE[0], STATE[1] | {"agent": named}).body == b"wu"


def test_numbers_survive_a_merge_as_they_were_written(lrs):
    path, query = STATE
    lrs.put(path, query, b'{"n": 1.10, "big": 123456789012345678901234567890}', Content_Type="application/json")
    lrs.post(path, query, {"m": 1})
    assert b"1.10" in lrs.get(path, query).body
    assert json.loads(lrs.get(path, query).body)["big"] == 123456789012345678901234567890

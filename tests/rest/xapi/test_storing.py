"""POST and PUT of statements through the protocol's door (part three, 2.1.1 and 2.1.2)."""

from __future__ import annotations

import uuid

import pytest

from tests.enrolling import LATER
from tests.lrs_calling import V2, Client, key_for
from tests.statement_samples import at, small, voiding

pytestmark = pytest.mark.django_db(databases="__all__")


def test_post_answers_the_ids_in_their_order(lrs):
    some = [small(), at(small(), "id", ...), small()]
    ids = lrs.post("/statements", body=some).json()
    assert [ids[0], ids[2]] == [some[0]["id"], some[2]["id"]]
    assert uuid.UUID(ids[1]).version == 7
    assert set(lrs.found()) == set(ids)
    assert lrs.post("/statements", body=[]).json() == []


def test_put_answers_nothing(lrs):
    one = small()
    reply = lrs.put("/statements", {"statementId": one["id"]}, body=one)
    assert (reply.status, reply.body) == (204, b"")
    assert lrs.put("/statements", {"statementId": one["id"]}, body=at(one, "id", ...)).status == 204
    assert lrs.found() == [one["id"]]


@pytest.mark.parametrize("version", ["1.0", "1.0.3", "1.0.9", "2.0", "2.0.0"])
def test_every_answer_names_the_version(lrs, version):
    reply = lrs.at(version).post("/statements", body=small())
    assert reply.status == 200
    assert reply.headers["x-experience-api-version"] == ("2.0.0" if version.startswith("2") else "1.0.3")


@pytest.mark.parametrize(
    ("method", "query", "body", "status", "path"),
    [
        ("POST", {}, at(small(), "actor.mbox", "lin"), 400, "$.actor.mbox"),
        ("POST", {}, [small(), at(small(), "verb.id", "done")], 400, "$[1].verb.id"),
        ("POST", {}, at(small(), "context.contextAgents", []), 400, "$.context.contextAgents"),
        ("POST", {"statementId": str(uuid.uuid4())}, small(), 400, "statementId"),
        ("POST", {"StatementId": "1"}, small(), 400, "StatementId"),
        ("PUT", {}, small(), 400, "statementId"),
        ("PUT", {"statementId": "1"}, small(), 400, "statementId"),
        ("PUT", {"statementId": str(uuid.uuid4()), "limit": "1"}, small(), 400, "limit"),
        ("PUT", {"statementId": str(uuid.uuid4())}, [small()], 400, "$"),
        ("POST", {}, b"{", 400, None),
    ],
)
def test_a_refusal_names_the_field(lrs, method, query, body, status, path):
    reply = lrs.call(method, "/statements", query, body, Content_Type="application/json")
    assert reply.status == status
    assert reply.headers["content-type"] == "application/problem+json"
    assert path is None or reply.json()["path"] == path
    assert lrs.found() == []


def test_the_second_meaning_of_an_id_is_a_conflict(lrs):
    one = small()
    lrs.store(one)
    assert lrs.post("/statements", body=one).status == 200
    assert lrs.post("/statements", body=at(one, "result", {"success": True})).status == 409
    assert lrs.put("/statements", {"statementId": one["id"]}, body=at(one, "actor.mbox", "mailto:wu@example.cn")).status == 409


def test_only_who_may_stores(ming, lrs):
    reader = Client(key_for(ming, now=LATER, may_write=False))
    assert reader.post("/statements", body=small()).status == 403
    assert Client("").post("/statements", body=small()).status == 401


def test_voiding_hides_its_target_whichever_comes_first(lrs):
    early, late = small(), small()
    first = voiding(early["id"])
    lrs.store(first)
    lrs.store(early, late)
    second = voiding(late["id"])
    lrs.store(second)
    assert set(lrs.found()) == {first["id"], second["id"]}
    assert lrs.get("/statements", {"statementId": late["id"]}).status == 404
    assert lrs.get("/statements", {"voidedStatementId": early["id"]}).json()["id"] == early["id"]
    assert lrs.post("/statements", body=voiding(first["id"])).status == 400
    assert lrs.get("/statements", {"statementId": first["id"]}).status == 200


def test_version_two_takes_its_own_and_keeps_utc(lrs):
    agents = [{"objectType": "contextAgent", "agent": {"mbox": "mailto:wu@example.cn"}}]
    one = small(context={"contextAgents": agents}, timestamp="2026-11-22T08:00:00.5+08:00")
    speaker = lrs.at(V2)
    assert lrs.post("/statements", body=one).status == 400
    assert speaker.post("/statements", body=one).status == 200
    found = speaker.get("/statements", {"statementId": one["id"]}).json()
    assert found["timestamp"] == "2026-11-22T00:00:00.5Z"
    assert found["version"] == "2.0.0"
    assert speaker.found(agent={"mbox": "mailto:wu@example.cn"}) == []
    assert speaker.found(agent={"mbox": "mailto:wu@example.cn"}, related_agents=True) == [one["id"]]

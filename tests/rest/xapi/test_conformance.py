"""The standard's list, through HTTP: what a statement must be (part two; 4.2), group by group, and what the store does with it.

The groups follow ADL's conformance suite; the rows are ours. Each refused row differs from a sound statement in one place, and the
answer names it.
"""

from __future__ import annotations

import uuid

import pytest

from tests.lrs_calling import V1, V2
from tests.statement_samples import at, full, small, voiding

pytestmark = pytest.mark.django_db(databases="__all__")

WU = {"mbox": "mailto:wu@example.cn"}
ACCOUNT = {"account": {"homePage": "https://a.example.cn", "name": "x"}}
SUB = {"objectType": "SubStatement", "actor": WU, "verb": {"id": "https://a.example.cn/v"}, "object": {"id": "https://a.example.cn/o"}}
CHOICE = {"type": "http://adlnet.gov/expapi/activities/cmi.interaction", "interactionType": "choice"}

REFUSED = {
    "formatting": [
        ("actor", ...), ("verb", ...), ("object", ...), ("actor", None), ("verb", "completed"), ("object", []), ("extra", 1), ("Actor", WU),
        ("result.success", "true"), ("result.completion", 1), ("result.score.raw", "95"), ("context.platform", None),
    ],
    "id": [("id", "1"), ("id", ""), ("id", "6690e6c93ef04ed38b377f3964730bee"), ("id", 7)],
    "actor": [
        ("actor", {}), ("actor", {"name": "x"}), ("actor", WU | {"openid": "https://id.example.cn/x"}), ("actor.objectType", "agent"),
        ("actor", {"mbox": "wu@example.cn"}), ("actor", {"mbox_sha1sum": "abc"}), ("actor", {"openid": "x"}), ("actor", {"account": {"name": "x"}}),
        ("actor", {"account": {"homePage": "x", "name": "x"}}), ("actor", {"account": {"homePage": "https://a.cn"}}), ("actor", WU | {"member": [WU]}),
        ("actor", {"objectType": "Group"}), ("actor", {"objectType": "Group", "member": []}), ("actor", {"objectType": "Group", "member": [{}]}),
        ("actor", {"objectType": "Group", "member": [{"objectType": "Group", **WU}]}), ("actor", WU | {"name": 7}),
    ],
    "verb": [("verb.id", ...), ("verb.id", "completed"), ("verb.display", "completed"), ("verb.display", {"english": 1}), ("verb.display", {"a b": "x"}), ("verb.x", 1)],
    "activity": [
        ("object.id", ...), ("object.id", "course"), ("object.objectType", "activity"), ("object.definition", 1), ("object.definition.name", "x"),
        ("object.definition.type", "lesson"), ("object.definition.moreInfo", "x"), ("object.definition.extensions", {"x": 1}),
        ("object.definition.extensions", []), ("object.definition", CHOICE | {"interactionType": "pick"}),
        ("object.definition", CHOICE | {"choices": [{"description": {"en": "x"}}]}), ("object.definition", CHOICE | {"choices": [{"id": "a"}, {"id": "a"}]}),
        ("object.definition", CHOICE | {"correctResponsesPattern": "a"}), ("object.definition", CHOICE | {"scale": [{"id": "a"}]}),
    ],
    "statement reference": [("object", {"objectType": "StatementRef"}), ("object", {"objectType": "StatementRef", "id": "x"})],
    "sub-statement": [
        ("object", SUB | {"id": str(uuid.uuid4())}), ("object", SUB | {"stored": "2026-01-01T00:00:00Z"}), ("object", SUB | {"version": "1.0.0"}),
        ("object", SUB | {"authority": WU}), ("object", SUB | {"object": SUB}), ("object", {key: SUB[key] for key in ("objectType", "actor", "verb")}),
    ],
    "result": [
        ("result", 1), ("result.score", 1), ("result.score.scaled", 1.01), ("result.score.scaled", -1.01), ("result.score.raw", 101), ("result.score.raw", -1),
        ("result.score.min", 100), ("result.duration", "25 minutes"), ("result.duration", "PT"), ("result.duration", "P1WT1H"), ("result.response", 1),
        ("result.extensions", {"tries": 1}), ("result.x", 1),
    ],
    "context": [
        ("context.registration", "x"), ("context.instructor", {}), ("context.team", WU), ("context.team", {"objectType": "Agent", **WU}),
        ("context.contextActivities", []), ("context.contextActivities", {"sibling": []}), ("context.contextActivities", {"parent": [{}]}),
        ("context.language", "中文"), ("context.language", "english-very-much"), ("context.statement", {"id": str(uuid.uuid4())}),
        ("context.statement", SUB), ("context.extensions", {"x": 1}), ("context.revision", 1), ("context.x", 1),
    ],
    "timestamp": [("timestamp", "today"), ("timestamp", "2026-11-22"), ("timestamp", "2026-11-22T08:15:30-00:00"), ("timestamp", "2026-13-22T08:15:30Z"), ("timestamp", 1)],
    "stored, authority, version": [("stored", "x"), ("authority", {}), ("authority", {"objectType": "Group", "member": [WU]}), ("version", "0.9"), ("version", "1"), ("version", 1)],
    "attachments": [
        ("attachments", {}), ("attachments", [{}]),
        ("attachments", [{"usageType": "photo", "display": {"en": "x"}, "contentType": "image/png", "length": 1, "sha2": "a" * 64, "fileUrl": "https://a.cn/x"}]),
        ("attachments", [{"usageType": "https://a.cn/p", "contentType": "image/png", "length": 1, "sha2": "a" * 64, "fileUrl": "https://a.cn/x"}]),
        ("attachments", [{"usageType": "https://a.cn/p", "display": {"en": "x"}, "contentType": "image/png", "length": "1", "sha2": "a" * 64, "fileUrl": "https://a.cn/x"}]),
        ("attachments", [{"usageType": "https://a.cn/p", "display": {"en": "x"}, "contentType": "image/png", "length": 1, "sha2": "a" * 64}]),
    ],
}  # fmt: skip

ACCEPTED = {
    "actor": [("actor", WU), ("actor", ACCOUNT), ("actor", {"mbox_sha1sum": "a" * 40}), ("actor", {"openid": "https://id.example.cn/x"}), ("actor", {"objectType": "Group", **WU}),
              ("actor", {"objectType": "Group", "member": [WU, ACCOUNT]})],
    "verb": [("verb.display", ...), ("verb.display", {}), ("verb.display", {"und": "x"}), ("verb.id", "urn:x:y")],
    "object": [("object.definition", ...), ("object.definition", {}), ("object.objectType", ...)],
    "result": [("result", {}), ("result.duration", "P1W"), ("result.duration", "P1Y2M3DT4H5M6.789S"), ("result.score.scaled", -1), ("result.score", {"raw": 1000})],
    "context": [("context", {}), ("context.contextActivities.parent", {"id": "https://a.example.cn/o"}), ("context.language", "zh-Hans-CN")],
    "timestamp": [("timestamp", "2026-11-22T08:15:30+08:00"), ("timestamp", "2026-11-22T00:15:30.123456789Z")],
    "null in extensions": [("context.extensions", {"https://a.example.cn/x": None})],
}  # fmt: skip


@pytest.mark.parametrize("version", [V1, V2])
@pytest.mark.parametrize("name", REFUSED)
def test_a_statement_that_is_wrong_in_one_place_is_refused_there(lrs, name, version):
    program = lrs.at(version)
    for place, value in REFUSED[name]:
        reply = program.post("/statements", body=[small(), at(full(), place, value)])
        assert reply.status == 400, (place, value, reply.body)
        assert reply.json()["path"].startswith("$[1]"), (place, value, reply.body)
    assert lrs.found() == []


@pytest.mark.parametrize("version", [V1, V2])
@pytest.mark.parametrize("name", ACCEPTED)
def test_a_statement_that_is_unusual_and_sound_is_kept(lrs, name, version):
    program = lrs.at(version)
    for place, value in ACCEPTED[name]:
        sent = at(full(), place, value)
        reply = program.put("/statements", {"statementId": sent["id"]}, sent)
        assert reply.status == 204, (place, value, reply.body)
        assert program.get("/statements", {"statementId": sent["id"]}).status == 200


def test_what_only_two_knows_is_refused_in_one(lrs):
    context = {"contextAgents": [{"objectType": "contextAgent", "agent": WU}]}
    assert lrs.post("/statements", body=small(context=context)).status == 400
    assert lrs.at(V2).post("/statements", body=small(context=context)).status == 200
    for wrong in (
        {"contextAgents": [{"agent": WU}]},
        {"contextGroups": [{"objectType": "contextGroup", "group": WU}]},
        {"contextAgents": WU},
    ):
        assert lrs.at(V2).post("/statements", body=small(context=wrong)).status == 400


# ---------------------------------------------------------------- the statement resource


def test_put_names_the_statement_once(lrs):
    sent = small()
    assert lrs.put("/statements", {"statementId": sent["id"]}, {key: sent[key] for key in sent if key != "id"}).status == 204
    assert lrs.put("/statements", None, sent).json()["path"] == "statementId"
    assert lrs.put("/statements", {"statementId": str(uuid.uuid4())}, sent).json()["path"] == "$.id"
    assert lrs.put("/statements", {"statementId": sent["id"]}, [sent]).status == 400
    assert lrs.put("/statements", {"statementId": sent["id"], "x": "1"}, sent).json()["path"] == "x"


def test_an_id_is_taken_once(lrs):
    sent = small()
    lrs.store(sent)
    assert lrs.post("/statements", body=sent).json() == [sent["id"]]
    assert lrs.put("/statements", {"statementId": sent["id"]}, sent).status == 204
    changed = at(sent, "verb.id", "https://a.example.cn/other")
    assert lrs.post("/statements", body=changed).status == 409
    assert lrs.put("/statements", {"statementId": sent["id"]}, changed).status == 409
    assert lrs.post("/statements", body=[changed | {"id": str(uuid.uuid4())}, sent, sent]).status == 400
    assert lrs.get("/statements", {"statementId": sent["id"]}).json()["verb"] == sent["verb"]
    assert len(lrs.found()) == 1


def test_post_answers_ids_in_order_and_keeps_all_or_none(lrs):
    some = [small() for _ in range(3)]
    assert lrs.post("/statements", body=some).json() == [one["id"] for one in some]
    assert lrs.post("/statements", body=[]).json() == []
    assert lrs.post("/statements", body=[small(), small(verb={})]).status == 400
    assert len(lrs.found()) == 3


@pytest.mark.parametrize(
    ("body", "media_type"),
    [(b"", "application/json"), (b"{", "application/json"), (b"[{}]", "text/plain"), (b"a=b", "application/x-www-form-urlencoded"), (b"{}", None), (b"{}", "multipart/mixed")],
)  # fmt: skip
def test_content_must_be_what_it_says(lrs, body, media_type):
    reply = lrs.post("/statements", None, body, Content_Type=media_type)
    assert (reply.status, bool(reply.json()["path"])) == (400, True)


def test_voiding(lrs):
    (sent,) = lrs.store(small())
    (void,) = lrs.store(voiding(sent))
    assert lrs.post("/statements", body=voiding(void)).status == 400
    assert lrs.post("/statements", body=small(verb={"id": "http://adlnet.gov/expapi/verbs/voided"})).status == 400
    early = str(uuid.uuid4())
    lrs.store(voiding(early))
    lrs.store(small(id=early))
    assert lrs.get("/statements", {"statementId": early}).status == 404
    assert lrs.get("/statements", {"voidedStatementId": early}).status == 200


def test_stored_timestamp_and_authority_are_the_stores(lrs):
    (sent,) = lrs.store(small(stored="2001-01-01T00:00:00Z", authority=WU))
    read = lrs.get("/statements", {"statementId": sent}).json()
    assert read["stored"] > "2026"
    assert read["authority"]["account"]["name"].startswith("provider:")
    assert read["timestamp"] == read["stored"]

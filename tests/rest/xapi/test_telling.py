"""How statements are told: ids only, canonical in the reader's language, with their attachments (part three, 1.5.2, 2.1.3)."""

from __future__ import annotations

import hashlib
from email import message_from_bytes

import pytest

from tests.statement_samples import as_json, full, small

pytestmark = pytest.mark.django_db(databases="__all__")

COURSE = "https://provider.example.cn/courses/1"
CHOICE = "http://adlnet.gov/expapi/activities/cmi.interaction"


def test_ids_tell_no_more_than_who_and_what(lrs):
    sent = full(object={"objectType": "SubStatement", **{name: full()[name] for name in ("actor", "verb", "object", "context")}})
    for name in ("revision", "platform"):
        del sent["context"][name]
    lrs.store(sent)
    (read,) = lrs.get("/statements", {"format": "ids"}).json()["statements"]
    assert read["actor"] == {"objectType": "Agent", "account": sent["actor"]["account"]}
    assert read["verb"] == {"id": sent["verb"]["id"]}
    assert read["object"]["object"] == {"objectType": "Activity", "id": sent["object"]["object"]["id"]}
    assert read["object"]["verb"] == read["verb"]
    context = read["context"]
    assert context["instructor"] == sent["context"]["instructor"]
    assert context["team"] == {"objectType": "Group", "mbox": "mailto:class1@example.cn"}
    assert context["contextActivities"]["grouping"] == [{"id": "https://provider.example.cn/projects/7"}]
    assert read["result"] == sent["result"]


def test_ids_tell_the_members_of_a_group_without_an_identifier(lrs):
    members = [{"name": "吴", "mbox": "mailto:wu@example.cn"}, {"objectType": "Agent", "openid": "https://id.example.cn/x"}]
    lrs.store(small(actor={"objectType": "Group", "name": "一班", "member": members}))
    (read,) = lrs.get("/statements", {"format": "ids"}).json()["statements"]
    assert read["actor"] == {"objectType": "Group", "member": [{"mbox": "mailto:wu@example.cn"}, members[1]]}


@pytest.mark.parametrize(
    ("languages", "name", "verb"),
    [
        (None, {"zh-CN": "课堂提问"}, {"en-US": "completed"}),
        ("en", {"en-GB": "Asking"}, {"en-US": "completed"}),
        ("de, zh;q=0.8, en;q=0.5", {"zh-CN": "课堂提问"}, {"zh-Hans-CN": "完成"}),
        ("en;q=0.1, zh-Hans;q=0.9", {"zh-CN": "课堂提问"}, {"zh-Hans-CN": "完成"}),
        ("fr-CA", {"fr": "Questionner"}, {"en-US": "completed"}),
        ("*", {"zh-CN": "课堂提问"}, {"en-US": "completed"}),
        (";;;q=x,,,", {"zh-CN": "课堂提问"}, {"en-US": "completed"}),
    ],
)
def test_canonical_has_the_last_definition_in_one_language(lrs, languages, name, verb):
    names = {"zh-CN": "课堂提问", "en-GB": "Asking", "fr": "Questionner"}
    lrs.store(small(object={"id": COURSE, "definition": {"name": {"zh-CN": "旧名"}}}, verb=full()["verb"]))
    lrs.store(small(object={"id": COURSE, "definition": {"name": names}}))
    read = lrs.get("/statements", {"format": "canonical", "ascending": True}, Accept_Language=languages).json()["statements"][0]
    assert read["object"]["definition"]["name"] == name
    assert read["verb"]["display"] == verb
    exact = lrs.get("/statements", {"ascending": True}, Accept_Language=languages).json()["statements"][0]
    assert exact["object"]["definition"]["name"] == {"zh-CN": "旧名"}


def test_canonical_reaches_components_and_context(lrs):
    texts = {"en": "One", "zh-CN": "一"}
    definition = {
        "type": CHOICE,
        "interactionType": "choice",
        "correctResponsesPattern": ["a"],
        "choices": [{"id": "a", "description": texts}],
        "description": texts,
    }
    lrs.store(small(context={"contextActivities": {"parent": [{"id": COURSE, "definition": definition}]}}))
    (read,) = lrs.get("/statements", {"format": "canonical"}, Accept_Language="zh").json()["statements"]
    found = read["context"]["contextActivities"]["parent"][0]["definition"]
    assert found["choices"] == [{"id": "a", "description": {"zh-CN": "一"}}]
    assert found["description"] == {"zh-CN": "一"}


def attached(content, **more):
    return {
        "usageType": "https://provider.example.cn/use/photo",
        "display": {"zh-CN": "照片"},
        "contentType": "image/png",
        "length": len(content),
        "sha2": hashlib.sha256(content).hexdigest(),
    } | more


def multipart(statements, *contents):
    parts = [b"Content-Type: application/json\r\n\r\n" + as_json(statements)]
    for content in contents:
        digest = hashlib.sha256(content).hexdigest().encode()
        head = b"Content-Type: image/png\r\nContent-Transfer-Encoding: binary\r\nX-Experience-API-Hash: " + digest
        parts.append(head + b"\r\n\r\n" + content)
    return b"".join(b"--cut\r\n" + part + b"\r\n" for part in parts) + b"--cut--\r\n"


def read_parts(reply):
    whole = message_from_bytes(b"Content-Type: " + reply.headers["content-type"].encode() + b"\r\n\r\n" + reply.body)
    return [(part.get_content_type(), part["X-Experience-API-Hash"], part["Content-Transfer-Encoding"]) for part in whole.get_payload()]


PHOTO = b"\x89PNG\r\n\x1a\n--cut not the end\x00\xff"


def test_attachments_come_back_each_once_when_asked_for(lrs):
    some = [
        small(attachments=[attached(PHOTO)]),
        small(attachments=[attached(PHOTO), attached(b"far", fileUrl="https://provider.example.cn/far")]),
    ]
    reply = lrs.post("/statements", None, multipart(some, PHOTO), Content_Type="multipart/mixed; boundary=cut")
    assert reply.status == 200, reply.body
    told = lrs.get("/statements", {"attachments": True})
    digest = hashlib.sha256(PHOTO).hexdigest()
    assert told.headers["content-type"].startswith("multipart/mixed; boundary=")
    assert read_parts(told) == [("application/json", None, None), ("image/png", digest, "binary")]
    assert PHOTO in told.body
    one = lrs.get("/statements", {"statementId": some[0]["id"], "attachments": True})
    assert len(read_parts(one)) == 2
    assert lrs.get("/statements").headers["content-type"] == "application/json"
    assert PHOTO not in lrs.get("/statements").body


def test_without_any_attachment_there_is_just_the_first_part(lrs):
    lrs.store(small())
    assert read_parts(lrs.get("/statements", {"attachments": True})) == [("application/json", None, None)]


def test_more_keeps_format_and_attachments(lrs):
    lrs.store(small(), small())
    first = lrs.get("/statements", {"format": "ids", "limit": 1}).json()
    assert "display" not in lrs.get(first["more"]).json()["statements"][0]["verb"]
    both = lrs.get("/statements", {"attachments": True, "limit": 1})
    more = next(part for part in both.body.split(b'"') if part.startswith(b"/xapi/statements/more/"))
    assert lrs.get(more.decode()).headers["content-type"].startswith("multipart/mixed")

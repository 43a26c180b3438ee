"""What is taken is stored once, in order, with what the store adds; a request is stored wholly or not at all."""

from __future__ import annotations

import json
import uuid

import pytest

from tests.statement_samples import AUTHORITY, as_json, at, full, sender, small, voiding
from xingtan.domains.statements.api import NotTaken, Received, Version, last_place, receive, stamp, statements_since
from xingtan.domains.statements.models import Activity, Mention, Statement, Voiding
from xingtan.domains.statements.storing import settle

pytestmark = pytest.mark.django_db(databases="__all__", transaction=False)


class AtOnce:
    """A committer without a thread: the test's own transaction holds everything."""

    def submit(self, post):
        return settle([post])[0]


def post(body, who=None, version=Version.V1, **more):
    request = Received(who or sender(), version, "POST", None, "application/json", as_json(body))
    return receive(request._replace(**more), AtOnce()).ids


def put(body, statement_id, who=None):
    request = Received(who or sender(), Version.V1, "PUT", statement_id, "application/json", as_json(body))
    return receive(request, AtOnce())


def kept(statement_id):
    return json.loads(Statement.objects.get(statement_id=statement_id).content)


def test_the_store_adds_stored_authority_version_and_what_is_missing():
    (given,) = post(at(small(stored="2020-01-01T00:00:00Z", authority={"mbox": "mailto:x@y.z"}), "id", ...))
    row = Statement.objects.get(statement_id=given)
    read = json.loads(row.content)
    assert read["id"] == given
    assert uuid.UUID(given).version == 7
    assert read["stored"] == read["timestamp"] == stamp(row.pk)
    assert read["authority"] == AUTHORITY
    assert read["version"] == "1.0.0"


def test_what_was_sent_is_kept_to_the_last_digit():
    text = as_json(full()).replace(b'"scaled": 0.95', b'"scaled": 0.950000000000000000001').replace(b'"raw": 95', b'"raw": 95.0')
    request = Received(sender(), Version.V1, "POST", None, "application/json", text)
    (given,) = receive(request, AtOnce()).ids
    content = Statement.objects.get(statement_id=given).content
    assert '"scaled":0.950000000000000000001' in content
    assert '"raw":95.0' in content
    assert kept(given)["context"]["contextActivities"]["grouping"] == [json.loads(text)["context"]["contextActivities"]["grouping"]]
    assert kept(given)["timestamp"] == "2026-11-22T08:15:30.123+08:00"


def test_version_two_keeps_times_in_utc():
    (given,) = post(full(), version=Version.V2)
    assert kept(given)["timestamp"] == "2026-11-22T00:15:30.123Z"
    assert kept(given)["version"] == "2.0.0"


def test_places_grow_and_arrivals_follow_them():
    before = last_place()
    ids = post([small(), small(), small()])
    more = post(small())
    arrived = statements_since(7, before, 10)
    assert [str(one.statement_id) for one in arrived] == [*ids, *more]
    assert [one.seq for one in arrived] == sorted({one.seq for one in arrived})
    assert [str(one.statement_id) for one in statements_since(7, arrived[1].seq, 1)] == [ids[2]]
    assert statements_since(8, 0, 10) == []


def test_the_same_statement_again_changes_nothing():
    one = full()
    assert post(one) == post(at(one, "verb.display", {"en": "did"})) == (one["id"],)
    assert put(at(one, "id", ...), one["id"].upper()).status == 204
    assert Statement.objects.filter(statement_id=one["id"]).count() == 1


def test_another_statement_under_the_same_id_is_a_conflict_and_the_whole_request_with_it():
    one, other = small(), small()
    post(one)
    with pytest.raises(NotTaken) as refused:
        post([other, at(one, "verb.id", "http://example.cn/other")])
    assert (refused.value.status, refused.value.path) == (409, "$[1].id")
    assert not Statement.objects.filter(statement_id=other["id"]).exists()
    with pytest.raises(NotTaken) as refused:
        post(one, sender(provider_id=8))
    assert refused.value.status == 409


def test_one_id_twice_in_a_request_is_refused():
    one = small()
    with pytest.raises(NotTaken) as refused:
        post([one, small(id=one["id"].upper())])
    assert (refused.value.status, refused.value.path) == (400, "$[1].id")


@pytest.mark.parametrize(
    ("body", "statement_id", "path"),
    [
        (small(), None, "statementId"),
        (small(), "7", "statementId"),
        (small(), "4b6ff7b0-4d3c-4d8b-9a45-0a4b5a6d7e8f", "$.id"),
        ([small()], "4b6ff7b0-4d3c-4d8b-9a45-0a4b5a6d7e8f", "$"),
    ],
)
def test_put_names_the_statement(body, statement_id, path):
    with pytest.raises(NotTaken) as refused:
        put(body, statement_id)
    assert (refused.value.status, refused.value.path) == (400, path)


def test_voiding_before_and_after_its_target():
    early, late = small(), small()
    post(voiding(early["id"]))
    post([early, late])
    post([voiding(late["id"].upper()), voiding(late["id"])])
    assert {str(one.target) for one in Voiding.objects.all()} == {early["id"], late["id"]}
    assert [str(one.voids) for one in statements_since(7, 0, 10) if one.voids] == [early["id"], late["id"], late["id"]]


def test_what_voids_is_not_voided_and_nobody_voids_for_another():
    first = voiding(str(uuid.uuid4()))
    post(first)
    with pytest.raises(NotTaken) as refused:
        post(voiding(first["id"]))
    assert (refused.value.status, refused.value.path) == (400, "$.object.id")
    second = voiding(str(uuid.uuid4()))
    with pytest.raises(NotTaken) as refused:
        post([voiding(second["id"]), second])
    assert refused.value.status == 400
    theirs = small()
    post(theirs, sender(provider_id=8))
    with pytest.raises(NotTaken) as refused:
        post(voiding(theirs["id"]))
    assert refused.value.status == 403


def test_a_launch_speaks_of_its_teacher_only():
    with pytest.raises(NotTaken) as refused:
        post(full(), sender(provider_id=0, credential_id=0, teacher_id=5))
    assert (refused.value.status, refused.value.path) == (403, "$[0].actor")
    with pytest.raises(NotTaken) as refused:
        post(small(), sender()._replace(may_write=False))
    assert refused.value.status == 403


def test_definitions_are_merged_by_language_and_answers_stay():
    iri = "https://provider.example.cn/questions/1"
    question = {"interactionType": "choice", "correctResponsesPattern": ["a"], "choices": [{"id": "a"}, {"id": "b"}]}
    for definition in ({**question, "name": {"en": "One"}}, {"name": {"zh": "一"}}, {**question, "correctResponsesPattern": ["b"]}):
        post(small(object={"id": iri, "definition": definition}))
    found = Activity.objects.get(iri=iri)
    assert json.loads(found.definition) == {**question, "name": {"en": "One", "zh": "一"}}


def test_what_is_only_related_is_found_by_mentions():
    (given,) = post(full())
    row = Statement.objects.get(statement_id=given)
    # tutor, class and its member; course and project
    assert Mention.objects.filter(seq=row.pk).count() == 5
    assert str(row.registration) == "ec531277-b57b-4c15-8d91-d292c5b2b8f7"
    assert row.refers_to is None

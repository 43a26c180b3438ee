"""GET of statements: every filter, every combination that is refused, pages that stay, what is voided (part three, 2.1.3; 4.1.6.1)."""

from __future__ import annotations

import uuid

import pytest

from tests.lrs_calling import V2
from tests.statement_samples import full, small, voiding

pytestmark = pytest.mark.django_db(databases="__all__")

WU = {"mbox": "mailto:wu@example.cn"}
ME = {"account": {"homePage": "https://provider.example.cn", "name": "me"}}
OTHER = "https://provider.example.cn/courses/9"
DONE = "http://adlnet.gov/expapi/verbs/completed"
TRIED = "http://adlnet.gov/expapi/verbs/attempted"


def test_one_statement_is_given_as_it_was_stored(lrs):
    sent = full()
    lrs.store(sent)
    reply = lrs.get("/statements", {"statementId": sent["id"]})
    read = reply.json()
    assert reply.status == 200
    assert (read["actor"], read["verb"], read["result"]) == (sent["actor"], sent["verb"], sent["result"])
    assert set(read) >= {"id", "stored", "timestamp", "authority", "version"}
    assert reply.headers["content-type"] == "application/json"
    assert {"etag", "last-modified", "x-experience-api-consistent-through", "x-experience-api-version"} <= set(reply.headers)
    assert reply.headers["x-experience-api-consistent-through"] >= read["stored"]


def test_a_statement_that_nobody_stored_is_not_found(lrs):
    reply = lrs.get("/statements", {"statementId": str(uuid.uuid4())})
    assert (reply.status, reply.json()["path"]) == (404, "statementId")
    assert "x-experience-api-consistent-through" in reply.headers


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ({"statementId": "x"}, "statementId"),
        ({"voidedStatementId": "{6690e6c9-3ef0-4ed3-8b37-7f3964730bee}"}, "voidedStatementId"),
        ({"statementId": uuid.uuid4(), "limit": 1}, "limit"),
        ({"statementId": uuid.uuid4(), "agent": WU}, "agent"),
        ({"statementId": uuid.uuid4(), "voidedStatementId": uuid.uuid4()}, "voidedStatementId"),
        ({"voidedStatementId": uuid.uuid4(), "verb": DONE}, "verb"),
        ({"agent": "wu"}, "agent"),
        ({"agent": {}}, "agent"),
        ({"agent": {"mbox": "wu@example.cn"}}, "agent.mbox"),
        ({"agent": {"objectType": "Group", "member": [WU]}}, "agent"),
        ({"verb": "completed"}, "verb"),
        ({"activity": "course 1"}, "activity"),
        ({"registration": "1"}, "registration"),
        ({"since": "yesterday"}, "since"),
        ({"until": "2026-13-01T00:00:00Z"}, "until"),
        ({"limit": "-1"}, "limit"),
        ({"limit": "all"}, "limit"),
        ({"ascending": "yes"}, "ascending"),
        ({"related_agents": "1"}, "related_agents"),
        ({"attachments": "True"}, "attachments"),
        ({"format": "short"}, "format"),
        ({"StatementId": uuid.uuid4()}, "StatementId"),
        ({"page": 2}, "page"),
        ("limit=1&limit=2", "limit"),
        ("verb=%ff", "query"),
        ("agent=%00", "agent"),
    ],
)
def test_what_may_not_stand_is_refused_with_its_name(lrs, query, path):
    reply = lrs.get("/statements", query)
    assert (reply.status, reply.json()["path"]) == (400, path)
    assert "x-experience-api-version" in reply.headers


@pytest.fixture
def stored(lrs):
    """One of each: what matches which filter can be read off its name."""
    registration = str(uuid.uuid4())
    some = {
        "plain": small(),
        "of_wu": small(actor=WU),
        "other": small(object={"id": OTHER}),
        "tried": small(verb={"id": TRIED}),
        "registered": small(context={"registration": registration}),
        "group": small(actor={"objectType": "Group", "member": [WU, {"openid": "https://id.example.cn/x"}]}),
        "about_wu": small(object={"objectType": "Agent", **WU}),
        "taught_by_wu": small(context={"instructor": WU}),
        "within": small(context={"contextActivities": {"parent": [{"id": OTHER}]}}),
        "sub": small(object={"objectType": "SubStatement", "actor": WU, "verb": {"id": TRIED}, "object": {"id": OTHER}}),
    }
    lrs.store(*some.values())
    return {name: one["id"] for name, one in some.items()} | {"registration": registration}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["plain", "of_wu", "other", "tried", "registered", "group", "about_wu", "taught_by_wu", "within", "sub"]),
        ({"agent": WU}, ["of_wu", "group", "about_wu"]),
        ({"agent": WU, "related_agents": True}, ["of_wu", "group", "about_wu", "taught_by_wu", "sub"]),
        ({"agent": ME, "related_agents": True}, []),
        ({"verb": TRIED}, ["tried"]),
        ({"activity": OTHER}, ["other"]),
        ({"activity": OTHER, "related_activities": True}, ["other", "within", "sub"]),
        ({"agent": WU, "activity": OTHER, "related_agents": True, "related_activities": True}, ["sub"]),
        ({"agent": WU, "verb": DONE}, ["of_wu", "group", "about_wu"]),
        ({"agent": WU, "verb": TRIED}, []),
        ({"limit": 2}, ["within", "sub"]),
        ({"limit": 2, "ascending": True}, ["plain", "of_wu"]),
    ],
)
def test_a_filter_finds_what_matches_and_nothing_else(lrs, stored, query, names):
    found = lrs.found(**query)
    wanted = [stored[name] for name in names]
    assert found == (wanted if query.get("ascending") else wanted[::-1])


def test_a_registration_finds_its_own(lrs, stored):
    assert lrs.found(registration=stored["registration"]) == [stored["registered"]]
    assert lrs.found(registration=stored["registration"], activity=OTHER) == []


def test_the_authority_is_a_related_agent(lrs, stored):
    authority = lrs.get("/statements", {"statementId": stored["plain"]}).json()["authority"]
    assert len(lrs.found(agent=authority, related_agents=True)) == 10
    assert lrs.found(agent=authority) == []


def test_since_is_later_and_until_is_not_later(lrs, stored):
    moments = {one["id"]: one["stored"] for one in lrs.get("/statements").json()["statements"]}
    third = moments[stored["other"]]
    assert lrs.found(until=third) == [stored[name] for name in ("other", "of_wu", "plain")]
    assert len(lrs.found(since=third)) == 7
    assert lrs.found(since=third, until=third) == []


def test_pages_follow_each_other_and_new_arrivals_change_none(lrs, stored):
    first = lrs.get("/statements", {"limit": 4}).json()
    lrs.store(small(), small())
    second = lrs.get(first["more"]).json()
    third = lrs.get(second["more"]).json()
    ids = [one["id"] for page in (first, second, third) for one in page["statements"]]
    assert ids == [stored[name] for name in stored if name != "registration"][::-1]
    assert third["more"] == ""


def test_pages_upwards_reach_what_arrives_meanwhile(lrs, stored):
    first = lrs.get("/statements", {"limit": 9, "ascending": True}).json()
    (new,) = lrs.store(small())
    second = lrs.get(first["more"]).json()
    assert [one["id"] for one in second["statements"]] == [stored["sub"], new]


@pytest.mark.parametrize("damage", ["x", "", "e30.x"])
def test_a_more_address_that_was_not_given_here_is_not_found(lrs, damage):
    assert lrs.get(f"/statements/more/{damage}").status == 404


def test_what_is_voided_is_hidden_and_found_by_its_own_parameter(lrs):
    sent = small()
    lrs.store(sent)
    (void,) = lrs.store(voiding(sent["id"]))
    assert lrs.get("/statements", {"statementId": sent["id"]}).status == 404
    assert lrs.get("/statements", {"voidedStatementId": sent["id"]}).json()["id"] == sent["id"]
    assert lrs.get("/statements", {"voidedStatementId": void}).status == 404
    assert lrs.found() == [void]


def test_a_statement_about_a_voided_one_is_still_found(lrs):
    sent = small(actor=WU)
    about = small(actor=ME, object={"objectType": "StatementRef", "id": sent["id"]})
    beyond = small(actor=ME, object={"objectType": "StatementRef", "id": about["id"]})
    lrs.store(sent)
    lrs.store(about)
    lrs.store(beyond)
    lrs.store(voiding(sent["id"]))
    found = lrs.found(agent=WU)
    assert sent["id"] not in found
    assert {about["id"], beyond["id"]} <= set(found)
    assert lrs.found(agent=WU, verb=TRIED) == []


def test_a_statement_of_two_is_told_to_a_client_of_one_without_what_it_cannot_know(lrs):
    context = {"contextAgents": [{"objectType": "contextAgent", "agent": WU, "relevantTypes": ["https://provider.example.cn/types/peer"]}]}
    (sent,) = lrs.at(V2).store(small(context=context))
    assert lrs.at(V2).get("/statements", {"statementId": sent}).json()["context"] == context
    read = lrs.get("/statements", {"statementId": sent}).json()
    assert (read["context"], read["version"]) == ({}, "1.0.0")
    assert lrs.found(agent=WU, related_agents=True) == [sent]


def test_head_answers_as_get_without_a_body(lrs, stored):
    got, told = (getattr(lrs, method)("/statements", {"limit": 1}) for method in ("get", "head"))
    assert (told.status, told.body) == (200, b"")
    assert {name: told.headers[name] for name in ("content-length", "etag", "content-type")} == {
        name: got.headers[name] for name in ("content-length", "etag", "content-type")
    }
    assert lrs.get("/statements", {"limit": 1}, If_None_Match=got.headers["etag"]).status == 304

"""Each clause of the standard with a statement that keeps it and one that does not; the refusal names the field."""

from __future__ import annotations

import json

import pytest

from tests.statement_samples import as_json, at, full, sender, small, voiding
from xingtan.core.xapi import DECODER, STATEMENTS, Malformed, Version

V1, V2 = Version.V1, Version.V2
WU = {"objectType": "Agent", "mbox": "mailto:wu@example.cn"}
TEAM = {"objectType": "Group", "member": [WU]}
SUB = {"objectType": "SubStatement", "actor": WU, "verb": {"id": "http://example.cn/v"}, "object": {"id": "http://example.cn/a"}}
ATTACHMENT = {
    "usageType": "http://example.cn/use",
    "display": {"en": "A"},
    "contentType": "text/plain; charset=utf-8",
    "length": 3,
    "sha2": "a" * 64,
}
REFERENCE = {"objectType": "StatementRef", "id": "8f87ccde-bb56-4c2e-ab83-44982ef22df0"}
CHOICE = {
    "interactionType": "choice",
    "choices": [{"id": "a", "description": {"en": "A"}}, {"id": "b"}],
    "correctResponsesPattern": ["a[,]b"],
}


def wrong(statement, version=V1):
    """Where the statement does not follow the standard; "" when it does."""
    try:
        STATEMENTS[version](DECODER.decode(as_json(statement)))
    except Malformed as malformed:
        return malformed.path
    return ""


@pytest.mark.parametrize("version", [V1, V2])
@pytest.mark.parametrize(
    "path_and_value",
    [
        ("actor", {"objectType": "Agent", "mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"}),
        ("actor", {"openid": "https://id.example.cn/lin"}),
        ("actor", {"objectType": "Group", "name": "一组", "member": [WU, {"openid": "https://id.example.cn/x"}]}),
        ("actor", {"objectType": "Group", "mbox": "mailto:class@example.cn"}),
        ("verb.display", {"zh-Hans-CN": "做", "x-private": "x", "sl-rozaj-biske-1994": "y", "de-CH-1901": "z", "i-klingon": "k"}),
        ("object", WU),
        ("object", TEAM),
        ("object", REFERENCE),
        ("object", SUB),
        ("object", SUB | {"context": {"team": TEAM}, "result": {"success": False}, "timestamp": "2030-01-01T00:00:00Z"}),
        ("object.definition", CHOICE),
        ("object.definition", {"interactionType": "true-false", "correctResponsesPattern": ["true"]}),
        (
            "object.definition",
            {"interactionType": "matching", "source": [{"id": "1"}], "target": [{"id": "x"}], "correctResponsesPattern": ["1[.]x[,]2[.]y"]},
        ),
        ("object.definition", {"interactionType": "performance", "steps": [{"id": "1"}], "correctResponsesPattern": ["1[.]1:2[,]2[.]x"]}),
        ("object.definition", {"interactionType": "numeric", "correctResponsesPattern": ["4[:]", "[:]4", "1.5[:]2", "-3"]}),
        ("object.definition", {"interactionType": "long-fill-in", "correctResponsesPattern": ["{case_matters=true}a[,]b"]}),
        ("object.definition", {"interactionType": "likert", "scale": [{"id": "1"}], "correctResponsesPattern": []}),
        ("object.definition", {"interactionType": "sequencing", "choices": []}),
        ("object.definition", {"extensions": {"http://example.cn/x": {"": None, "deep": [[[None]]]}}}),
        ("result.score", {"scaled": -1, "raw": 5, "min": 5, "max": 6}),
        ("result.score", {"raw": 1e30}),
        ("result.duration", "P4W"),
        ("result.duration", "P3Y1M29DT4H35M59.14S"),
        ("result.duration", "PT0S"),
        ("result.duration", "P1.5D"),
        ("context.contextActivities", {"parent": {"id": "http://example.cn/a"}, "other": [], "category": [{"id": "http://example.cn/b"}]}),
        ("context.instructor", TEAM),
        ("timestamp", "2026-11-22T00:00:00.123456789Z"),
        ("timestamp", "2026-11-22 08:15:30+08:00"),
        ("timestamp", "2016-12-31T23:59:60Z"),
        ("version", "1.0.9"),
        ("stored", "2020-01-01T00:00:00Z"),
        ("authority", WU),
        ("authority", {"objectType": "Group", "member": [WU, {"account": {"homePage": "http://example.cn/token", "name": "k"}}]}),
        ("attachments", [ATTACHMENT, ATTACHMENT | {"fileUrl": "https://example.cn/f", "description": {"en": "x"}, "sha2": "B" * 128}]),
        ("object.id", "act:unicode/完成"),
        ("object.id", "urn:uuid:6690e6c9-3ef0-4ed3-8b37-7f3964730bee"),
    ],
)
def test_what_follows_the_standard_is_taken(path_and_value, version):
    assert wrong(at(small(), *path_and_value), version) == ""


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        # 2.2 formatting: types, case, null, unknown properties
        ("result.success", "true", "$.result.success"),
        ("result.score.raw", "5", "$.result.score.raw"),
        ("result.score.raw", True, "$.result.score.raw"),
        ("result.completion", 1, "$.result.completion"),
        ("result.response", 5, "$.result.response"),
        ("context.platform", None, "$.context.platform"),
        ("verb.display", None, "$.verb.display"),
        ("object.definition.name", {"en": None}, "$.object.definition.name.en"),
        ("Result", {}, "$.Result"),
        ("actor.Mbox", "mailto:a@b.cn", "$.actor.Mbox"),
        ("verb.name", "x", "$.verb.name"),
        ("object.definition.interactionType", "Choice", "$.object.definition.interactionType"),
        ("actor.objectType", "agent", "$.actor.objectType"),
        ("object.objectType", "activity", "$.object.objectType"),
        ("actor", ..., "$.actor"),
        ("verb", ..., "$.verb"),
        ("object", ..., "$.object"),
        ("actor", [], "$.actor"),
        # 2.4.1, 4.4 ids
        ("id", "", "$.id"),
        ("id", "6690e6c9-3ef0-4ed3-8b37-7f3964730be", "$.id"),
        ("id", "{6690e6c9-3ef0-4ed3-8b37-7f3964730bee}", "$.id"),
        ("id", 5, "$.id"),
        # 2.4.2 actors
        ("actor", {}, "$.actor"),
        ("actor", {"name": "x"}, "$.actor"),
        ("actor", WU | {"openid": "https://id.example.cn/x"}, "$.actor"),
        ("actor.mbox", "wu@example.cn", "$.actor.mbox"),
        ("actor.mbox", "mailto:wu", "$.actor.mbox"),
        ("actor.mbox", "", "$.actor.mbox"),
        ("actor", {"mbox_sha1sum": "x" * 40}, "$.actor.mbox_sha1sum"),
        ("actor", {"openid": "id.example.cn"}, "$.actor.openid"),
        ("actor", {"account": {"homePage": "example.cn", "name": "x"}}, "$.actor.account.homePage"),
        ("actor", {"account": {"homePage": "http://example.cn"}}, "$.actor.account.name"),
        ("actor", {"account": {"homePage": "http://example.cn", "name": 7}}, "$.actor.account.name"),
        ("actor", {"account": {"homePage": "http://example.cn", "name": "x", "key": 1}}, "$.actor.account.key"),
        ("actor", {"objectType": "Group"}, "$.actor.member"),
        ("actor", {"objectType": "Group", "member": []}, "$.actor.member"),
        ("actor", {"objectType": "Group", "member": [TEAM]}, "$.actor.member[0].objectType"),
        ("actor", {"objectType": "Group", "member": [WU, {"name": "x"}]}, "$.actor.member[1]"),
        ("actor", {"member": [WU]}, "$.actor.member"),
        # 2.4.3 verbs; 4.2, 4.3
        ("verb", {"display": {}}, "$.verb.id"),
        ("verb.id", "completed", "$.verb.id"),
        ("verb.id", "http:///x", "$.verb.id"),
        ("verb.id", "http://example.cn/a b", "$.verb.id"),
        ("verb.display", {"a12345": "x"}, "$.verb.display.a12345"),
        ("verb.display", {"": "x"}, "$.verb.display['']"),
        ("verb.display", {"en_US": "x"}, "$.verb.display.en_US"),
        # 2.4.4 objects
        ("object", {}, "$.object.id"),
        ("object", {"id": "a/b"}, "$.object.id"),
        ("object", {"mbox": "mailto:wu@example.cn"}, "$.object.mbox"),
        ("object", {"id": REFERENCE["id"]}, "$.object.id"),
        ("object", {"objectType": "StatementRef"}, "$.object.id"),
        ("object", REFERENCE | {"id": "x"}, "$.object.id"),
        ("object", REFERENCE | {"more": 1}, "$.object.more"),
        ("object", {"objectType": "Statement", "id": "http://example.cn/a"}, "$.object.objectType"),
        ("object.definition.moreInfo", "/more", "$.object.definition.moreInfo"),
        ("object.definition.type", "lesson", "$.object.definition.type"),
        ("object.definition.extensions", {"subject": 1}, "$.object.definition.extensions.subject"),
        ("object.definition.extensions", [], "$.object.definition.extensions"),
        # 2.4.4.1 interactions
        ("object.definition.choices", [{"id": "a"}], "$.object.definition.interactionType"),
        ("object.definition.correctResponsesPattern", ["a"], "$.object.definition.interactionType"),
        ("object.definition", CHOICE | {"scale": []}, "$.object.definition.scale"),
        ("object.definition", CHOICE | {"choices": [{"id": "a"}, {"id": "a"}]}, "$.object.definition.choices[1].id"),
        ("object.definition", CHOICE | {"choices": [{"description": {}}]}, "$.object.definition.choices[0].id"),
        ("object.definition", CHOICE | {"correctResponsesPattern": "a"}, "$.object.definition.correctResponsesPattern"),
        ("object.definition", CHOICE | {"correctResponsesPattern": ["a", 1]}, "$.object.definition.correctResponsesPattern[1]"),
        (
            "object.definition",
            {"interactionType": "true-false", "correctResponsesPattern": ["yes"]},
            "$.object.definition.correctResponsesPattern[0]",
        ),
        (
            "object.definition",
            {"interactionType": "numeric", "correctResponsesPattern": ["1-2"]},
            "$.object.definition.correctResponsesPattern[0]",
        ),
        ("object.definition", {"interactionType": "other", "steps": []}, "$.object.definition.steps"),
        # 2.4.4.3 SubStatements
        ("object", SUB | {"id": REFERENCE["id"]}, "$.object.id"),
        ("object", SUB | {"stored": "2020-01-01T00:00:00Z"}, "$.object.stored"),
        ("object", SUB | {"version": "1.0.0"}, "$.object.version"),
        ("object", SUB | {"authority": WU}, "$.object.authority"),
        ("object", SUB | {"object": SUB}, "$.object.object.objectType"),
        ("object", SUB | {"actor": {}}, "$.object.actor"),
        ("object", {key: value for key, value in SUB.items() if key != "verb"}, "$.object.verb"),
        # 2.4.5 results; 4.6
        ("result.score.scaled", 1.0000000000000000001e0, ""),
        ("result.score.scaled", 1.01, "$.result.score.scaled"),
        ("result.score.scaled", -2, "$.result.score.scaled"),
        ("result.score", {"min": 5, "max": 5}, "$.result.score.min"),
        ("result.score", {"raw": 4.99, "min": 5}, "$.result.score.raw"),
        ("result.score", {"raw": 7, "max": 6}, "$.result.score.raw"),
        ("result.score", {"percent": 5}, "$.result.score.percent"),
        ("result.duration", "P4W1D", "$.result.duration"),
        ("result.duration", "PT", "$.result.duration"),
        ("result.duration", "P", "$.result.duration"),
        ("result.duration", "P1Y2M3DT", "$.result.duration"),
        ("result.duration", "PT1.5H3M", "$.result.duration"),
        ("result.duration", "P0003-06-04T12:30:05", "$.result.duration"),
        ("result.duration", "00:05:00", "$.result.duration"),
        ("result.duration", 60, "$.result.duration"),
        ("result.extensions", {"x": 1}, "$.result.extensions.x"),
        # 2.4.6 contexts
        ("context.registration", "1", "$.context.registration"),
        ("context.team", WU, "$.context.team.objectType"),
        ("context.team", {"member": [WU]}, "$.context.team.objectType"),
        ("context.instructor", {}, "$.context.instructor"),
        ("context.language", "chinese language", "$.context.language"),
        ("context.statement", {"id": REFERENCE["id"]}, "$.context.statement.objectType"),
        ("context.contextActivities", {"parents": []}, "$.context.contextActivities.parents"),
        ("context.contextActivities", {"parent": [{"id": "http://example.cn/a"}, "x"]}, "$.context.contextActivities.parent[1]"),
        ("context.contextActivities", {"parent": {"id": "x"}}, "$.context.contextActivities.parent.id"),
        ("context.extensions", {"x": 1}, "$.context.extensions.x"),
        ("context.contextAgents", [], "$.context.contextAgents"),
        # 2.4.7, 2.4.8, 4.5 times
        ("timestamp", "2026-13-01T00:00:00Z", "$.timestamp"),
        ("timestamp", "2026-02-30T00:00:00Z", "$.timestamp"),
        ("timestamp", "2026-11-22", "$.timestamp"),
        ("timestamp", "2026-11-22T00:00:00-00:00", "$.timestamp"),
        ("timestamp", "2026-11-22T00:00:00.601-0000", "$.timestamp"),
        ("timestamp", "2026-11-22T00:00:00-00", "$.timestamp"),
        ("timestamp", "2026-11-22T25:00:00Z", "$.timestamp"),
        ("timestamp", 1700000000, "$.timestamp"),
        ("stored", "yesterday", "$.stored"),
        # 2.4.9, 2.4.10
        ("authority", TEAM, "$.authority"),
        ("authority", {"objectType": "Group", "mbox": "mailto:g@example.cn", "member": [WU, WU]}, "$.authority"),
        ("authority", {"objectType": "Group", "mbox": "mailto:g@example.cn"}, "$.authority.member"),
        ("version", "0.9.9", "$.version"),
        ("version", "1.1.0", "$.version"),
        ("version", 1.0, "$.version"),
        # 2.4.11
        ("attachments", ATTACHMENT, "$.attachments"),
        ("attachments", [ATTACHMENT | {"length": 1.5}], "$.attachments[0].length"),
        ("attachments", [ATTACHMENT | {"length": "27"}], "$.attachments[0].length"),
        ("attachments", [ATTACHMENT | {"sha2": "a" * 40}], "$.attachments[0].sha2"),
        ("attachments", [ATTACHMENT | {"contentType": "text"}], "$.attachments[0].contentType"),
        ("attachments", [ATTACHMENT | {"usageType": "use"}], "$.attachments[0].usageType"),
        ("attachments", [ATTACHMENT | {"fileUrl": "f.txt"}], "$.attachments[0].fileUrl"),
        ("attachments", [{key: value for key, value in ATTACHMENT.items() if key != "display"}], "$.attachments[0].display"),
    ],
)
def test_what_does_not_is_refused_with_the_field(path, value, where):
    assert wrong(at(small(), path, value)) == where


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        (full(object=WU), "$.context.revision"),
        (at(full(object=REFERENCE), "context.revision", ...), "$.context.platform"),
        (small(object=SUB | {"object": WU, "context": {"platform": "x"}}), "$.object.context.platform"),
        (at(voiding("8f87ccde-bb56-4c2e-ab83-44982ef22df0"), "object", {"id": "http://example.cn/a"}), "$.object.objectType"),
        (small(object=at(SUB, "verb.id", "http://adlnet.gov/expapi/verbs/voided")), "$.object.object.objectType"),
        ("x", "$"),
        (None, "$"),
    ],
)
def test_rules_between_properties(statement, where):
    assert wrong(statement) == where


def test_scores_are_compared_as_they_are_written():
    text = as_json(small(result={"score": {"scaled": 0}})).replace(b'"scaled": 0', b'"scaled": 1.0000000000000000000000001')
    with pytest.raises(Malformed, match="-1 to 1"):
        STATEMENTS[V1](DECODER.decode(text))


AGENTS = [{"objectType": "contextAgent", "agent": WU, "relevantTypes": ["http://example.cn/type"]}]
GROUPS = [{"objectType": "contextGroup", "group": TEAM}]


@pytest.mark.parametrize(
    ("path", "value", "where"),
    [
        ("context", {"contextAgents": AGENTS, "contextGroups": GROUPS}, ""),
        ("object", SUB | {"context": {"contextAgents": AGENTS}}, ""),
        ("context.contextAgents", AGENTS[0], "$.context.contextAgents"),
        ("context.contextAgents", [AGENTS[0] | {"objectType": "Agent"}], "$.context.contextAgents[0].objectType"),
        ("context.contextAgents", [{"agent": WU}], "$.context.contextAgents[0].objectType"),
        ("context.contextAgents", [AGENTS[0] | {"agent": {"key": 1}}], "$.context.contextAgents[0].agent.key"),
        ("context.contextAgents", [AGENTS[0] | {"agent": TEAM}], "$.context.contextAgents[0].agent.objectType"),
        ("context.contextAgents", [AGENTS[0] | {"relevantTypes": []}], "$.context.contextAgents[0].relevantTypes"),
        ("context.contextGroups", [GROUPS[0] | {"relevantTypes": ["abc"]}], "$.context.contextGroups[0].relevantTypes[0]"),
        ("context.contextGroups", [GROUPS[0] | {"group": WU}], "$.context.contextGroups[0].group.objectType"),
        ("timestamp", "2026-11-22T08:15:30", "$.timestamp"),
        ("timestamp", "20261122T081530Z", "$.timestamp"),
        ("version", "2.0.0", ""),
        ("version", "2.1.0", "$.version"),
    ],
)
def test_version_two(path, value, where):
    assert wrong(at(small(), path, value), V2) == where


@pytest.mark.parametrize("timestamp", ["2026-11-22T08:15:30", "20261122T081530Z", "2026-11-22T08:15Z", "2026-11-22T08:15:30+08"])
def test_version_one_takes_any_iso_8601_time(timestamp):
    assert wrong(small(timestamp=timestamp)) == ""


def test_extensions_have_a_bottom():
    value = None
    for _ in range(64):
        value = [value]
    deep = {"https://example.cn/x": value}
    assert wrong(small(context={"extensions": deep})) == ""
    assert wrong(small(context={"extensions": {"https://example.cn/x": [value]}})) == "$.context.extensions['https://example.cn/x']"


def test_a_refusal_repeats_nothing_that_was_sent():
    with pytest.raises(Malformed) as refused:
        STATEMENTS[V1](json.loads(as_json(small(actor={"mbox": "林老师的邮箱"}))))
    assert "林" not in refused.value.why
    assert sender().may_write

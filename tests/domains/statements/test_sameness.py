"""Two statements mean the same when they differ only in what a store may change (2.3.1)."""

from __future__ import annotations

import pytest

from tests.statement_samples import as_json, at, full, small
from xingtan.core.xapi import DECODER, same_meaning

TEAM = {"objectType": "Group", "member": [{"mbox": "mailto:a@x.cn"}, {"openid": "http://x.cn/b"}]}


def same(one, other):
    left, right = DECODER.decode(as_json(one)), DECODER.decode(as_json(other))
    assert same_meaning(left, right) == same_meaning(right, left)
    return same_meaning(left, right)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", ...),
        ("stored", "2020-01-01T00:00:00Z"),
        ("version", "1.0.0"),
        ("authority", {"mbox": "mailto:x@y.cn"}),
        ("timestamp", "2026-11-22T00:15:30.1230Z"),
        ("timestamp", ...),
        ("verb.display", {"en": "other"}),
        ("object.definition", {}),
        ("object.objectType", ...),
        ("actor.objectType", ...),
        ("context.contextActivities.grouping", [{"id": "https://provider.example.cn/projects/7", "objectType": "Activity"}]),
        ("context.contextActivities.category", []),
        ("context.registration", "EC531277-B57B-4C15-8D91-D292C5B2B8F7"),
        ("context.instructor.mbox", "mailto:tutor@EXAMPLE.cn"),
        ("result.duration", "PT25M30.5S"),
        ("result.score.raw", 95.0),
    ],
)
def test_differences_that_a_store_may_make(path, value):
    assert same(full(), at(full(), path, value))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("timestamp", "2026-11-22T00:15:30.124Z"),
        ("verb.id", "http://adlnet.gov/expapi/verbs/Completed"),
        ("object.id", "https://provider.example.cn/courses/1/units/13"),
        ("actor.account.name", "wu"),
        ("actor.name", "林"),
        ("result.success", False),
        ("result.success", ...),
        ("result.duration", "PT1530.5S"),
        ("result.score.raw", 95.1),
        ("result.extensions", {"https://provider.example.cn/ext/tries": 3}),
        ("context.contextActivities.parent", [{"id": "https://provider.example.cn/courses/2"}]),
        ("context.instructor.mbox", "mailto:Tutor@example.cn"),
        ("context.statement.id", "9f87ccde-bb56-4c2e-ab83-44982ef22df0"),
    ],
)
def test_differences_that_change_the_meaning(path, value):
    assert not same(full(), at(full(), path, value))


def test_members_come_in_any_order_and_finer_than_a_hundredth_does_not_count():
    assert same(small(actor=TEAM), small(actor=TEAM | {"member": TEAM["member"][::-1]}))
    assert not same(small(actor=TEAM), small(actor=TEAM | {"member": TEAM["member"][:1]}))
    assert same(small(result={"duration": "PT1.234S"}), small(result={"duration": "PT1.239S"}))
    assert not same(small(result={"duration": "PT1.24S"}), small(result={"duration": "PT1.25S"}))


def test_true_is_not_one():
    assert not same(small(result={"extensions": {"http://x.cn/a": [True]}}), small(result={"extensions": {"http://x.cn/a": [1]}}))

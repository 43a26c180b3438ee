"""Every refused request is noted with its page's name and code, and nothing that was typed."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from xingtan.foundation.audit import refusals
from xingtan.foundation.audit.models import AuditLine
from xingtan.foundation.people.models import Grant
from xingtan.foundation.people.usage import write_uses


@pytest.fixture
def noted(monkeypatch):
    fresh = refusals.Noted()
    monkeypatch.setattr(refusals, "NOTED", fresh)

    def take():
        return [(line.act, line.account_id, line.detail["page"], line.detail.get("code", "")) for line in fresh.take(line_time(fresh))]

    return take


def line_time(fresh):
    return fresh.lines[0].at


def test_each_kind_of_refusal_has_its_line(cast, as_actor, noted):
    chen = as_actor(cast.chen)
    chen.get("/bureau/queue/")
    chen.get("/school/teachers/secret-text/?q=secret-text")
    chen.post("/role/", {"grant": "987654"})
    Client(enforce_csrf_checks=True).post("/sign-out/", {"x": "secret-text"})
    Client().get("/api/v1/me", headers={"Authorization": "Bearer secret-text"})
    chen.get("/no-such-page/")
    told = noted()
    assert told == [
        ("refused.right", cast.chen.account_id, "bureau:queue", "credits.see_queue"),
        ("refused.scope", cast.chen.account_id, "school:teacher", ""),
        ("refused.scope", cast.chen.account_id, "public:switch_role", ""),
        ("refused.right", None, "public:sign_out", ""),
        ("refused.token", None, "api-v1:me", ""),
    ]


def test_what_was_typed_is_not_repeated(cast, as_actor, noted):
    chen = as_actor(cast.chen)
    chen.get("/school/teachers/secret-text/?q=secret-text")
    [line] = refusals.NOTED.lines
    assert "secret-text" not in json.dumps(line.content(), default=str)
    assert not AuditLine.objects.filter(act__startswith="refused").exists()  # not within the request


def test_a_role_is_noted_as_used_and_written_later(cast, as_actor):
    as_actor(cast.chen).get("/school/bills/")
    grant = Grant.objects.get(account_id=cast.chen.account_id)
    assert grant.used_on is None
    write_uses()
    grant.refresh_from_db()
    assert grant.used_on is not None

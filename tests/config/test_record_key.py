"""`xingtan record-key` gives, lists, rotates and revokes."""

from __future__ import annotations

import re

import pytest

from tests.enrolling import tree
from tests.lrs_calling import Client, basic
from xingtan import cli
from xingtan.config.commands import record_key
from xingtan.domains.statements import api as statements

pytestmark = pytest.mark.django_db(databases="__all__")


def call(capsys, *words):
    statements.forget_senders()
    code = record_key.run(cli.parser().parse_args(["record-key", *words]))
    told = capsys.readouterr()
    return code, told.out + told.err


def opens(text):
    key, secret = (re.search(rf"{name} +(\S+)", text).group(1) for name in ("key", "secret"))
    return key, Client(basic(key, secret)).get("/statements").status


def test_a_key_is_given_turned_over_and_ended(capsys):
    provider = tree().provider
    provider.code = "PX001"
    provider.save()
    code, given = call(capsys, "give", "PX001", "--title", "平台")
    key, status = opens(given)
    assert (code, status) == (0, 200)
    assert "平台" in call(capsys, "list", "PX001")[1]
    code, rotated = call(capsys, "rotate", key, "--at-once")
    assert (code, opens(rotated), opens(given)[1]) == (0, (key, 200), 401)
    assert call(capsys, "revoke", key)[0] == 0
    statements.forget_senders()
    assert opens(rotated)[1] == 401
    assert call(capsys, "rotate", key)[0] == 2


@pytest.mark.parametrize("words", [("give", "PX999"), ("rotate", "nobody234567"), ("revoke", "nobody234567")])
def test_what_is_unknown_is_said(capsys, words):
    tree()
    code, told = call(capsys, *words)
    assert (code, words[1] in told) == (2, True)

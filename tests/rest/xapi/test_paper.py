"""The commands of docs/xapi.md do what the page says, in both languages."""

from __future__ import annotations

import re
import shlex
import uuid
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.crediting import NOW
from tests.lrs_calling import Client, basic
from xingtan.domains.statements import api as statements

pytestmark = pytest.mark.django_db(databases="__all__")
DOCS = Path(__file__).resolve().parents[3] / "docs"
PAPERS = ["xapi.md", "xapi.zh.md"]


def commands(name):
    return re.findall(r"```sh\n(.+?)```", (DOCS / name).read_text(encoding="utf-8"), re.DOTALL)


def run(command, variables):
    """The request that curl would make of these words."""
    for name, value in variables.items():
        command = command.replace(f"${name}", value)
    words = iter(shlex.split(command.replace("\\\n", " "))[1:])
    headers, data, method, is_query, url = {}, [], "", False, ""
    for word in words:
        if word in {"-s", "-i"}:
            continue
        if word == "-G":
            is_query = True
        elif word == "-u":
            headers["Authorization"] = basic(*next(words).split(":"))
        elif word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-X":
            method = next(words)
        elif word in {"-d", "--data-urlencode"}:
            name, _, value = next(words).partition("=") if is_query else ("", "", next(words))
            data.append(f"{name}={quote(value)}" if is_query else value)
        else:
            url = word
    path, _, query = url.partition("?")
    body = "" if is_query else "&".join(data)
    query = "&".join([*filter(None, [query]), *(data if is_query else [])])
    return Client().send(method or ("POST" if body else "GET"), path, query, headers, body.encode())


@pytest.mark.parametrize("name", PAPERS)
def test_each_command_works_as_written(cast, settings, name):
    given = statements.give_credential(actor=cast.ming, provider_id=cast.provider.pk, title="x", rights=statements.Rights(), now=NOW)
    variables = {
        "XAPI": "/xapi",
        "KEY": given.credential.public_id,
        "SECRET": given.secret,
        "SITE": settings.PUBLIC_URL,
        "TEACHER": cast.lin_teacher.public_id,
        "ID": str(uuid.uuid4()),
    }
    replies = [run(command, variables) for command in commands(name)]
    assert [reply.status for reply in replies] == [200, 200, 200, 200, 200, 204], [reply.body for reply in replies]
    assert replies[3].ids == [variables["ID"]]
    assert "x-experience-api-consistent-through" in replies[4].headers


def test_both_languages_have_the_same_commands():
    own, other = (commands(name) for name in PAPERS)
    assert own == other

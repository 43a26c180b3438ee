"""The recorder as a process of its own."""

from __future__ import annotations

import time
from importlib import import_module

import pytest

from tests.domains.learning.players import Player, call
from xingtan.cli import parser
from xingtan.config.commands import serve
from xingtan.config.recording import application
from xingtan.domains.learning.models import Beat


@pytest.mark.sqlite
@pytest.mark.django_db(databases="__all__")
def test_a_sqlite_file_has_no_second_recorder(capsys):
    assert serve.run(parser().parse_args(["recorder"])) == 2
    assert "PostgreSQL" in capsys.readouterr().err


def answered(path):
    said = []
    body = b"".join(application({"REQUEST_METHOD": "GET", "PATH_INFO": path}, lambda status, _headers: said.append(status)))
    return said[0][:3], body


def test_it_answers_that_it_lives_and_shows_no_page():
    assert answered("/healthz") == ("200", b"ok")
    assert answered("/my/")[0] == "404"


def test_it_records_beats(own_database):
    player = Player(now_s=int(time.time()) - 10)
    assert call(application, player.post(player.beat(0, 1, player.claims.opened_at + 1)))[0] == 200
    assert Beat.objects.count() == 1
    import_module("xingtan.config.bare").recorder.committer.close()

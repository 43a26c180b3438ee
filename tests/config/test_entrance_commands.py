"""`xingtan oidc-client` and `xingtan recover`."""

from __future__ import annotations

import re

import pytest

from tests.entering import build
from xingtan import cli
from xingtan.config.commands import entrance
from xingtan.foundation.entrance.sites import sites

pytestmark = pytest.mark.django_db


def call(capsys, *words):
    code = entrance.run(cli.parser().parse_args(words))
    told = capsys.readouterr()
    return code, told.out + told.err


def test_a_site_is_registered_listed_given_a_new_secret_and_withdrawn(capsys):
    code, told = call(capsys, "oidc-client", "add", "课件站", "--back", "https://kejian.example.cn/back", "--scope", "profile")
    site, secret = (re.search(rf"{name} +(\S+)", told).group(1) for name in ("client_id", "client_secret"))
    assert code == 0
    assert sites().get().check_secret(secret)
    assert sites().get().get_scopes() == ["openid", "profile"]
    assert "课件站" in call(capsys, "oidc-client", "list")[1]
    assert call(capsys, "oidc-client", "secret", site)[0] == 0
    assert not sites().get().check_secret(secret)
    assert call(capsys, "oidc-client", "withdraw", site)[0] == 0
    assert not sites().exists()


@pytest.mark.parametrize(
    "words", [("add", "x"), ("add", "x", "--back", "http://kejian.example.cn/"), ("secret", "nobody"), ("withdraw", "nobody")]
)
def test_what_cannot_be_is_refused_with_code_2(capsys, words):
    assert call(capsys, "oidc-client", *words)[0] == 2
    assert not sites().exists()


def test_an_account_that_nobody_stands_above_gets_a_code(capsys):
    build()
    code, told = call(capsys, "recover", "province", "--without-factor")
    assert code == 0
    assert re.search(r"code +[2-9a-z]{4}-[2-9a-z]{4}", told)
    assert call(capsys, "recover", "nobody")[0] == 2

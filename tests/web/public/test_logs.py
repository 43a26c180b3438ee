"""A walk with every log turned up: nothing secret and nobody's name is written."""

from __future__ import annotations

import io
import logging

import pytest
from django.test import Client

from tests.secrets import SHAPES, secrets_in
from xingtan.foundation.logs import JsonFormatter
from xingtan.foundation.people.models import ACTIVATION_BOX, Account

PASSWORD = "kong-shan-xin-yu"
NUMBER, PHONE, CODE, NAME = "360803198001011235", "13812345678", "abcd2345", "陈秀兰"


@pytest.fixture
def log():
    """Everything that any logger of ours and of the framework says at any level, but the statements of the database."""
    place = io.StringIO()
    handler = logging.StreamHandler(place)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    before, quiet = root.level, logging.getLogger("django.db.backends")
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    quiet.setLevel(logging.INFO)
    yield place.getvalue
    root.removeHandler(handler)
    root.setLevel(before)
    quiet.setLevel(logging.NOTSET)


def walk(cast, as_actor, monkeypatch):
    """Wrong and right passwords, a code, an API key, a page that breaks with all of it in its form and its local names."""
    browser = Client(raise_request_exception=False)
    account = Account.objects.get(pk=cast.lin.account_id)
    Account.objects.filter(pk=account.pk).update(activation_code=ACTIVATION_BOX.close(CODE), name=NAME)
    for password in ("wrong-" + PASSWORD, PASSWORD):
        browser.post("/sign-in/", {"identity": NUMBER, "password": password})
    browser.post("/activate/", {"identity": account.login, "code": CODE, "password": PASSWORD, "again": PASSWORD})
    browser.post("/recover/", {"identity": PHONE})
    clerk = as_actor(cast.chen)
    clerk.raise_request_exception = False
    secret = clerk.post("/tokens/", {"name": "x"}).context["secret"]
    clerk.get("/api/v1/me", headers={"Authorization": f"Bearer {secret}"})
    clerk.get(f"/api/v1/teachers/{NUMBER}", headers={"Authorization": f"Bearer {secret}"})
    monkeypatch.setattr("xingtan.web.school.bills.page_of", lambda *_args: 1 / 0)
    clerk.get("/school/bills/", {"q": NUMBER})
    return secret


def test_a_log_of_everything_says_nothing_secret(cast, as_actor, monkeypatch, log):
    secret = walk(cast, as_actor, monkeypatch)
    assert "ZeroDivisionError" in log()  # the log is read where faults are written
    assert secrets_in(log(), secret, CODE, NUMBER, PHONE, PASSWORD, NAME) == []


@pytest.mark.parametrize(
    "text",
    [PASSWORD, NUMBER, PHONE, "xt_" + "a" * 30, "Bearer " + "a" * 30, "v1." + "a" * 50, "csrfmiddlewaretoken=x", "xingtan=" + "a" * 32],
)
def test_each_shape_is_found(text):
    assert secrets_in(f"POST /x {text} done")
    assert len(SHAPES) == 8
    assert (
        secrets_in('{"at": "2026-11-21T04:00:00.123+00:00", "ms": 13812.345678, "request": "019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071"}') == []
    )

"""A provider's keys and what it sent, as pages."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from django.test import Client

from tests import enrolling, lrs_calling
from tests.crediting import NOW, build
from tests.statement_samples import full, small, voiding
from xingtan.domains.statements import api as statements
from xingtan.domains.statements.models import Credential
from xingtan.foundation.people.models import Account

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def cast(monkeypatch):
    monkeypatch.setattr(import_module("django.utils.timezone"), "now", lambda: NOW)
    storing, taking = (import_module(f"xingtan.domains.statements.{name}") for name in ("storing", "taking"))
    monkeypatch.setattr(taking.COMMITTER, "submit", lambda post: storing.settle([post])[0])
    statements.forget_senders()
    return build()


def browser_of(actor):
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


def give(cast, **more):
    values = {
        "provider": cast.provider.public_id,
        "title": "研修平台",
        "rights": ["may_write", "may_read"],
        "projects": [],
        "origins": "",
        **more,
    }
    return browser_of(cast.ming).post("/provider/keys/give/", values)


def secret_on(page):
    return re.search(r"xs_[\w-]{43}", page.content.decode()).group()


def program(secret):
    header = lrs_calling.basic(Credential.everywhere.latest("pk").public_id, secret)
    return lrs_calling.Client(header, app=import_module("xingtan.rest.xapi.app").Xapi(clock=NOW.timestamp))


def test_a_new_keys_secret_is_on_that_page_only(cast):
    page = give(cast, projects=[cast.project.public_id], origins="https://learn.example.cn", ends_on="2027-05-31")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    secret, key = secret_on(page), Credential.everywhere.get()
    assert program(secret).get("/statements").status == 200
    again = browser_of(cast.ming).get(f"/provider/keys/{key.public_id}/").content.decode()
    assert secret not in again
    for shown in (cast.project.title, "https://learn.example.cn", "2027-05-31"):
        assert shown in again
    assert "研修平台" in browser_of(cast.ming).get("/provider/keys/").content.decode()


def test_what_is_wrong_with_a_key_stands_on_the_form(cast):
    for wrong in ({"rights": []}, {"origins": "learn"}, {"title": ""}, {"provider": "x"}, {"projects": ["x"]}, {"ends_on": "2020-01-01"}):
        assert give(cast, **wrong).status_code == 422
    assert not Credential.everywhere.exists()


def test_a_key_is_turned_over_and_ended(cast):
    old = secret_on(give(cast))
    path = f"/provider/keys/{Credential.everywhere.get().public_id}"
    new = secret_on(browser_of(cast.ming).post(f"{path}/rotate/", {}))
    assert program(new).get("/statements").status == program(old).get("/statements").status == 200
    assert browser_of(cast.ming).post(f"{path}/rotate/", {"at_once": "on"}).status_code == 200
    statements.forget_senders()
    assert program(old).get("/statements").status == program(new).get("/statements").status == 401
    assert browser_of(cast.ming).post(f"{path}/revoke/").status_code == 302
    assert browser_of(cast.ming).post(f"{path}/rotate/").status_code == 409


def test_an_office_above_keeps_keys_and_one_beside_sees_none(cast):
    give(cast)
    path = f"/provider/keys/{Credential.everywhere.get().public_id}/"
    assert browser_of(cast.mei).get(path).status_code == 200
    assert browser_of(cast.zhou).get(path).status_code == 404
    assert "研修平台" not in browser_of(cast.zhou).get("/provider/keys/").content.decode()
    assert browser_of(cast.supervisor).post(f"{path}revoke/").status_code == 403


@pytest.fixture
def sent(cast):
    """Of Lin, of a teacher whom the provider does not teach, and of somebody elsewhere; the last one was voided."""
    (stranger,) = enrolling.teachers(cast.elsewhere, 1)
    some = [
        full(actor=statements.site_agent(cast.lin_teacher.public_id)),
        small(actor=statements.site_agent(stranger.public_id)),
        small(actor={"name": "某某", "mbox": "mailto:wu@example.cn"}),
    ]
    lrs_calling.Client(lrs_calling.key_for(cast.ming, now=NOW)).store(*some, voiding(some[2]["id"]))
    return some


def test_a_provider_sees_what_it_sent_of_its_trainees(cast, sent):
    page = browser_of(cast.ming).get("/provider/statements/").content.decode()
    assert cast.lin_teacher.name in page
    assert sent[0]["id"] in page
    assert sent[1]["id"] not in page
    for path, is_there in ((sent[0]["id"], 200), (sent[1]["id"], 404), (sent[2]["id"], 200)):
        assert browser_of(cast.ming).get(f"/provider/statements/{cast.provider.public_id}/{path}/").status_code == is_there


def test_an_office_sees_what_is_about_its_own_teachers(cast, sent):
    assert sent[0]["id"] in browser_of(cast.zhou).get("/provider/statements/").content.decode()
    for officer, count in ((cast.zhou, 1), (cast.stranger, 1), (cast.mei, 3)):
        page = browser_of(officer).get("/provider/statements/").content.decode()
        assert len(set(re.findall(r"/provider/statements/\w+/([0-9a-f-]{36})/", page))) == count


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"who": "wu@example.cn"}, 1),
        ({"who": "没有"}, 0),
        ({"verb": "completed"}, 2),
        ({"verb": "http://adlnet.gov/expapi/verbs/completed", "activity": "https://provider.example.cn/courses/1"}, 2),
        ({"registration": "ec531277-b57b-4c15-8d91-d292c5b2b8f7"}, 1),
        ({"from_on": "2026-01-01", "to_on": "2099-01-01"}, 2),
        ({"to_on": "2020-01-01"}, 0),
    ],
)
def test_filters_find_what_they_say(cast, sent, query, count):
    page = browser_of(cast.ming).get("/provider/statements/", query).content.decode()
    found = set(re.findall(r"/provider/statements/\w+/([0-9a-f-]{36})/", page)) & {one["id"] for one in sent}
    assert len(found) <= count


def test_a_name_or_an_id_finds_a_trainee(cast, sent):
    for who in (cast.lin_teacher.name, cast.lin_teacher.public_id):
        assert sent[0]["id"] in browser_of(cast.ming).get("/provider/statements/", {"who": who}).content.decode()


def test_a_filter_that_cannot_be_read_is_said(cast):
    for query in ({"verb": "not an iri"}, {"from_on": "x"}, {"registration": "1"}):
        assert browser_of(cast.ming).get("/provider/statements/", query).status_code == 422


def test_a_statement_is_told_in_words_and_as_kept(cast, sent):
    page = browser_of(cast.ming).get(f"/provider/statements/{cast.provider.public_id}/{sent[0]['id']}/").content.decode()
    for shown in ("课堂提问的艺术", "完成", "ec531277-b57b-4c15-8d91-d292c5b2b8f7", "&quot;scaled&quot;: 0.95"):
        assert shown in page


def test_pages_lead_on_and_the_export_has_all(cast):
    lrs_calling.Client(lrs_calling.key_for(cast.ming, now=NOW)).store(*(small() for _ in range(60)))
    first = browser_of(cast.ming).get("/provider/statements/").content.decode()
    following = re.search(r"before=(\d+)", first).group(1)
    second = browser_of(cast.ming).get("/provider/statements/", {"before": following}).content.decode()
    ids = [re.findall(r"/provider/statements/\w+/([0-9a-f-]{36})/", page) for page in (first, second)]
    assert (len(ids[0]), len(ids[1]), len({*ids[0], *ids[1]})) == (50, 10, 60)
    answer = browser_of(cast.ming).get("/provider/statements/", {"export": "xlsx"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].endswith("sheet")
    answer.close()

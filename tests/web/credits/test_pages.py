"""The pages on which hours go their way, each for the role that owns it, through the same forms a person sends."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import crediting, enrolling
from tests.crediting import State, Step
from xingtan.domains.credits.models import EntryState
from xingtan.domains.determination.models import Determination

HOUR = 3600

# A record asks what was learned a moment ago, which the recorder keeps in a database of its own.
pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def entries(cast):
    crediting.delivered(cast, [cast.lin_teacher], 10 * HOUR)
    crediting.attended(cast, [cast.lin_teacher], 4_00)
    return crediting.enter(cast)


def workbook(client, address):
    """The size of the workbook that the address answers with."""
    answer = client.get(address)
    return len(b"".join(answer.streaming_content))


def states():
    return set(EntryState.everywhere.values_list("state", flat=True))


def test_the_provider_sees_and_enters_what_is_due(cast, signed_in):
    crediting.delivered(cast, [cast.lin_teacher], 10 * HOUR)
    client = signed_in(cast.ming)
    assert "10.00" in client.get("/provider/").text
    page = client.get("/provider/enter/")
    assert (page.status_code, cast.lin_teacher.name in page.text) == (200, True)
    answer = client.post("/provider/enter/now/", {"year": "2026", "all": "1"})
    assert (answer.status_code, states()) == (302, {State.ENTERED})


def test_ticking_nothing_is_said(cast, entries, signed_in):
    answer = signed_in(cast.zhou).post("/bureau/queue/decide/", {"tab": "review", "year": "2026", "outcome": "passed"})
    assert answer.status_code == 409


def test_the_school_reviews_and_reports(cast, entries, signed_in):
    reviewer, clerk = signed_in(cast.he), signed_in(cast.chen)
    assert reviewer.get("/school/entries/").status_code == 200
    ids = [one.public_id for one in entries]
    assert reviewer.post("/school/entries/decide/", {"tab": "review", "year": "2026", "outcome": "passed", "ids": ids}).status_code == 302
    assert clerk.get("/school/entries/?tab=report").status_code == 200
    assert clerk.post("/school/entries/decide/", {"tab": "report", "year": "2026", "all": "1"}).status_code == 302
    assert states() == {State.REPORTED}


def test_the_clerk_may_not_review(cast, entries, signed_in):
    ids = [one.public_id for one in entries]
    answer = signed_in(cast.chen).post("/school/entries/decide/", {"tab": "review", "year": "2026", "outcome": "passed", "ids": ids})
    assert (answer.status_code, states()) == (403, {State.ENTERED})


def test_the_county_reviews_verifies_and_returns(cast, entries, signed_in):
    crediting.walk(cast, entries, Step.REPORT)
    client = signed_in(cast.zhou)
    page = client.get("/bureau/queue/?check=clean")
    assert (page.status_code, cast.lin_teacher.name in page.text) == (200, True)
    assert client.get(f"/bureau/queue/?panel=1&entry={entries[0].public_id}").status_code == 200
    one, other = (entry.public_id for entry in entries)
    assert client.post("/bureau/queue/decide/", {"tab": "review", "year": "2026", "outcome": "passed", "ids": [one]}).status_code == 302
    back = {"tab": "review", "year": "2026", "outcome": "returned", "ids": [other], "reason_code": "differs"}
    assert client.post("/bureau/queue/decide/", back).status_code == 302
    assert client.get("/bureau/queue/?tab=verify").status_code == 200
    assert client.post("/bureau/queue/decide/", {"tab": "verify", "year": "2026", "all": "1"}).status_code == 302
    assert states() == {State.VERIFIED, State.RETURNED}
    assert "differs" not in signed_in(cast.ming).get("/provider/").text


def test_another_county_finds_nothing(cast, entries, signed_in):
    crediting.walk(cast, entries, Step.REPORT)
    client = signed_in(cast.stranger)
    assert cast.lin_teacher.name not in client.get("/bureau/queue/").text
    ids = [one.public_id for one in entries]
    assert client.post("/bureau/queue/decide/", {"tab": "review", "year": "2026", "outcome": "passed", "ids": ids}).status_code == 404
    assert client.get(f"/bureau/teachers/{cast.lin_teacher.public_id}/").status_code == 404


def test_the_supervisor_looks_and_changes_nothing(cast, entries, signed_in):
    crediting.walk(cast, entries, Step.REPORT)
    client = signed_in(cast.supervisor)
    assert client.get("/bureau/queue/").status_code == 200
    assert client.get("/bureau/determination/").status_code == 200
    assert client.post("/bureau/queue/decide/", {"tab": "review", "year": "2026", "all": "1"}).status_code == 403


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_hour_of_the_record_opens(cast, entries, signed_in, language):
    crediting.walk(cast, entries[:1])
    client = signed_in(cast.lin)
    client.cookies["django_language"] = language
    page = client.get("/my/record/")
    assert page.status_code == 200
    assert "10.0" in page.text
    assert "明德教师研修中心" in page.text
    for actor, address in ((cast.chen, "school"), (cast.zhou, "bureau"), (cast.mei, "bureau")):
        assert signed_in(actor).get(f"/{address}/teachers/{cast.lin_teacher.public_id}/").status_code == 200
    assert signed_in(cast.wu).get(f"/school/teachers/{cast.lin_teacher.public_id}/").status_code == 404


def test_a_record_of_an_unknown_year_does_not_exist(cast, signed_in):
    assert signed_in(cast.lin).get("/my/record/?year=1999").status_code == 404
    assert signed_in(cast.lin).get("/my/record/").status_code == 200


def test_the_county_takes_hours_back(cast, entries, signed_in):
    crediting.walk(cast, entries)
    client = signed_in(cast.zhou)
    address = f"/bureau/teachers/{cast.lin_teacher.public_id}/reverse/?year=2026"
    assert client.post(address, {"entry": entries[0].public_id, "reason": ""}).status_code == 422
    said = {"entry": entries[0].public_id, "reason": "重复", "teacher": cast.lin_teacher.public_id}
    assert client.post(address, said).status_code == 409
    assert client.post("/bureau/queue/reopen/", said).status_code == 302
    assert client.post(address, said).status_code == 302
    assert crediting.state_of(entries[0]) is State.REVERSED


def test_the_province_determines_and_makes_final(cast, signed_in):
    crediting.delivered(cast, [cast.lin_teacher], 50 * HOUR)
    crediting.attended(cast, [cast.lin_teacher], 22_00)
    crediting.walk(cast, crediting.enter(cast))
    client = signed_in(cast.mei)
    assert client.post("/bureau/determination/run/", {"year": "2026"}).status_code == 302
    assert client.post("/bureau/determination/examine/", {"year": "2026", "all": "1"}).status_code == 302
    final = Determination.everywhere.get(span="year", is_current=True)
    assert (final.verdict, final.examined_at is not None) == ("qualified", True)
    for query in ("", "?span=cycle", "?verdict=qualified", "?q=x", "?sort=-hours"):
        assert client.get(f"/bureau/determination/verdicts/{query}").status_code == 200
    assert workbook(client, "/bureau/determination/verdicts/?export=xlsx") > 1000
    assert client.get("/bureau/determination/").status_code == 200


def test_a_year_with_open_verdicts_is_not_closed(cast, signed_in):
    assert signed_in(cast.mei).post("/bureau/determination/close/", {"year": "2026"}).status_code == 409


def test_lists_are_exported(cast, entries, signed_in):
    for actor, address in ((cast.ming, "/provider/enter/"), (cast.he, "/school/entries/"), (cast.zhou, "/bureau/queue/")):
        assert workbook(signed_in(actor), f"{address}?export=xlsx") > 1000


@pytest.mark.parametrize(("actor", "address"), [("ming", "/provider/enter/"), ("he", "/school/entries/"), ("zhou", "/bureau/queue/")])
def test_queries_do_not_grow_with_the_rows(cast, signed_in, actor, address):
    def measured(number):
        some = enrolling.teachers(cast.school, number)
        crediting.register(cast, some)
        crediting.delivered(cast, some, HOUR)
        if actor != "ming":
            made = crediting.enter(cast)
            if actor == "zhou":
                crediting.walk(cast, made, Step.REPORT)
        client = signed_in(getattr(cast, actor))
        client.get(address)
        with CaptureQueriesContext(connection) as counted:
            client.get(address)
        return len(counted)

    assert measured(1) == measured(3)

"""Tenders through the API: calls are everybody's, what is sealed is nobody's."""

from __future__ import annotations

import pytest

from tests import enrolling, tendering
from tests.calling import Caller
from xingtan.core.tendering import Evaluated, EvaluationWeights
from xingtan.domains.tenders import api as tenders


@pytest.fixture
def cast(db):
    return tendering.build(experts=3)


def caller(actor, now):
    return Caller(actor, now=now)


@pytest.fixture
def at(monkeypatch):
    def arrive(moment):
        monkeypatch.setattr("xingtan.web.middleware.timezone.now", lambda: moment)
        return moment

    return arrive


def test_a_call_is_read_asked_about_and_its_result_comes_with_the_notice(cast, at):
    now = at(tendering.WITHIN)
    tender = tendering.published(cast)
    tendering.sealed(cast, tender)
    path = f"/calls/{tender.public_id}"
    bidder, office, teacher = caller(cast.bidders[0], now), caller(cast.mei, now), caller(cast.lin, now)
    assert [one["id"] for one in teacher.get("/calls").json()["rows"]] == [tender.public_id]
    assert bidder.post(f"{path}/questions", {"text": "可否分包？"}).status_code == 201
    assert (bidder.get(f"{path}/bid").json()["state"], len(bidder.get(f"{path}/bid").json()["receipts"])) == ("sealed", 1)
    assert office.get(f"{path}/bid").status_code == 403
    assert "赣鄱师训网" not in office.get(f"/tenders/{tender.public_id}").content.decode()
    tender = tendering.opened(cast, tender)
    tendering.seated(cast, tender)
    tendering.ranked(cast, tender)
    now = at(tendering.AFTER)
    assert caller(cast.mei, now).get(f"/tenders/{tender.public_id}").json()["ranking"][0]["rank"] == 1
    assert caller(cast.bidders[0], now).get(path).json()["ranking"] == []
    assert caller(cast.bidders[0], now).get(f"{path}/bid").json()["state"] == "sealed"
    tendering.announced(cast, tender)
    assert len(caller(cast.lin, now).get(path).json()["ranking"]) == 3
    assert caller(cast.bidders[0], now).get(f"{path}/bid").json()["state"] in ("chosen", "not_chosen")


def test_what_lies_in_another_branch_and_drafts_are_not_there(cast, at):
    now = at(tendering.WITHIN)
    draft = tendering.drafted(cast)
    assert caller(cast.mei, now).get(f"/tenders/{draft.public_id}").json()["criteria"][0]["weight"] == 40
    assert caller(cast.zhou, now).get(f"/tenders/{draft.public_id}").status_code == 404
    assert caller(cast.bidders[0], now).get(f"/calls/{draft.public_id}").status_code == 404
    assert caller(cast.lin, now).get("/tenders").status_code == 403


def test_evaluations_are_read_by_offices(cast, at):
    now = at(enrolling.NOW)
    rows = [tenders_row(one.pk, number) for number, one in enumerate(cast.providers)]
    told = {"year": 2025, "rows": rows, "weights": EvaluationWeights()}
    tenders.conclude_standings(actor=cast.mei, now=now, **told)
    found = caller(cast.mei, now).get("/provider-evaluations").json()["rows"]
    assert sorted((one["rank"], one["is_out"], one["share_percent"]) for one in found) == [(1, False, 67), (2, False, 33), (3, True, 0)]


def tenders_row(provider, number):
    return Evaluated(provider, 900 - 100 * number, None, None)

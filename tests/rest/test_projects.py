"""A project with seats through the API: from its template to its cancellation."""

from __future__ import annotations

import pytest

DAYS = {"opens_on": "2026-11-01", "closes_on": "2026-11-30", "starts_on": "2026-12-01", "ends_on": "2027-05-31"}
DRAFT = {"year": 2026, "title": "提升工程", "tier": "province", "kind": "it_capability", "with_template": True, **DAYS}


@pytest.fixture
def mei(cast, call):
    return call(cast.mei)


@pytest.fixture
def it(mei):
    answer = mei.post("/projects", DRAFT)
    assert answer.status_code == 201
    return answer.json()


def test_a_draft_from_its_template_tells_everything(it):
    assert (it["has_seats"], it["ways"], it["approval_steps"]) == (True, ["own", "nomination"], 1)
    assert [one["place"] for one in it["segments"]] == list(range(1, 11))
    assert it["segments"][0]["first_on"] == "2026-12-01"


def test_segments_are_added_and_put_in_order(mei, it):
    path = f"/projects/{it['id']}"
    made = mei.post(f"{path}/segments", {"kind": "discussion", "title": "研讨", "passing": {"products": 1}})
    assert (made.status_code, made.json()["place"], made.json()["passing"]) == (201, 11, {"products": 1})
    order = [made.json()["id"], *(one["id"] for one in it["segments"])]
    assert [one["id"] for one in mei.post(f"{path}/order", {"segments": order}).json()["segments"]] == order
    refused = mei.post(f"{path}/order", {"segments": order[1:]})
    assert refused.json()["type"] == "urn:xingtan:refusal:segments_changed_meanwhile"


def test_whom_it_is_for_is_replaced_whole_or_refused(mei, it):
    path = f"/projects/{it['id']}/whom"
    seats = [{"code": "rural", "label": "农村教师", "seats": 30, "is_reserved": True}]
    told = mei.post(path, {"conditions": {"stages": ["primary"]}, "categories": seats}).json()
    assert (told["conditions"], told["categories"][0]["seats"]) == ({"stages": ["primary"]}, 30)
    wrong = mei.post(path, {"conditions": {"beauty": True}})
    assert wrong.json()["type"] == "urn:xingtan:refusal:conditions_wrong"
    assert mei.get(f"/projects/{it['id']}").json()["categories"]


def test_it_is_copied_published_and_cancelled_by_its_own_branch_only(cast, call, mei, it):
    path = f"/projects/{it['id']}"
    copied = mei.post(f"{path}/copies", {"year": 2026, "title": "提升工程二期"})
    assert copied.status_code == 201
    assert mei.get(f"/projects/{copied.json()['id']}").json()["title"] == "提升工程二期"
    assert mei.post(f"{path}/publication").json()["state"] == "published"
    assert call(cast.zhou).post(f"{path}/cancellation", {"reason": "x"}).status_code == 404
    assert mei.post(f"{path}/cancellation", {"reason": "人数不足"}).json()["reason"] == "人数不足"
    assert mei.post(f"{path}/closure").status_code == 409

"""Plans and surveys through the API: begun, filled, handed up, answered; results of five people at least."""

from __future__ import annotations

import pytest

from tests import asking, enrolling
from xingtan.foundation.surveys import api as surveys

LINE = {"what": "语文骨干教师研修", "area": "professional", "way": "send", "head_count": 4, "hours_centi": 20_00, "budget_fen": 800_00}


@pytest.fixture
def begun(cast, call):
    return call(cast.chen).post("/plans", {"year": 2026}).json()


def test_a_school_hands_up_and_the_county_accepts(cast, call, begun):
    chen, zhou = call(cast.chen), call(cast.zhou)
    assert chen.post("/plans", {"year": 2026}).json()["id"] == begun["id"]
    saved = chen.post(f"/plans/{begun['id']}/lines", {"version": begun["version"], "lines": [LINE]})
    assert saved.json()["lines"][0] | LINE == saved.json()["lines"][0]
    stale = chen.post(f"/plans/{begun['id']}/lines", {"version": begun["version"], "lines": []})
    assert stale.status_code == 409
    assert chen.post(f"/plans/{begun['id']}/submission", {}).json()["state"] == "submitted"
    assert [row["id"] for row in zhou.rows("/plans", state="submitted", year=2026)] == [begun["id"]]
    assert zhou.post("/plan-decisions", {"plans": [begun["id"]], "is_accepted": False, "words": ""}).status_code == 409
    assert zhou.post("/plan-decisions", {"plans": [begun["id"]], "is_accepted": True}).json() == {"changed": 1}
    assert zhou.get(f"/plans/{begun['id']}").json()["lines"][0]["accepted_count"] == 4


def test_a_stranger_finds_no_plan_and_a_fault_names_its_field(cast, call, begun):
    assert call(cast.stranger).get(f"/plans/{begun['id']}").status_code == 404
    assert call(cast.stranger).post("/plan-decisions", {"plans": [begun["id"]], "is_accepted": True}).status_code == 404
    wrong = call(cast.chen).post(f"/plans/{begun['id']}/lines", {"version": 1, "lines": [LINE | {"head_count": -1}]})
    assert wrong.status_code == 422


def test_results_of_a_survey_split_and_for_five_people_at_least(cast, call):
    survey = surveys.open_survey(actor=cast.zhou, survey_id=asking.drafted(cast.zhou, closes_on=enrolling.LATER.date()).pk, now=asking.NOW)
    people = asking.actors(cast, enrolling.teachers(cast.school, 5))
    for one in people[:4]:
        asking.answer(survey, one)
    path = f"/surveys/{survey.public_id}/results"
    assert call(cast.zhou).get(path).json() == []
    asking.answer(survey, people[4])
    [part] = call(cast.chen).get(path, split="stage").json()
    assert (part["key"], part["people"], part["tallies"][2]["mean_centi"]) == ("primary", 5, 400)
    assert call(cast.zhou).rows("/surveys")[0]["answered"] == 5
    assert call(cast.stranger).get(path).status_code == 404
    assert call(cast.zhou).get(path, split="name").status_code == 422

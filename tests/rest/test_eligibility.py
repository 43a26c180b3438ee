"""Eligibility over the API: looked up as known at a moment, issued, read, for the branch only."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import certifying
from xingtan.domains.eligibility.models import Statement
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import run_job

ON = "2026-11-20"


@pytest.fixture
def cast(db, now):
    made = certifying.build()
    certifying.examined(made, [made.lin_teacher])
    return made


def address(cast):
    return f"/eligibility/{cast.lin_teacher.public_id}"


def test_the_answer_names_finding_years_and_consequences(cast, call):
    for actor in (cast.zhou, cast.he, cast.lin):
        found = call(actor, language="en").get(address(cast), on=ON).json()
        assert (found["finding"], found["word"], found["on"]) == ("meets", "Meets the conditions", ON)
        [year] = found["years"]
        assert (year["verdict"], year["is_final"], year["recognised_centi"]) == ("qualified", True, 72_00)
        assert {one["code"]: one["effect"] for one in found["consequences"]}["basis_of_appraisal"] == "holds"


def test_as_known_before_the_verdict_was_final(cast, call, now):
    before = (now - timedelta(days=1)).isoformat()
    found = call(cast.zhou).get(address(cast), on=ON, known_at=before).json()
    assert (found["finding"], found["years"][0]["verdict"]) == ("nothing_due", "")


def test_strangers_find_nothing_and_days_to_come_are_refused(cast, call):
    assert call(cast.stranger).get(address(cast)).status_code == 404
    refused = call(cast.zhou).get(address(cast), on="2126-01-01")
    assert (refused.status_code, refused.json()["type"]) == (422, "urn:xingtan:problem:validation")
    later = call(cast.zhou).post("/eligibility-statements", {"on": "2126-01-01"})
    assert (later.status_code, later.json()["type"]) == (409, "urn:xingtan:refusal:eligibility_day_ahead")


def test_statements_are_issued_in_the_background_and_read_again(cast, call):
    body = {"on": ON, "teachers": [cast.lin_teacher.public_id]}
    started = call(cast.zhou).post("/eligibility-statements", body)
    assert started.status_code == 202
    job = run_job(Job.everywhere.get(public_id=started.json()["job"]).pk)
    assert (job.result["statements"], job.result["meets"]) == (1, 1)
    one = Statement.everywhere.get()
    [row] = call(cast.zhou).get("/eligibility-statements", run=job.result["run"]).json()["rows"]
    assert (row["id"], row["number"], row["finding"]) == (one.public_id, one.number, "meets")
    full = call(cast.lin).get(f"/eligibility-statements/{one.public_id}").json()
    assert (full["is_intact"], full["agrees"], full["eligibility"]["finding"]) == (True, True, "meets")
    assert [one["id"] for one in call(cast.lin).get("/eligibility-statements").json()["rows"]] == [one.public_id]
    assert call(cast.stranger).get(f"/eligibility-statements/{one.public_id}").status_code == 404
    assert call(cast.stranger).post("/eligibility-statements", body).status_code == 404
    assert call(cast.supervisor).post("/eligibility-statements", body).status_code == 403


def test_a_branch_is_issued_whole(cast, call):
    started = call(cast.chen).post("/eligibility-statements", {"on": ON})
    assert Job.everywhere.get(public_id=started.json()["job"]).params["teachers"] == [cast.lin_teacher.pk]


def test_a_verdict_is_explained_down_to_each_activity_and_what_would_help_is_computed(cast, call):
    found = call(cast.lin, language="en").get(f"/records/{cast.lin_teacher.public_id}/explanation", year=2026).json()
    assert (found["verdict"], found["tree"]["kind"], found["outlook"]["prospect"]) == ("qualified", "verdict", "nothing_needed")
    assert [one["holds"] for one in found["tried"]][-1] is True
    components = {one["code"]: one for one in found["tree"]["children"] if one["kind"] == "component"}
    [activity] = [one for one in components["course"]["children"] if one["kind"] == "activity"]
    assert activity["have"] == 50_00
    assert activity["rule"]["clause"] or activity["rule"]["reading"]
    assert call(cast.stranger).get(f"/records/{cast.lin_teacher.public_id}/explanation", year=2026).status_code == 404

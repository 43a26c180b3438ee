"""Papers through the API: printed, submitted, taken back, told step by step; each act once."""

from __future__ import annotations

import pytest

from tests import certifying
from xingtan.domains.papers import api as papers


@pytest.fixture
def cast(db, now):
    made = certifying.build()
    certifying.examined(made, [made.lin_teacher])
    return made


@pytest.fixture
def said(cast):
    return {
        "kind": "hours",
        "teachers": [cast.lin_teacher.public_id],
        "from_on": "2026-08-01",
        "to_on": "2026-11-21",
        "purpose": "年度考核",
    }


def test_a_paper_goes_to_the_office_and_back(cast, call, said):
    chen = call(cast.chen)
    printed = chen.post("/papers", said)
    assert printed.status_code == 201, printed.content
    [paper] = printed.json()["papers"]
    assert chen.post("/papers/submissions", {"papers": [paper]}, key="a").json() == {"changed": 1}
    assert chen.post("/papers/submissions", {"papers": [paper]}, key="a").json() == {"changed": 1}
    assert chen.post("/papers/submissions", {"papers": [paper]}).json() == {"changed": 0}
    [row] = call(cast.zhou).rows("/papers", state="submitted")
    assert (row["id"], row["teacher"]["id"], row["kind"]) == (paper, cast.lin_teacher.public_id, "hours")
    whole = call(cast.zhou).get(f"/papers/{paper}").json()
    assert [step["step"] for step in whole["steps"]] == ["printed", "submitted"]
    assert chen.post("/papers/submissions", {"papers": [paper], "takes_back": True}).json() == {"changed": 1}
    assert papers.paper_in(cast.school.scope, paper).state == papers.State.PRINTED


def test_another_branch_prints_sees_and_submits_nothing(cast, call, said):
    [paper] = call(cast.chen).post("/papers", said).json()["papers"]
    wu, stranger = call(cast.wu), call(cast.stranger)
    assert wu.post("/papers", said).status_code == 404
    assert wu.post("/papers/submissions", {"papers": [paper]}).status_code == 404
    assert stranger.get(f"/papers/{paper}").status_code == 404
    assert stranger.rows("/papers") == []
    assert call(cast.chen).post("/papers", {**said, "to_on": "2026-07-01"}).status_code == 409

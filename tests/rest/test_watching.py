"""Anomalies and the live view over the API."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests import anomalous
from tests.calling import Caller
from xingtan.domains.anomalies.models import Concern
from xingtan.domains.enrolment.models import CourseSelection
from xingtan.domains.supervision import api as supervision

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def cast():
    made = anomalous.build()
    supervision.follow_selections({"selections": list(CourseSelection.everywhere.values_list("pk", flat=True))}, timezone.now())
    return made


def caller(actor):
    return Caller(actor, now=timezone.now())


def test_a_case_is_listed_read_and_decided(cast):
    case = anomalous.shared(cast)
    county = caller(cast.zhou)
    [row] = county.get("/anomalies", tab="look").json()["rows"]
    assert (row["id"], row["kind"], len(row["concerns"])) == (case.public_id, "shared_device", 3)
    assert county.get(f"/anomalies/{case.public_id}").json() == row
    wanted = {"cases": [case.public_id], "act": "set_aside", "reason_code": "by_others", "words": "不是本人学习。"}
    assert county.post("/anomaly-decisions", wanted).json() == {"changed": 3}
    assert set(Concern.everywhere.values_list("state", flat=True)) == {"set_aside"}
    assert county.post("/anomaly-decisions", {"cases": [case.public_id], "act": "ask", "words": "再说明一次。"}).status_code == 409
    stranger = caller(cast.stranger)
    assert stranger.get(f"/anomalies/{case.public_id}").status_code == 404
    assert stranger.post("/anomaly-decisions", wanted).status_code == 404


def test_the_live_view_is_told_by_branch(cast):
    told = caller(cast.zhou).get(f"/live-views/{cast.project.public_id}").json()
    assert (told["total"]["trainees"], told["total"]["not_begun"]) == (5, 5)
    assert [part["sums"]["trainees"] for part in told["parts"]] == [3, 2]
    assert caller(cast.staff).get(f"/live-views/{cast.project.public_id}").json()["total"]["trainees"] == 6

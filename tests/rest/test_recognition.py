"""Trainings and claims over the API: read, decided, attended and converted, within the branch."""

from __future__ import annotations

import pytest

from tests import recognising
from tests.calling import Caller
from xingtan.domains.recognition.models import Attendance

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def cast():
    return recognising.build()


def caller(actor):
    return Caller(actor, now=recognising.NOW)


def test_a_training_is_approved_attended_and_converted(cast):
    made = recognising.declare(cast)
    county, school = caller(cast.zhou), caller(cast.chen)
    wanted = {"trainings": [made.public_id], "is_approved": False}
    assert county.post("/training-decisions", wanted).status_code == 409
    assert county.post("/training-decisions", wanted | {"is_approved": True}).json() == {"changed": 1}
    meeting = recognising.meet(cast, made)
    [row] = school.get("/trainings", year=2026).json()["rows"]
    whole = school.get(f"/trainings/{made.public_id}").json()
    assert (row["state"], [one["id"] for one in whole["meetings"]]) == ("approved", [meeting.public_id])
    there = {"present": [{"teacher": cast.lin_teacher.public_id, "minutes": 90}]}
    assert school.post(f"/meetings/{meeting.public_id}/attendance", there).json() == {"changed": 1}
    assert Attendance.objects.get().presence == "file"
    assert school.post(f"/trainings/{made.public_id}/conversion", {}).json() == {"changed": 1}
    stranger = caller(cast.stranger)
    assert stranger.get(f"/trainings/{made.public_id}").status_code == 404
    assert stranger.post("/training-decisions", wanted | {"is_approved": True}).status_code == 404


def test_claims_are_listed_and_decided(cast):
    made = recognising.claim(cast)
    school = caller(cast.chen)
    [row] = school.get("/claims", year=2026, state="claimed").json()["rows"]
    assert (row["id"], row["way"], row["worth_centi"]) == (made.public_id, "open_lesson", 0)
    wanted = {"claims": [made.public_id], "is_recognised": True}
    assert caller(cast.stranger).post("/claim-decisions", wanted).status_code == 404
    assert school.post("/claim-decisions", wanted).json() == {"changed": 1}
    [row] = school.get("/claims", year=2026).json()["rows"]
    assert (row["state"], row["worth_centi"]) == ("recognised", 1_00)

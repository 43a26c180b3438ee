"""Ways into projects over the API: the same answers as the pages."""

from __future__ import annotations

import pytest

from tests import admitting
from xingtan.domains.projects.models import Project


@pytest.fixture
def seated(db):
    made = admitting.build()
    Project.everywhere.filter(pk=made.seated.pk).update(opens_on="2026-01-01", closes_on="2099-12-31", starts_on=None, ends_on=None)
    return made


def test_a_program_checks_nominates_decides_and_reads_the_trail(seated, call):
    people, clerk, county = seated.people[:3], call(seated.chen), call(seated.zhou)
    sports = people[2]
    Project.everywhere.filter(pk=seated.seated.pk).update(conditions={"subjects": ["chinese"]})
    type(sports).everywhere.filter(pk=sports.pk).update(subject="sports")
    named = {"project": seated.seated.public_id, "teachers": [one.public_id for one in people]}
    found = clerk.post("/admission-checks", named).json()["findings"]
    assert [(one["code"], one["is_blocking"]) for one in found[sports.public_id]] == [("subjects", True)]
    assert found[people[0].public_id] == []
    assert clerk.post("/nominations", named).status_code == 409
    sent = {**named, "teachers": named["teachers"][:2], "offer": seated.classes["red"].public_id}
    assert clerk.post("/nominations", sent).json() == {"changed": 2}
    rows = county.get(f"/applications?project={seated.seated.public_id}&state=school_approved").json()["rows"]
    assert {row["teacher"]["id"] for row in rows} == {one.public_id for one in people[:2]}
    ids = [row["id"] for row in rows]
    assert county.post("/admission-decisions", {"applications": ids[:1], "act": "decline"}).status_code == 409
    assert county.post("/admission-decisions", {"applications": ids, "act": "approve"}).json() == {"changed": 2}
    steps = county.get(f"/applications/{ids[0]}/steps").json()
    assert [step["became"] for step in steps] == ["school_approved", "county_approved", "admitted"]
    assert call(seated.stranger).get(f"/applications/{ids[0]}/steps").status_code == 404

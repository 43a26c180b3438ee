"""Pages of certificates over the API, and the check that needs no token."""

from __future__ import annotations

import pytest

from tests import certifying


@pytest.fixture
def cast(db, now):
    return certifying.build()


@pytest.fixture
def page(cast):
    [page] = certifying.issued(cast)
    return page


def test_offices_and_the_teacher_see_the_page_and_a_stranger_does_not(cast, call, page):
    for actor in (cast.zhou, cast.mei, cast.lin):
        [row] = call(actor).get("/certificates", year=2026).json()["rows"]
        assert (row["id"], row["code"], row["recognised_centi"], row["state"]) == (page.public_id, page.check_code, 72_00, "valid")
        assert call(actor).get(f"/certificates/{page.public_id}").status_code == 200
    assert call(cast.stranger).get("/certificates").json()["rows"] == []
    assert call(cast.stranger).get(f"/certificates/{page.public_id}").status_code == 404
    assert call(cast.stranger).post(f"/certificates/{page.public_id}/revocation", {"reason": "fraud"}).status_code == 404


def test_anyone_checks_and_learns_that_it_was_revoked(cast, call, page):
    anyone = call(language="en")
    valid = anyone.get(f"/check/{page.check_code}").json()
    assert (valid["state"], valid["number"], valid["year"]) == ("valid", page.certificate.number, 2026)
    assert "林知微" not in valid["holder"]
    assert all(proof["is_met"] for proof in valid["proofs"])
    path = f"/certificates/{page.public_id}/revocation"
    wordless = call(cast.zhou).post(path, {"reason": "other"})
    assert wordless.status_code == 409
    assert call(cast.zhou).post(path, {"reason": "fraud"}).json()["state"] == "revoked"
    revoked = anyone.get(f"/check/{page.certificate.number}").json()
    assert (revoked["state"], revoked["revoked"]["year"]) == ("revoked", 2026)


@pytest.mark.parametrize("text", ["XT-2021-0803-000012", "nonsense", "——", "XT"])
def test_what_is_no_certificate_is_not_found_in_an_honest_answer(cast, call, text):
    answer = call().get(f"/check/{text}")
    assert (answer.status_code, answer.json()["state"]) == (200, "not_found")

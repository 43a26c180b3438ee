"""Seats through the API: granted, shared out, given back; another's quota is not there."""

from __future__ import annotations


def test_seats_are_granted_shared_out_and_given_back(cast, call):
    mei, cheng = call(cast.mei), call(cast.city_officer)
    project = cast.project.public_id
    top = mei.post("/quotas", {"project": project, "seats": 10}).json()
    assert (top["held"], top["free"], top["from_id"]) == (10, 10, None)
    shares = f"/quotas/{top['id']}/shares"
    [city] = mei.post(shares, {"targets": {cast.city.public_id: 6}}).json()["rows"]
    assert (city["held"], city["from_id"]) == (6, top["id"])
    refused = mei.post(shares, {"targets": {cast.city.public_id: 99}})
    assert (refused.status_code, refused.json()["type"]) == (409, "urn:xingtan:refusal:quota_not_enough_free")
    assert cheng.post(f"/quotas/{city['id']}/returns", {"seats": 2, "reason": "用不上"}).json()["held"] == 4
    assert [row["held"] for row in mei.get(f"/quotas/{project}").json()["rows"]] == [10, 4]
    assert mei.post(f"/quotas/{city['id']}/returns", {"seats": 1}).status_code == 404
    assert call(cast.chen).get(f"/quotas/{project}").json()["rows"] == []
    assert call(cast.chen).post(shares, {"targets": {"x": 1}}).status_code == 403
    assert mei.post(shares, {"targets": {"x": 1}}).status_code == 404

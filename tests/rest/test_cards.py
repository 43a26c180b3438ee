"""Cards through the API: a parcel is counted, cards are handed out, a trail is read."""

from __future__ import annotations

from importlib import import_module

import pytest

from xingtan.domains.cards import api as cards


@pytest.fixture
def way(db):
    return import_module("tests.carding")


def test_a_parcel_is_counted_cards_are_handed_out_and_their_trail_is_told(way, call):
    cast = way.build()
    batch = way.issued(cast, way.counted(cast, way.named(cast)))
    cards.receive(actor=cast.zhou, consignment_id=way.sent(cast, cast.mei, cast.county, batch.count).pk, now=way.NOW)
    parcel = way.sent(cast, cast.zhou, cast.school, batch.count)
    chen = call(cast.chen)
    spoilt = cards.numbers_of(batch)[-1]
    assert [row["state"] for row in chen.rows("/card-parcels", year=2026)] == ["sent"]
    answer = chen.post(f"/card-parcels/{parcel.public_id}/receipt", {"damaged": [spoilt]})
    assert (answer.json()["state"], answer.json()["damaged"]) == ("short", 1)
    ids = [one.public_id for one in cast.people]
    made = chen.post("/cards/hand-outs", {"year": 2026, "teachers": ids}).json()["cards"]
    assert [one["state"] for one in made] == ["issued"] * 4
    assert chen.post("/cards/hand-outs", {"year": 2026, "teachers": ids}).json() == {"cards": []}
    trail = call(cast.zhou).get(f"/cards/{made[0]['id']}").json()
    assert [step["act"] for step in trail["steps"]] == ["make", "send", "receive", "send", "receive", "hand_out"]
    assert len(call(cast.zhou).rows("/cards", year=2026, state="issued")) == 4
    assert call(cast.strange_officer).get(f"/cards/{made[0]['id']}").status_code == 404
    assert call(cast.strange_officer).post(f"/card-parcels/{parcel.public_id}/receipt", {}).status_code == 404
    assert call(cast.zhou).post("/cards/hand-outs", {"year": 2026, "teachers": ids}).status_code == 403

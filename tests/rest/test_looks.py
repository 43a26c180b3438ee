"""A sampled entry counts as opened in the answer that carries its evidence."""

from __future__ import annotations

from tests import crediting, reviewing
from tests.reviewing import Step
from xingtan.domains.reviews.models import BatchSample


def test_a_look_answers_with_the_evidence_and_is_recorded_with_it(cast, call):
    crediting.walk(cast, reviewing.entered(cast, 50), Step.REPORT)
    zhou = call(cast.zhou)
    batch = zhou.post("/batches", {"year": 2026, "step": "county_review"}).json()
    first = batch["sample"][0]["entry"]
    assert {one["opened_at"] for one in batch["sample"]} == {None}
    seen = zhou.post(f"/batches/{batch['id']}/looks", {"entry": first}).json()
    assert (seen["component"], seen["recognised_centi"], seen["evidence"]["learned_s"]) == ("course", 10_00, 36_000)
    assert [one["entry"] for one in seen["sample"] if one["opened_at"]] == [first]
    assert zhou.post(f"/batches/{batch['id']}/looks", {"entry": "unknown"}).status_code == 404
    assert BatchSample.objects.exclude(opened_at=None).count() == 1

"""A sampled entry counts as opened in the answer that carries its evidence."""

from __future__ import annotations

from tests import crediting, reviewing
from tests.reviewing import Step
from xingtan.domains.credits.models import CreditEntry
from xingtan.domains.reviews.models import BatchSample


def test_a_program_that_passes_one_by_one_opens_them_once_there_are_many(cast, call):
    ids = [one.public_id for one in reviewing.entered(cast, 51)]
    crediting.walk(cast, CreditEntry.everywhere.filter(public_id__in=ids), Step.REPORT)
    zhou = call(cast.zhou)
    said = [zhou.post("/decisions", {"step": "county_review", "outcome": "passed", "entries": [one]}) for one in ids]
    assert [one.status_code for one in said] == [200] * 49 + [409] * 2
    assert said[-1].json()["type"].endswith("look_first")
    seen = zhou.post("/queue/looks", {"entry": ids[-1]}).json()
    assert (seen["recognised_centi"], seen["evidence"]["learned_s"]) == (10_00, 36_000)
    assert zhou.post("/decisions", {"step": "county_review", "outcome": "passed", "entries": [ids[-1]]}).status_code == 200
    assert zhou.post("/decisions", {"step": "county_review", "outcome": "passed", "entries": [ids[-2]]}).status_code == 409
    assert zhou.post("/queue/looks", {"entry": "unknown"}).status_code == 404


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

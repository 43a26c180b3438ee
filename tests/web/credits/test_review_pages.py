"""Pages of the review chain: batch and sample, deadlines, late entries, appeals; the same addresses without script."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import crediting, reviewing
from tests.reviewing import State, Step
from xingtan.domains.credits.models import EntryState, WindowExtension
from xingtan.domains.reviews import api as reviews
from xingtan.domains.reviews.models import Appeal, LateEntry, ReviewBatch

pytestmark = pytest.mark.django_db(databases="__all__")
YEAR = {"year": "2026"}
FETCH = {"X-Requested-With": "fetch"}


def test_a_batch_is_drawn_opened_and_passed_without_script(cast, signed_in):
    entries = reviewing.entered(cast, 50)
    crediting.walk(cast, entries, Step.REPORT)
    client = signed_in(cast.zhou)
    assert "抽查 5 条" in client.get("/bureau/queue/").text
    drawn = client.post("/bureau/queue/draw/", {"tab": "county_review", **YEAR})
    batch = ReviewBatch.everywhere.get()
    assert drawn["Location"] == f"/bureau/queue/batches/{batch.public_id}/"
    assert "还差 <b>5</b> 条" in client.get(drawn["Location"]).text
    early = client.post(f"{drawn['Location']}pass/")
    assert (early.status_code, "样本中还有 5 条没有打开" in early.text, "data-pass-batch disabled" in early.text) == (409, True, True)
    for sample in reviews.samples_of(batch):
        looked = client.post(f"{drawn['Location']}look/", {"entry": sample.entry.public_id})
        assert (looked.status_code, sample.entry.title in looked.text, "<h3>证据</h3>" in looked.text) == (200, True, True)
    assert "data-pass-batch disabled" not in client.get(drawn["Location"]).text
    assert client.post(f"{drawn['Location']}pass/").status_code == 302
    assert client.post(f"{drawn['Location']}drop/").status_code == 409
    assert EntryState.everywhere.filter(state=State.COUNTY_REVIEWED).count() == 50
    assert client.post("/bureau/queue/decide/", {"tab": "verify", "all": "1", **YEAR})["Location"].startswith("/bureau/queue/batches/")


def test_a_draw_asks_with_its_number_and_filter_and_can_be_dropped(cast, signed_in):
    crediting.walk(cast, reviewing.entered(cast, 50), Step.REPORT)
    client = signed_in(cast.zhou)
    assert "确定将全部 50 条无异常条目生成批次（抽查 5 条）吗？未设筛选条件。" in client.get("/bureau/queue/").text
    assert "全部 50 条" not in client.get("/bureau/queue/?q=nobody").text
    drawn = client.post("/bureau/queue/draw/", {"tab": "county_review", **YEAR})["Location"]
    assert f"{drawn}drop/" in client.get("/bureau/queue/").text
    assert signed_in(cast.stranger).post(f"{drawn}drop/").status_code in (403, 404)
    assert client.post(f"{drawn}drop/").status_code == 302
    assert ReviewBatch.everywhere.get().state == "dropped"
    assert "该批次已取消" in client.post(f"{drawn}pass/").text
    assert EntryState.everywhere.filter(state=State.REPORTED).count() == 50


def test_a_script_is_answered_in_json_and_a_decision_undone(cast, signed_in):
    [entry] = reviewing.entered(cast)
    crediting.walk(cast, [entry], Step.REPORT)
    client = signed_in(cast.zhou)
    said = {"tab": "county_review", "outcome": "passed", "ids": entry.public_id, **YEAR}
    assert client.post("/bureau/queue/decide/", said, headers=FETCH).json() == {"said": "已通过 1 条。"}
    assert client.post("/bureau/queue/undo/", {"ids": entry.public_id}, headers=FETCH).json() == {"said": "已撤销 1 项决定。"}
    assert crediting.state_of(entry) is State.REPORTED
    returned = client.post("/bureau/queue/decide/", {**said, "outcome": "returned"}, headers=FETCH)
    assert (returned.status_code, returned.json()["said"] != "") == (409, True)


def test_everybody_sees_the_clocks_and_the_city_gives_more_days(cast, signed_in):
    reviewing.entered(cast, 3)
    for actor in (cast.he, cast.zhou, cast.city_officer, cast.mei, cast.supervisor):
        page = signed_in(actor).get("/bureau/deadlines/")
        assert (page.status_code, "待办 3 条" in page.text) == (200, True)
    said = {"county": cast.county.public_id, "kind": "review", "until_on": "2027-08-01", "reason": "停电", **YEAR}
    assert signed_in(cast.zhou).post("/bureau/deadlines/extend/", said).status_code == 403
    city = signed_in(cast.city_officer)
    assert city.post("/bureau/deadlines/extend/", {**said, "until_on": ""}).status_code == 422
    assert city.post("/bureau/deadlines/extend/", {**said, "until_on": "2026-11-02"}).status_code == 409
    assert city.post("/bureau/deadlines/extend/", said).status_code == 302
    assert WindowExtension.everywhere.get().reason == "停电"
    assert "停电" in signed_in(cast.zhou).get("/bureau/deadlines/").text


def test_a_school_asks_for_a_late_entry_and_the_city_refuses_it(cast, signed_in, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: reviewing.later(days=240))
    school = signed_in(cast.chen)
    pdf = SimpleUploadedFile("a.pdf", b"%PDF-1.4 ", content_type="application/pdf")
    said = {"teacher": cast.lin_teacher.name, "component": "course", "title": "县级培训", "hours": "8", "on": "2026-12-01", **YEAR}
    said |= {"reason_code": "mistake", "reason": "漏登"}
    assert school.get("/bureau/late/ask/").status_code == 200
    assert school.post("/bureau/late/ask/", said).status_code == 422
    made = school.post("/bureau/late/ask/", {**said, "document": pdf})
    one = LateEntry.everywhere.get()
    assert made["Location"] == f"/bureau/late/{one.public_id}/"
    city = signed_in(cast.city_officer)
    assert "县级培训" in city.get("/bureau/late/").text
    assert city.get(made["Location"]).status_code == 200
    assert city.post(f"{made['Location']}decide/", {"outcome": "refused", "answer": ""}).status_code == 409
    assert city.post(f"{made['Location']}decide/", {"outcome": "refused", "answer": "凭据不足"}).status_code == 302
    filed = signed_in(cast.lin).post("/my/appeals/file/", {"late": one.public_id, "words": "凭据齐全"})
    assert signed_in(cast.lin).get(filed["Location"]).status_code == 200


def test_a_teacher_appeals_and_reads_the_answer(cast, signed_in):
    crediting.delivered(cast, [cast.lin_teacher], 36_000)
    [entry] = crediting.enter(cast)
    crediting.decide(cast.he, Step.REVIEW, [entry], reviewing.Outcome.RETURNED, reason_code="differs")
    lin, zhou = signed_in(cast.lin), signed_in(cast.zhou)
    assert f"/my/appeals/?entry={entry.public_id}" in lin.get("/my/record/").text
    assert "提出申诉" in lin.get(f"/my/appeals/?entry={entry.public_id}").text
    assert lin.post("/my/appeals/file/", {"entry": entry.public_id, "words": ""}).status_code == 409
    assert lin.post("/my/appeals/file/", {"entry": entry.public_id, "words": "应计入"}).status_code == 302
    one = Appeal.everywhere.get()
    assert "应计入" in zhou.get(f"/bureau/appeals/{one.public_id}/").text
    assert signed_in(cast.stranger).get(f"/bureau/appeals/{one.public_id}/").status_code == 404
    assert zhou.post(f"/bureau/appeals/{one.public_id}/answer/", {"outcome": "upheld", "words": "成立"}).status_code == 302
    assert "成立" in lin.get(f"/my/appeals/{one.public_id}/").text
    assert lin.get("/my/appeals/").status_code == 200
    assert crediting.state_of(entry) is State.ENTERED


@pytest.mark.parametrize("address", ["deadlines", "late", "appeals"])
def test_lists_of_the_chain_are_exported(cast, signed_in, address):
    reviewing.entered(cast)
    answer = signed_in(cast.zhou).get(f"/bureau/{address}/?export=xlsx")
    assert len(b"".join(answer.streaming_content)) > 1000

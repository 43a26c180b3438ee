"""Posts, transfers, merges, schools and take-outs through their pages."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from tests.rostering import number, row
from xingtan.domains.moves.models import SecondPost, Transfer
from xingtan.domains.teachers.models import Merge, Teacher
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import run_job
from xingtan.foundation.scope.models import Organisation

SINCE = {"since": "2026-10-01", "reason": "工作调动"}


@pytest.fixture
def lin(cast, registered):
    registered([row(), row(4, name="林知微", phone="19900000002")])
    return Teacher.everywhere.order_by("pk")[0]


def test_the_posts_page_tells_who_entered_what_and_offers_the_acts(cast, lin, page):
    client = page(cast.chen)
    shown = client.get(f"/school/roster/{lin.public_id}/posts/").content.decode()
    assert "province" in shown
    assert 'action="/school/roster/' in shown
    assert shown.count('list="schools"') == 2
    assert '<datalist id="schools">' in shown
    assert '<option value="青禾实验小学">' not in shown
    assert client.get(f"/school/roster/{lin.public_id}/").content.decode().count("/posts/") == 1
    assert page(cast.wu).get(f"/bureau/teachers/{lin.public_id}/posts/").status_code == 404


def test_a_leaver_is_entered_and_a_refusal_keeps_the_form(cast, lin, page):
    client, address = page(cast.chen), f"/school/roster/{lin.public_id}/posts/status/"
    refused = client.post(address, {**SINCE, "status": "left", "since": "2099-01-01"})
    assert refused.status_code == 409
    assert "工作调动" in refused.content.decode()
    assert client.post(address, {**SINCE, "status": "merged"}).status_code == 422
    assert client.post(address, {**SINCE, "status": "left"}).status_code == 302
    lin.refresh_from_db()
    assert lin.status == "left"


def test_a_second_post_is_entered_and_ended(cast, lin, page):
    client, address = page(cast.chen), f"/school/roster/{lin.public_id}/posts/elsewhere/"
    sent = {"school": "螺川路实验小学", "kind": "aid", "from_on": "2026-09-01"}
    unknown = client.post(address, {**sent, "school": "没有"})
    assert unknown.status_code == 409
    assert "Several" not in unknown.content.decode()
    assert client.post(address, sent).status_code == 302
    post = SecondPost.everywhere.get()
    assert "螺川路实验小学" in client.get(f"/school/roster/{lin.public_id}/posts/").content.decode()
    assert client.post(f"{address}{post.pk}/end/").status_code == 302
    assert SecondPost.everywhere.get().to_on is not None


def test_a_transfer_waits_in_both_lists_and_is_agreed_to(cast, lin, page):
    sent = {**SINCE, "to_school": "螺川路实验小学"}
    assert page(cast.chen).post(f"/school/roster/{lin.public_id}/posts/move/", sent).status_code == 302
    asked = Transfer.objects.get()
    far = page(cast.far_clerk)
    shown = far.get("/school/moves/").content.decode()
    assert f"/school/moves/{asked.public_id}/agree/" in shown
    assert "青禾实验小学" not in shown
    assert b"".join(far.get("/school/moves/?export=xlsx").streaming_content).startswith(b"PK")
    far.post(f"/school/moves/{asked.public_id}/agree/")
    lin.refresh_from_db()
    assert lin.school == cast.far
    assert "青禾实验小学" in far.get("/school/moves/?state=done").content.decode()


def test_asking_for_somebody_tells_nothing_of_whether_there_is_one(cast, lin, page):
    far, sent = page(cast.far_clerk), {**SINCE, "name": "林知微", "to_school": "螺川路实验小学"}
    answers = [far.post("/school/moves/ask/", {**sent, "number": one}, follow=True) for one in (number(90), number(2))]
    told = [str(next(iter(one.context["messages"]))) for one in answers]
    assert told[0] == told[1]
    assert Transfer.objects.count() == 1
    assert far.post("/school/moves/ask/", {**sent, "number": number(2), "to_school": "青禾实验小学"}).status_code == 409


def test_duplicates_are_compared_merged_and_parted(cast, lin, page):
    double = Teacher.everywhere.exclude(pk=lin.pk).get()
    client = page(cast.zhou)
    assert f"/bureau/duplicates/{double.public_id}/{lin.public_id}/" in client.get("/bureau/duplicates/").content.decode()
    address = f"/bureau/duplicates/{double.public_id}/{lin.public_id}/"
    assert client.get(address).status_code == 200
    assert not Merge.objects.exists()
    assert client.post(f"{address}merge/", {"reason": ""}).status_code == 422
    assert client.post(f"{address}merge/", {"reason": "同一人"}).status_code == 302
    assert client.post(f"{address}merge/", {"reason": "同一人"}).status_code == 409
    made = Merge.objects.get()
    assert client.post(f"/bureau/merges/{made.public_id}/end/").status_code == 302
    assert client.post(f"{address}apart/").status_code == 302
    assert double.public_id not in client.get("/bureau/duplicates/").content.decode()
    assert page(cast.chen).get("/bureau/duplicates/").status_code == 403
    assert page(cast.wu).get(address).status_code == 404


def test_schools_are_renamed_split_merged_and_put_under_another_office(cast, lin, page):
    client = page(cast.city_office)
    address = f"/bureau/schools/{cast.school.public_id}/"
    assert "青禾实验小学" in client.get("/bureau/schools/").content.decode()
    assert client.post(f"{address}rename/", {**SINCE, "name": "云亭小学"}).status_code == 409
    assert client.post(f"{address}rename/", {**SINCE, "name": "青禾一小"}).status_code == 302
    assert client.post(f"{address}split/", {**SINCE, "name": "青禾二小", "people": [lin.public_id]}).status_code == 302
    lin.refresh_from_db()
    assert lin.school.name == "青禾二小"
    assert client.post(f"{address}close/", SINCE).status_code == 409
    assert client.post(f"{address}merge/", {**SINCE, "into": "云亭小学"}).status_code == 302
    second = f"/bureau/schools/{cast.second.public_id}/"
    assert client.post(f"{second}under/", {**SINCE, "into": "吉州区"}).status_code == 302
    assert Organisation.everywhere.get(name="云亭小学", closed_on=None).parent == cast.other
    assert "青禾实验小学" in client.get(address).content.decode()
    assert page(cast.wu).get(address).status_code == 404


def test_everything_about_a_teacher_goes_along_with_numbers_masked(cast, lin, page):
    response = page(cast.chen).get(f"/school/roster/{lin.public_id}/everything.zip")
    box = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    told = json.loads(box.read("everything.json"))
    assert sorted(box.namelist()) == ["everything.json", "everything.xlsx"]
    [person] = told["teachers_teacher"]
    assert (person["name"], person["school_id"]) == ("林知微", "青禾实验小学")
    assert number(2) not in json.dumps(told)
    assert "number_index" not in person
    assert {fact["kind"] for fact in told["teachers_teacherfact"]} >= {"school", "stage", "hired_on"}
    assert page(cast.wu).get(f"/bureau/teachers/{lin.public_id}/everything.zip").status_code == 404


def test_everything_about_a_school_is_packed_in_the_background(cast, lin, page):
    client = page(cast.chen)
    assert client.post("/school/everything/").status_code == 302
    job = run_job(Job.everywhere.get().pk)
    assert (job.state, job.result["teachers"]) == ("done", 2)
    assert client.get(f"/files/{job.result['file']}/").status_code == 200

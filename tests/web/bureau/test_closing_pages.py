"""The pages of a year's closing, from the first trial to the correction of the closed year, by the people who use them."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests import certifying, closing, crediting, enrolling
from xingtan.core.calendar import local_day
from xingtan.domains.closing import api as closing_room
from xingtan.domains.closing.models import Correction
from xingtan.domains.determination import api as room
from xingtan.domains.policies.models import YearWindow
from xingtan.foundation.jobs.models import Job
from xingtan.foundation.jobs.run import run_job
from xingtan.foundation.notices import api as notices
from xingtan.foundation.people.models import Account

pytestmark = pytest.mark.django_db
BOARD = "/bureau/determination/"
OBJECTIONS = f"{BOARD}objections/"
CORRECTIONS = f"{BOARD}corrections/"
YEAR = {"year": "2026"}


@pytest.fixture
def cast(db):
    """The cast today: study of the year is over, and a teacher beside Lin did nothing."""
    cast = closing.build()
    ended = local_day(timezone.now()) - timedelta(days=1)
    YearWindow.objects.filter(training_year=cast.year, kind="study").update(opens_on=ended - timedelta(days=9), closes_on=ended)
    (cast.idle,) = enrolling.teachers(cast.school, 1)
    crediting.register(cast, [cast.idle])
    return cast


def client(actor, language="en"):
    made = Client()
    made.force_login(Account.objects.get(pk=actor.account_id))
    made.cookies["django_language"] = language
    return made


def days(**more):
    today = local_day(timezone.now())
    sound = {"opens_on": today, "closes_on": today + timedelta(days=6), "objections_until": today + timedelta(days=10), "answer_days": 10}
    return {**YEAR, **sound, **more}


def ran(answer):
    """The job that this answer leads to has run."""
    assert answer.status_code == 302, answer.content
    job = run_job(Job.everywhere.get(public_id=answer["Location"].rstrip("/").split("/")[-1]).pk)
    assert job.state == "done", job.result
    return job


def tried(cast):
    return ran(client(cast.mei).post(f"{BOARD}run/", YEAR))


def posted(cast):
    tried(cast)
    assert client(cast.mei).post(f"{BOARD}notice/publish/", days()).status_code == 302
    return closing_room.notice_of(cast.year)


def objection(cast):
    answer = client(cast.lin).post("/my/notice/object/", {**YEAR, "text": closing.TEXT})
    assert answer.status_code == 302, answer.content
    return notices.Objection.everywhere.latest("pk")


def rows(answer):
    return CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_opens_before_anything_was_done_and_after(cast, language):
    pages = ["", "verdicts/", "runs/", "changes/", "notice/", "objections/", "corrections/"]
    for actor in (cast.mei, cast.zhou, cast.supervisor):
        assert {page: client(actor, language).get(f"{BOARD}{page}").status_code for page in pages} == dict.fromkeys(pages, 200)
    posted(cast)
    objection(cast)
    tried(cast)
    for actor in (cast.mei, cast.zhou, cast.supervisor):
        assert {page: client(actor, language).get(f"{BOARD}{page}").status_code for page in pages} == dict.fromkeys(pages, 200)


def test_two_runs_are_compared_filtered_and_exported(cast):
    tried(cast)
    certifying.verified(cast, [cast.idle])
    tried(cast)
    page = client(cast.mei).get(f"{BOARD}changes/")
    assert cast.idle.name in page.text
    assert "Make-up required" in page.text
    assert cast.idle.name not in client(cast.mei).get(f"{BOARD}changes/?was=exempt").text
    assert client(cast.zhou).get(f"{BOARD}changes/?a=unknown&b=unknown").status_code == 404
    heading, line = rows(client(cast.mei).get(f"{BOARD}changes/?export=xlsx"))
    assert line[:4] == [cast.idle.name, "青禾实验小学", "Make-up required", "Qualified"]
    assert heading[2:4] == ["Verdict before", "Verdict after"]
    assert "1 verdict changed" in client(cast.mei).get(BOARD).text


def test_days_of_a_notice_that_do_not_fit_are_refused_with_the_form(cast):
    tried(cast)
    yesterday = local_day(timezone.now()) - timedelta(days=1)
    answer = client(cast.mei).post(f"{BOARD}notice/publish/", days(opens_on=yesterday))
    assert answer.status_code == 409
    assert "today or later" in answer.text
    assert client(cast.mei).post(f"{BOARD}notice/publish/", days(closes_on="soon")).status_code == 422
    assert closing_room.notice_of(cast.year) is None


def test_the_public_sees_masked_names_while_they_are_posted_and_no_list_afterwards(cast):
    notice = posted(cast)
    visitor = Client()
    address = f"/notices/{notice.public_id}/{cast.school.public_id}/"
    shown = visitor.get(address).text
    assert "林*微" in shown
    assert "林知微" not in shown
    assert cast.school.name in visitor.get(f"/notices/{notice.public_id}/?q=青禾").text
    long_ago = local_day(timezone.now()) - timedelta(days=30)
    notices.Notice.everywhere.update(opens_on=long_ago, closes_on=long_ago, objections_until=long_ago)
    assert visitor.get(address).status_code == 404
    assert visitor.get(f"/notices/{notice.public_id}/").status_code == 200


def test_a_school_prints_masked_names_and_signs_and_files_for_its_teacher(cast):
    posted(cast)
    clerk = client(cast.chen)
    assert "林知微" in clerk.get("/school/notice/").text
    printed = clerk.get("/school/notice/list/").text
    assert "林*微" in printed
    assert "林知微" not in printed
    assert clerk.post("/school/notice/sign/", YEAR).status_code == 302
    assert notices.signed(closing_room.notice_of(cast.year), cast.school.scope).missing == 0
    address = f"/school/notice/teachers/{cast.idle.public_id}/"
    assert clerk.post(f"{address}file/", {"text": "不"}).status_code == 422
    proof = BytesIO(b"%PDF-1.4 proof")
    proof.name = "proof.pdf"
    assert clerk.post(f"{address}file/", {"text": closing.TEXT, "file": proof}).status_code == 302
    assert clerk.post(f"{address}file/", {"text": closing.TEXT}).status_code == 409
    one = notices.Objection.everywhere.get()
    assert one.is_by_office
    proof = reverse("public:file", args=[one.file.public_id])
    assert [client(who).get(proof).status_code for who in (cast.chen, cast.mei, cast.lin, cast.he)] == [200, 200, 404, 404]
    assert client(cast.he).post(f"{address}file/", {"text": closing.TEXT}).status_code == 403


def test_a_teacher_reads_the_own_verdict_objects_with_proof_and_withdraws(cast):
    posted(cast)
    page = client(cast.lin).get("/my/notice/")
    assert "Qualified" in page.text
    assert notices.reader_count(closing_room.notice_of(cast.year)) == 1
    proof = BytesIO(b"%PDF-1.4 proof")
    proof.name = "proof.pdf"
    assert client(cast.lin).post("/my/notice/object/", {**YEAR, "text": closing.TEXT, "file": proof}).status_code == 302
    one = notices.Objection.everywhere.get()
    assert one.file is not None
    other = client(cast.mei).get(f"{OBJECTIONS}{one.public_id}/")
    assert "proof.pdf" in other.text
    proof = client(cast.mei).get(reverse("public:file", args=[one.file.public_id]))
    assert b"".join(proof.streaming_content) == b"%PDF-1.4 proof"
    assert client(cast.lin).post(f"/my/notice/objections/{one.public_id}/withdraw/").status_code == 302
    assert notices.Objection.everywhere.get().state == "withdrawn"


def test_an_objection_goes_its_way_over_the_pages(cast):
    posted(cast)
    one = objection(cast)
    address = f"{OBJECTIONS}{one.public_id}/"
    fan = client(cast.fan)
    assert fan.post(f"{OBJECTIONS}assign/", {"ids": [one.public_id], "handler": str(cast.fan.account_id)}).status_code == 302
    assert fan.post(f"{address}refer/", {"office": cast.county.pk, "words": "请核实签到"}).status_code == 302
    assert client(cast.zhou).post(f"{address}reply/", {"words": "签到表齐全"}).status_code == 302
    assert fan.post(f"{address}decide/", {"is_upheld": "yes", "reason": "record_right", "words": "已核对记录"}).status_code == 409
    assert fan.post(f"{address}decide/", {"is_upheld": "yes"}).status_code == 422
    assert fan.post(f"{address}decide/", {"is_upheld": "yes", "reason": "entry_missing", "words": "已核对记录"}).status_code == 302
    assert fan.post(f"{address}follow/").status_code == 302
    assert "still Qualified" in fan.get(address).text
    assert closing.TEXT in fan.get(f"{OBJECTIONS}?state=").text
    assert rows(fan.get(f"{OBJECTIONS}?state=&export=xlsx"))[1][0] == "Y-0001"
    assert "已核对记录" in client(cast.lin).get("/my/notice/").text
    assert client(cast.stranger).get(address).status_code == 404


def closed(cast):
    posted(cast)
    closing.signed(cast)
    notices.Notice.everywhere.update(
        objections_until=local_day(timezone.now()) - timedelta(days=1), opens_on="2026-01-01", closes_on="2026-01-02"
    )
    return ran(client(cast.fan).post(f"{BOARD}close/", YEAR))


def test_a_year_is_closed_by_the_second_officer_and_archived(cast):
    tried(cast)
    assert client(cast.fan).post(f"{BOARD}close/", YEAR).status_code == 409
    closed(cast)
    job = run_job(Job.everywhere.get(kind=closing_room.ARCHIVE_JOB).pk)
    assert job.state == "done", job.result
    page = client(cast.mei).get(f"{BOARD}?year=2026")
    assert "verdicts.parquet" in page.text
    assert client(cast.mei).post(f"{BOARD}run/", YEAR).status_code == 409


def test_a_closed_year_is_corrected_by_two(cast):
    closed(cast)
    for entry in crediting.credits_room.CreditEntry.everywhere.filter(teacher=cast.lin_teacher):
        state = crediting.EntryState.everywhere.get(entry=entry)
        crediting.take_back(cast, state, actor=cast.mei, now=timezone.now())
    address = f"{CORRECTIONS}new/{cast.lin_teacher.public_id}/2026/"
    shown = client(cast.mei).get(address).text
    assert "Qualified" in shown
    assert "Make-up required" in shown
    assert client(cast.mei).post(f"{address}propose/", {"reason": "fraud"}).status_code == 422
    assert client(cast.mei).post(f"{address}propose/", {"reason": "fraud", "words": "经查系他人代学"}).status_code == 302
    one = Correction.everywhere.get()
    assert client(cast.mei).post(f"{CORRECTIONS}{one.public_id}/carry/").status_code == 409
    assert client(cast.fan).post(f"{CORRECTIONS}{one.public_id}/carry/").status_code == 302
    assert room.final_of(cast.lin_teacher.pk, cast.year.pk).verdict == "make_up_required"
    assert cast.lin_teacher.name in client(cast.zhou).get(CORRECTIONS).text
    assert client(cast.stranger).get(f"{CORRECTIONS}{one.public_id}/").status_code == 404


def test_a_list_asks_as_often_for_many_as_for_one(cast):
    posted(cast)
    objection(cast)
    fan = client(cast.fan)

    def queries():
        with CaptureQueriesContext(connection) as counted:
            assert fan.get(f"{OBJECTIONS}?state=").status_code == 200
        return len(counted.captured_queries)

    one = queries()
    values = {"actor": cast.chen, "teacher_id": cast.idle.pk, "notice": closing_room.notice_of(cast.year), "text": closing.TEXT}
    closing_room.object_to_verdict(**values, now=timezone.now())
    assert queries() == one

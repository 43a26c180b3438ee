"""A teacher's workshops: the list, an activity, handing in, windows, and strangers."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import tutoring
from tests.tutoring import NOW
from xingtan.domains.workshops import api as workshops
from xingtan.domains.workshops.models import Participation, WorkshopMember

TEXT = "我学到了等待三秒钟，下一节课就试。"


@pytest.fixture
def lin(cast, as_actor):
    return as_actor(cast.lin)


def url_of(activity):
    return f"/my/activity/{activity.public_id}/"


def test_the_list_shows_hours_days_and_what_is_to_do(cast, lin):
    page = lin.get("/my/workshops/").content.decode()
    assert str(cast.activity) in page
    assert "4.0" in page
    assert "2026-11-01 – 2027-05-31" in page
    assert "待完成" in page


def test_without_a_workshop_the_page_says_what_to_do_first(cast, lin):
    WorkshopMember.objects.all().delete()
    assert "/my/choose/" in lin.get("/my/workshops/").content.decode()


def test_a_part_handed_in_waits_and_may_be_changed(cast, lin):
    for text in (TEXT, TEXT, TEXT + "再补一句。"):
        assert lin.post(url_of(cast.activity), {"text": text}).status_code == 302
    [part] = Participation.everywhere.all()
    assert (part.state, part.text, part.school_id) == ("handed_in", TEXT + "再补一句。", cast.school.pk)
    assert "等坊主确认" in lin.get("/my/workshops/").content.decode()


def test_a_new_text_keeps_the_file_handed_in_before(cast, lin):
    lin.post(url_of(cast.activity), {"text": "", "file": SimpleUploadedFile("a.pdf", b"%PDF-1.7")})
    assert lin.post(url_of(cast.activity), {"text": TEXT}).status_code == 302
    assert Participation.everywhere.select_related("file").get().file.name == "a.pdf"


def test_a_returned_part_shows_the_words_and_may_be_handed_in_again(cast, lin):
    lin.post(url_of(cast.activity), {"text": TEXT})
    ids = list(Participation.everywhere.values_list("pk", flat=True))
    workshops.return_participations(actor=cast.lead, participation_ids=ids, comment="请写具体一点。", now=NOW)
    assert "请写具体一点。" in lin.get(url_of(cast.activity)).content.decode()
    assert lin.post(url_of(cast.activity), {"text": TEXT}).status_code == 302
    assert Participation.everywhere.get().state == "handed_in"


def test_a_confirmed_part_counts_on_the_list_and_takes_nothing_more(cast, lin):
    lin.post(url_of(cast.activity), {"text": TEXT})
    ids = list(Participation.everywhere.values_list("pk", flat=True))
    workshops.confirm_participations(actor=cast.lead, participation_ids=ids, now=NOW)
    assert "已确认" in lin.get("/my/workshops/").content.decode()
    assert "<textarea" not in lin.get(url_of(cast.activity)).content.decode()
    assert lin.post(url_of(cast.activity), {"text": TEXT + "!"}).status_code == 409


@pytest.mark.parametrize(("opens", "closes"), [(date(2026, 12, 1), date(2027, 1, 1)), (date(2026, 11, 1), date(2026, 11, 20))])
def test_outside_its_days_an_activity_takes_nothing_and_says_when(cast, lin, opens, closes):
    activity = tutoring.an_activity(cast, opens_on=opens, closes_on=closes)
    assert "<textarea" not in lin.get(url_of(activity)).content.decode()
    answer = lin.post(url_of(activity), {"text": TEXT})
    assert answer.status_code == 409
    assert opens.isoformat() in answer.content.decode()
    assert TEXT in answer.content.decode()


def test_an_empty_part_is_refused(cast, lin):
    assert lin.post(url_of(cast.activity), {"text": "  "}).status_code == 409


def test_an_activity_of_another_workshop_is_not_there(cast, lin):
    other = tutoring.an_activity(cast, cast.other_workshop)
    assert lin.get(url_of(other)).status_code == 404
    assert lin.post(url_of(other), {"text": TEXT}).status_code == 404
    assert lin.get("/my/activity/nope/").status_code == 404


def test_the_pages_belong_to_teachers(cast, as_actor, client):
    for url in ("/my/workshops/", url_of(cast.activity)):
        assert as_actor(cast.lead).get(url).status_code == 403
        assert client.get(url).status_code == 302


def test_more_activities_need_no_more_queries(cast, lin):
    lin.get("/my/workshops/")
    once = tutoring.queries_of(lambda: lin.get("/my/workshops/"))
    for _number in range(2):
        tutoring.an_activity(cast)
    assert tutoring.queries_of(lambda: lin.get("/my/workshops/")) == once

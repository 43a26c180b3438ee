"""The lead's pages: activities, batch confirmation, returning, attendance, and strangers."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import tutoring
from tests.tutoring import NOW
from xingtan.domains.workshops import api as workshops
from xingtan.domains.workshops.models import Activity, Participation

TEXT = "我学到了等待三秒钟，下一节课就试。"
SOUND = {"title": "同课异构", "hours_centi": "2.5", "opens_on": "2026-11-20", "closes_on": "2026-12-20"}


@pytest.fixture
def lead(cast, as_actor):
    return as_actor(cast.lead)


@pytest.fixture
def home(cast):
    return f"/tutor/workshops/{cast.workshop.public_id}/"


def hand_in(cast, *actors, activity=None):
    activity = activity or cast.activity
    return [workshops.hand_in_activity(actor=actor, activity_id=activity.pk, text=TEXT, now=NOW) for actor in actors]


def states():
    return sorted(Participation.everywhere.values_list("state", flat=True))


def test_who_leads_one_workshop_is_there_at_once(cast, lead, home):
    assert lead.get("/tutor/workshops/").headers["Location"] == home
    tutoring.a_workshop(cast, "senior", cast.lead)
    assert [one.members for one in lead.get("/tutor/workshops/").context["shown"]] == [0, 1]


def test_the_page_shows_activities_and_what_waits(cast, lead, home):
    hand_in(cast, cast.lin)
    page = lead.get(home)
    [one] = page.context["activities"]
    assert (one.waiting, one.confirmed, one.returned) == (1, 0, 0)
    assert TEXT in page.content.decode()


def test_an_activity_is_added_once_however_often_the_form_is_sent(cast, lead, home):
    for _time in range(2):
        assert lead.post(home + "activities/", SOUND).status_code == 302
    activity = Activity.objects.get(title="同课异构")
    assert (activity.hours_centi, activity.place, activity.opens_on) == (250, 2, date(2026, 11, 20))


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"hours_centi": "22.01"}, 409),
        ({"hours_centi": "0"}, 409),
        ({"closes_on": "2026-11-19"}, 409),
        ({"hours_centi": "viele"}, 422),
        ({"title": ""}, 422),
    ],
)
def test_an_activity_that_cannot_be_is_refused(cast, lead, home, change, status):
    answer = lead.post(home + "activities/", SOUND | change)
    assert answer.status_code == status
    assert 'role="alert"' in answer.content.decode()
    assert Activity.objects.count() == 1


def test_ticked_parts_are_confirmed_in_one_go(cast, lead, home):
    actors = tutoring.newcomers(cast, 3)
    parts = hand_in(cast, *actors)
    answer = lead.post(home + "confirm/?state=handed_in", {"ids": [part.public_id for part in parts]})
    assert answer.headers["Location"] == home + "?state=handed_in"
    assert states() == ["confirmed"] * 3
    assert lead.post(home + "confirm/", {"ids": [part.public_id for part in parts]}).status_code == 302


def test_all_that_wait_are_confirmed_at_once_unless_more_came_meanwhile(cast, lead, home):
    hand_in(cast, *tutoring.newcomers(cast, 51))
    assert 'name="all" value="51"' in lead.get(home).content.decode()
    hand_in(cast, cast.lin)
    assert lead.post(home + "confirm/", {"all": "51"}).status_code == 409
    assert set(states()) == {"handed_in"}
    assert lead.post(home + "confirm/", {"all": "52"}).status_code == 302
    assert states() == ["confirmed"] * 52


def test_all_means_all_under_the_filters(cast, lead, home):
    other = tutoring.an_activity(cast)
    hand_in(cast, cast.lin)
    hand_in(cast, cast.lin, activity=other)
    assert lead.post(home + f"confirm/?activity={other.public_id}&state=all", {"all": "1"}).status_code == 302
    assert Participation.everywhere.get(state="confirmed").activity == other


def test_a_return_needs_words_and_keeps_the_ticks(cast, lead, home):
    [part] = hand_in(cast, cast.lin)
    answer = lead.post(home + "return/", {"ids": [part.public_id], "comment": " "})
    assert answer.status_code == 409
    assert answer.context["ticked"] == [part.public_id]
    assert lead.post(home + "return/", {"ids": [part.public_id], "comment": "请写具体。"}).status_code == 302
    assert states() == ["returned"]


def test_a_confirmed_part_cannot_be_returned(cast, lead, home):
    [part] = hand_in(cast, cast.lin)
    lead.post(home + "confirm/", {"ids": [part.public_id]})
    assert lead.post(home + "return/", {"ids": [part.public_id], "comment": "请写具体。"}).status_code == 409
    assert states() == ["confirmed"]


def test_nothing_ticked_changes_nothing(cast, lead, home):
    hand_in(cast, cast.lin)
    assert lead.post(home + "confirm/").status_code == 302
    assert states() == ["handed_in"]


def test_one_strange_id_among_the_ticked_stops_all(cast, lead, home):
    [part] = hand_in(cast, cast.lin)
    [luos] = tutoring.newcomers(cast, 1, "A", "any")
    [strange] = hand_in(cast, luos, activity=tutoring.an_activity(cast, cast.other_workshop))
    for ids in ([part.public_id, strange.public_id], [part.public_id, "nope"]):
        assert lead.post(home + "confirm/", {"ids": ids}).status_code == 404
    assert states() == ["handed_in", "handed_in"]


def test_a_strange_lead_finds_nothing(cast, home, as_actor):
    [part] = hand_in(cast, cast.lin)
    luo = as_actor(cast.luo)
    assert luo.get(home).status_code == 404
    attendance = f"/tutor/attendance/{cast.activity.public_id}/"
    assert luo.get(attendance).status_code == 404
    for url, sent in ((home + "confirm/", {"ids": [part.public_id]}), (home + "activities/", SOUND), (attendance, {"names": "x"})):
        assert luo.post(url, sent).status_code == 404
    assert states() == ["handed_in"]


def test_the_pages_belong_to_leads(cast, home, as_actor, client):
    for url in ("/tutor/workshops/", home, f"/tutor/attendance/{cast.activity.public_id}/"):
        for actor in (cast.lin, cast.tutor, cast.zhou):
            assert as_actor(actor).get(url).status_code == 403
        assert client.get(url).status_code == 302


def test_ticked_and_pasted_members_were_there(cast, lead):
    first, second, third = tutoring.newcomers(cast, 3)
    url = f"/tutor/attendance/{cast.activity.public_id}/"
    rows = {teacher.pk: teacher for teacher, _state, _is_ticked in lead.get(url).context["rows"]}
    names = f"姓名,学校\n{second.name}\t{cast.school}\n\n{third.name}\n"
    assert lead.post(url, {"ids": [rows[first.teacher_id].public_id], "names": names}).status_code == 302
    assert states() == ["confirmed"] * 3
    assert lead.post(url, {"names": names}).status_code == 302
    assert states() == ["confirmed"] * 3


def test_a_list_as_a_file_is_read(cast, lead):
    [wen] = tutoring.newcomers(cast, 1)
    content = f"序号,姓名,学校\n1,{wen.name},{cast.school}\n".encode("gb18030")
    url = f"/tutor/attendance/{cast.activity.public_id}/"
    assert lead.post(url, {"names": "", "file": SimpleUploadedFile("名单.csv", content)}).status_code == 302
    assert states() == ["confirmed"]
    assert lead.post(url, {"names": "", "file": SimpleUploadedFile("名单.xlsx", b"PK\x03\x04 nothing")}).status_code == 409


def test_a_name_that_is_nobodys_or_two_peoples_stops_the_list(cast, lead):
    one, two = tutoring.newcomers(cast, 2)
    cast.lin_teacher.__class__.everywhere.filter(pk__in=[one.teacher_id, two.teacher_id]).update(name="王芳")
    url = f"/tutor/attendance/{cast.activity.public_id}/"
    answer = lead.post(url, {"names": f"{cast.lin_teacher.name}\n王芳\n没有此人"})
    assert answer.status_code == 422
    assert (answer.context["named"].unknown, answer.context["named"].ambiguous) == (("没有此人",), ("王芳",))
    assert [is_ticked for teacher, _state, is_ticked in answer.context["rows"] if teacher.pk == cast.lin_teacher.pk] == [True]
    assert states() == []


def test_attendance_of_a_stranger_or_of_a_coming_day_is_refused(cast, lead):
    [stranger] = tutoring.newcomers(cast, 1, "A", "any")
    public_id = cast.lin_teacher.__class__.everywhere.get(pk=stranger.teacher_id).public_id
    url = f"/tutor/attendance/{cast.activity.public_id}/"
    assert lead.post(url, {"ids": [public_id]}).status_code == 404
    coming = tutoring.an_activity(cast, opens_on=date(2026, 12, 1))
    lin = cast.lin_teacher.public_id
    assert lead.post(f"/tutor/attendance/{coming.public_id}/", {"ids": [lin]}).status_code == 409
    assert states() == []


def test_the_parts_come_as_a_workbook(cast, lead, home):
    hand_in(cast, cast.lin)
    answer = lead.get(home + "?export=xlsx")
    assert b"".join(answer.streaming_content).startswith(b"PK")


def test_more_rows_need_no_more_queries(cast, lead, home):
    attendance = f"/tutor/attendance/{cast.activity.public_id}/"
    pages = [home, home + "?state=all&q=j", attendance]
    hand_in(cast, cast.lin)
    for page in pages:
        lead.get(page)
    once = [tutoring.queries_of(lambda page=page: lead.get(page)) for page in pages]
    hand_in(cast, *tutoring.newcomers(cast, 2))
    tutoring.an_activity(cast)
    assert [tutoring.queries_of(lambda page=page: lead.get(page)) for page in pages] == once
